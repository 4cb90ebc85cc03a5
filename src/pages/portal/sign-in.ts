// The way in and out: an address, a link by mail, a button that signs in. The page says the same to everybody and looks at nobody; who
// is known is mailed by `desk/portal/let-in.ts`.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayAskForLink } from '#api/people/link-budget.ts'
import { readSignInToken } from '#desk/mail-links.ts'
import type { Desk } from '#desk/desk.ts'
import { addressKey, mendedAddress } from '#mail/address.ts'
import { sendPage } from '#pages/page.ts'
import { withForm } from '#api/http/form-files.ts'
import { form, pathIn, portalPage, problem } from '#pages/portal/frame.ts'
import {
  brandIdIn,
  dropSession,
  hasMark,
  insideOf,
  isOwnPage,
  open,
  placeAt,
  placeMeant,
  placeOf,
  sent,
  setSession,
  type Place,
} from '#pages/portal/gate.ts'
import { nothingHere, notTaken, say } from '#pages/portal/saying.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { escaped } from '#kit/escaped.ts'
import {
  addAsk,
  closePortalSession,
  findLink,
  linkAsMade,
  openPortalSession,
  revokePortal,
  useLink,
} from '#people/portal-store.ts'
import { tell } from '#store/listen.ts'

export function signInPages(app: FastifyInstance, desk: Desk): void {
  const options = { ...sent(10), errorHandler: notTaken(desk) }
  app.post('/portal/:brand/sign-in', options, async (request, reply) => {
    const place = await placeOf(desk, request, brandIdIn(request))
    if (place === null || !isOwnPage(desk, request)) return nothingHere(desk, request, reply)
    return withForm(request, desk.blobs, false, ({ email }) =>
      ask(desk, request, reply, place, email?.[0] ?? ''),
    )
  })
  app.get('/portal/enter/:token', open, (request, reply) => offerToEnter(desk, request, reply))
  app.post('/portal/enter/:token', options, (request, reply) => enter(desk, request, reply))
  for (const everywhere of [false, true])
    app.post(`/portal/:brand/sign-out${everywhere ? '-everywhere' : ''}`, options, (request, reply) =>
      leave(desk, request, reply, everywhere),
    )
}

/** The form that asks for an address. */
export function signInHtml(place: Place, typed = '', isBad = false): string {
  const words = portalWordsIn(place.language)
  const inside = `<label>${words.email}<input name="email" type="text" inputmode="email" autocomplete="email" required maxlength="320" value="${escaped(typed)}"${isBad ? ' aria-invalid="true"' : ''}></label><button>${words.askLink}</button>`
  const body = `<h1>${words.signIn}</h1><p>${words.signInAbout}</p>${isBad ? problem(words.badAddress) : ''}${form(pathIn(place, '/sign-in'), inside)}`
  return portalPage(place, words.signIn, body)
}

async function ask(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  place: Place,
  typed: string,
): Promise<FastifyReply> {
  const address = mendedAddress(typed.trim().slice(0, 320))
  if (address === null) return sendPage(reply.status(422), signInHtml(place, typed, true))
  const { language, brand } = place
  const email = addressKey(address)
  if (await mayAskForLink(desk, request.ip, email)) {
    await addAsk(desk.database, { brandId: brand.id, email, language, at: desk.clock.now() })
    tell(desk.database, { lane: 'outbox' })
  }
  const words = portalWordsIn(language)
  const html = `<p>${words.askedMore}</p><p><a href="${pathIn(place)}">${words.again}</a></p>`
  return say(reply, place, words.asked, html)
}

/** Mail programs look at every link: looking signs nobody in. */
async function offerToEnter(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const number = readSignInToken(tokenIn(request), desk.secret)
  const link = number === null ? null : await findLink(desk.database, number, desk.clock.now())
  const place = link === null ? null : await placeOf(desk, request, link.brandId)
  if (place === null) return spent(desk, request, reply)
  const words = portalWordsIn(place.language)
  const button = form(`/portal/enter/${tokenIn(request)}`, `<button>${words.enterNow}</button>`)
  return say(reply, place, words.enter, `<p>${words.enterAbout}</p>${button}`)
}

async function enter(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const number = isOwnPage(desk, request) ? readSignInToken(tokenIn(request), desk.secret) : null
  const at = desk.clock.now()
  const opened = await desk.database.transaction(async (tx) => {
    const link = number === null ? null : await useLink(tx, number, at)
    return link === null ? null : { ...link, secret: await openPortalSession(tx, { ...link, at }) }
  })
  const brand = (await desk.setup.now()).brands.find(({ id }) => id === opened?.brandId)
  if (opened === null || brand === undefined) return spent(desk, request, reply)
  const place = await placeAt(desk, request, brand)
  // Whoever was signed in here before is so no longer.
  const before = await insideOf(desk, request, reply, place)
  if (before !== null) await closePortalSession(desk.database, before.visitor.sessionId)
  setSession(desk, reply, brand.id, opened.secret)
  return reply.redirect(pathIn(place), 303)
}

async function spent(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const place = await placeMeant(desk, request)
  if (place === null) return nothingHere(desk, request, reply)
  const number = readSignInToken(tokenIn(request), desk.secret)
  const [link, inside] = await Promise.all([
    number === null ? null : linkAsMade(desk.database, number),
    insideOf(desk, request, reply, place),
  ])
  // By a second click, or by the same mail another time: they are in already.
  if (inside !== null && inside.visitor.requester.personId === link?.personId)
    return reply.redirect(pathIn(place), 303)
  const words = portalWordsIn(place.language)
  return say(reply.status(410), place, words.spent, `<p><a href="${pathIn(place)}">${words.again}</a></p>`)
}

const tokenIn = (request: FastifyRequest): string => (request.params as { token?: string }).token ?? ''

async function leave(desk: Desk, request: FastifyRequest, reply: FastifyReply, everywhere: boolean) {
  const place = await placeOf(desk, request, brandIdIn(request))
  const inside =
    place === null || !isOwnPage(desk, request) ? null : await insideOf(desk, request, reply, place)
  if (inside === null) return nothingHere(desk, request, reply)
  return withForm(request, desk.blobs, false, async ({ mark }) => {
    const { visitor } = inside
    if (!hasMark(desk, visitor, mark?.[0] ?? '')) return nothingHere(desk, request, reply)
    if (everywhere)
      await desk.database.transaction((tx) => revokePortal(tx, visitor.requester.personId, desk.clock.now()))
    else await closePortalSession(desk.database, visitor.sessionId)
    dropSession(desk, reply, inside.brand.id)
    const { visitor: _, ...outside } = inside
    const words = portalWordsIn(outside.language)
    return say(reply, outside, words.signedOut, `<p><a href="${pathIn(outside)}">${words.signIn}</a></p>`)
  })
}
