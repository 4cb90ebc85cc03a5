// Where the link leads by which a visitor of a chat shows an address to be theirs. Looking shows nothing; the button does, with the number
// that the chat shows: whoever is mailed because somebody else typed their address has none, and lets nobody in.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { withForm } from '#api/http/form-files.ts'
import { currentChat } from '#desk/chat/say.ts'
import { confirmAddress } from '#desk/chat/visit.ts'
import { readConfirmToken, ticketToken } from '#desk/mail-links.ts'
import type { Desk } from '#desk/desk.ts'
import { form } from '#pages/portal/frame.ts'
import { isOwnPage, open, placeAt, sent, type Place } from '#pages/portal/gate.ts'
import { nothingHere, notTaken, say } from '#pages/portal/saying.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import {
  confirmationAsMade,
  findConfirmation,
  useConfirmation,
  type Confirmation,
} from '#people/portal-store.ts'
import { findVisitor } from '#people/visitor-store.ts'
import { tell } from '#store/listen.ts'

export function confirmPages(app: FastifyInstance, desk: Desk): void {
  app.get('/portal/chat/:token', open, (request, reply) => offer(desk, request, reply))
  const options = { ...sent(10), errorHandler: notTaken(desk) }
  app.post('/portal/chat/:token', options, async (request, reply) => {
    if (!isOwnPage(desk, request)) return nothingHere(desk, request, reply)
    return withForm(request, desk.blobs, false, ({ code }) => confirm(desk, request, reply, code?.[0] ?? ''))
  })
}

const tokenIn = (request: FastifyRequest): string => (request.params as { token?: string }).token ?? ''

async function offer(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const number = readConfirmToken(tokenIn(request), desk.secret)
  const found = number === null ? null : await findConfirmation(desk.database, number, desk.clock.now())
  const place = found === null ? null : await placeFor(desk, request, found)
  if (place === null) return spent(desk, request, reply)
  const words = portalWordsIn(place.language)
  const inside = `<label>${words.chatCode}<input name="code" inputmode="numeric" autocomplete="off" required maxlength="2" size="4"></label><button>${words.confirmNow}</button>`
  const button = form(`/portal/chat/${tokenIn(request)}`, inside)
  return say(reply, place, words.confirm, `<p>${words.confirmAbout}</p>${button}`)
}

/** The brand's, whether or not its portal is open. */
async function placeFor(desk: Desk, request: FastifyRequest, { brandId }: Pick<Confirmation, 'brandId'>) {
  const brand = (await desk.setup.now()).brands.find(({ id }) => id === brandId)
  return brand === undefined ? null : placeAt(desk, request, brand)
}

async function confirm(desk: Desk, request: FastifyRequest, reply: FastifyReply, code: string) {
  const number = readConfirmToken(tokenIn(request), desk.secret)
  // One try: whoever guesses has to be mailed another link.
  const done = await desk.database.transaction(async (tx) => {
    const found = number === null ? null : await useConfirmation(tx, number, desk.clock.now())
    if (found === null) return null
    return { found, isShown: code.trim() === String(found.code) && (await confirmAddress(desk, tx, found)) }
  })
  const place = done === null ? null : await placeFor(desk, request, done.found)
  if (done === null || place === null) return spent(desk, request, reply, code.trim())
  const words = portalWordsIn(place.language)
  if (!done.isShown)
    return say(reply.status(422), place, words.notConfirmed, `<p>${words.notConfirmedMore}</p>`)
  return say(
    reply,
    place,
    words.confirmed,
    `<p>${words.confirmedMore}</p>${await conversationLink(desk, place, done.found.visitorId)}`,
  )
}

/** The conversation on this device, too. What listens to it elsewhere hears that its visitor is known. */
async function conversationLink(desk: Desk, { brand, language }: Place, visitorId: number): Promise<string> {
  const visitor = await findVisitor(desk.database, visitorId)
  const current = await currentChat(desk.database, { brandId: brand.id }, visitor)
  if (current === null || visitor.personId === null) return ''
  const ticketId = current.ticket.id
  tell(desk.database, { chat: { ticketId } })
  const token = ticketToken({ ticketId, personId: visitor.personId, at: desk.clock.now() }, desk.secret)
  return `<p><a href="/portal/t/${token}">${portalWordsIn(language).conversation}</a></p>`
}

async function spent(desk: Desk, request: FastifyRequest, reply: FastifyReply, code = '') {
  const number = readConfirmToken(tokenIn(request), desk.secret)
  const made = number === null ? null : await confirmationAsMade(desk.database, number)
  const place = made === null ? null : await placeFor(desk, request, made)
  if (made === null || place === null) return nothingHere(desk, request, reply)
  const words = portalWordsIn(place.language)
  // Pressed twice: it is as they wanted it. The way to the conversation was told once.
  if (code === String(made.code)) {
    const { kind, email } = await findVisitor(desk.database, made.visitorId)
    if (kind === 'verified' && email === made.email)
      return say(reply, place, words.confirmed, `<p>${words.confirmedMore}</p>`)
  }
  return say(reply.status(410), place, words.spent, `<p>${words.askInChat}</p>`)
}
