// One ticket for its customer: for whoever is signed in, and for whoever has the link of a mail, which opens this one alone.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendAttachment } from '#api/tickets/attachments.ts'
import { verdictOn } from '#channels/sender-store.ts'
import { readTicketToken } from '#desk/mail-links.ts'
import { isOpenByLink } from '#desk/outbound/ticket-link.ts'
import type { Desk } from '#desk/desk.ts'
import { livingTicket } from '#desk/inbound/receive-message.ts'
import { rateTicket } from '#desk/survey/rate.ts'
import { answerAsCustomer, pressAsCustomer, type Answered } from '#desk/portal/answer.ts'
import { plus } from '#kit/time.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { arrived } from '#pages/form-html.ts'
import { sendPage } from '#pages/page.ts'
import { keepFiles, MOST_FORM_BYTES, withForm } from '#api/http/form-files.ts'
import { keyOfContent, takeOnce } from '#pages/once-store.ts'
import { pathIn } from '#pages/portal/frame.ts'
import {
  brandIdIn,
  hasMark,
  insideOf,
  isOwnPage,
  markOf,
  open,
  placeAt,
  placeOf,
  sent,
  type Place,
} from '#pages/portal/gate.ts'
import { ratingIn, ratingOn } from '#pages/portal/rating.ts'
import { nothingHere, notTaken, say } from '#pages/portal/saying.ts'
import { ticketHtml, type TicketPage } from '#pages/portal/ticket-html.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { mintOnce } from '#pages/puzzle.ts'
import { requesterCan, type Owned, type Requester, type RequesterAction } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import { revokedAt } from '#people/portal-store.ts'
import { isSaidOn, ownedOf, saidOn } from '#tickets/customer-store.ts'
import { inReopenWindow } from '#tickets/decide/status.ts'
import { attachmentsOf, findAttachment } from '#tickets/message-store.ts'
import { findTicket, type TicketRow } from '#tickets/ticket-store.ts'

const AT_ONCE = 30
const LINK_LASTS_SECONDS = 30 * 86_400

/** Somebody before a ticket that they may read. */
type Reader = {
  readonly place: Place
  readonly requester: Requester
  readonly email: string
  readonly row: TicketRow
  readonly owned: Owned
  /** Where the ticket is for them. */
  readonly base: string
  /** What their forms carry; '' where the address itself is the secret. */
  readonly mark: string
  readonly isMarked: (given: string) => boolean
}

type Find = (request: FastifyRequest, reply: FastifyReply) => Promise<Reader | null>

/** Both ways to a ticket have the same pages. */
export function ticketPages(app: FastifyInstance, desk: Desk): void {
  pagesAt(app, desk, '/portal/:brand/tickets/:id', (request, reply) => bySession(desk, request, reply))
  pagesAt(app, desk, '/portal/t/:token', (request) => byLink(desk, request))
}

function pagesAt(app: FastifyInstance, desk: Desk, path: string, find: Find): void {
  app.get(path, open, async (request, reply) => {
    const reader = await find(request, reply)
    if (reader === null) return nothingHere(desk, request, reply)
    const { said } = request.query as { said?: string }
    const words = portalWordsIn(reader.place.language)
    const notices: Readonly<Record<string, string>> = {
      sent: words.sent,
      changed: words.changed,
      rated: words.rateThanksMore,
    }
    const notice = notices[said ?? ''] ?? null
    return show(desk, request, reply, reader, notice === null ? {} : { notice, isSent: said === 'sent' })
  })
  app.get(`${path}/files/:file`, open, async (request, reply) => {
    const reader = await find(request, reply)
    const { file = '' } = request.params as { file?: string }
    const found = /^\d{1,15}$/.test(file) ? await findAttachment(desk.database, Number(file)) : null
    const isTheirs =
      reader !== null &&
      found?.messageId != null &&
      (await isSaidOn(desk.database, reader.row.ticket, found.messageId))
    return isTheirs && found !== null
      ? sendAttachment(desk, request, reply, found)
      : nothingHere(desk, request, reply)
  })
  const options = { ...sent(10), bodyLimit: MOST_FORM_BYTES, errorHandler: notTaken(desk) }
  app.post(`${path}/answer`, options, async (request, reply) => {
    const reader = await mayDo(desk, request, reply, find, 'ticket.answer')
    if (reader === null) return nothingHere(desk, request, reply)
    return takeAnswer(desk, request, reply, reader)
  })
  for (const [name, button] of [['solved', 'solved'] as const, ['reopen', 'not_solved'] as const])
    app.post(`${path}/${name}`, options, async (request, reply) => {
      const reader = await mayDo(desk, request, reply, find, 'ticket.settle')
      if (reader === null) return nothingHere(desk, request, reply)
      return withForm(request, desk.blobs, false, async ({ mark }) => {
        if (!reader.isMarked(mark?.[0] ?? '')) return forged(desk, request, reply, reader)
        const { personId } = reader.requester
        const done = await desk.database.transaction((tx) =>
          pressAsCustomer(desk, tx, reader.row.ticket, personId, button),
        )
        return after(desk, request, reply, reader, done, 'changed')
      })
    })
  rateAt(app, desk, path, find)
}

/** A rating on the ticket's own page counts as one by the survey's link. */
function rateAt(app: FastifyInstance, desk: Desk, path: string, find: Find): void {
  app.post(`${path}/rate`, { ...sent(10), errorHandler: notTaken(desk) }, async (request, reply) => {
    const reader = await mayDo(desk, request, reply, find, 'ticket.rate')
    if (reader === null) return nothingHere(desk, request, reply)
    return withForm(request, desk.blobs, false, async (filled) => {
      const words = portalWordsIn(reader.place.language)
      if (!reader.isMarked(filled['mark']?.[0] ?? '')) return forged(desk, request, reply, reader)
      const chooseAgain = () => show(desk, request, reply.status(422), reader, { problem: words.rateChoose })
      const rating = ratingIn(filled)
      if (rating === null) return chooseAgain()
      const outcome = await desk.database.transaction((tx) =>
        rateTicket(desk, tx, reader.row.ticket.id, rating, 'portal'),
      )
      if (outcome === 'too_late')
        return show(desk, request, reply.status(409), reader, { problem: words.rateLate })
      if (outcome === 'no_such_score') return chooseAgain()
      return reply.redirect(`${reader.base}?said=rated`, 303)
    })
  })
}

/** Who may do it; whoever may only read is told that there is nothing, and what comes from elsewhere finds nobody. */
async function mayDo(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  find: Find,
  action: RequesterAction,
): Promise<Reader | null> {
  const reader = isOwnPage(desk, request) ? await find(request, reply) : null
  return reader !== null && requesterCan(reader.requester, action, reader.owned) ? reader : null
}

function forged(desk: Desk, request: FastifyRequest, reply: FastifyReply, reader: Reader) {
  const problem = portalWordsIn(reader.place.language).forged
  return show(desk, request, reply.status(403), reader, { problem })
}

async function takeAnswer(desk: Desk, request: FastifyRequest, reply: FastifyReply, reader: Reader) {
  return withForm(request, desk.blobs, true, async (filled, files) => {
    const text = (filled['text']?.[0] ?? '').trim().slice(0, 100_000)
    const words = portalWordsIn(reader.place.language)
    const again = (status: number, problem: string) =>
      show(desk, request, reply.status(status), reader, { problem, text })
    if (!reader.isMarked(filled['mark']?.[0] ?? '')) return again(403, words.forged)
    if (text === '' && files.length === 0) return again(422, words.empty)
    const attachments = await keepFiles(desk, files)
    const { email, row, requester } = reader
    const once = (filled['once']?.[0] ?? '').slice(0, 100)
    const done = await desk.database.transaction(async (tx): Promise<Answered> => {
      // Sent twice, by an impatient click or a reload, it is one answer.
      const key = `portal:${requester.personId}:${keyOfContent(once, text, files)}`
      const { first } = await takeOnce(tx, key, desk.clock.now())
      if (once !== '' && !first) return { ticketId: row.ticket.id }
      const written = { personId: requester.personId, email, text, attachments }
      return answerAsCustomer(desk, tx, row.ticket, written, row.subject)
    })
    if ('refusal' in done) return again(409, words.refused)
    return after(desk, request, reply, reader, done, 'sent')
  })
}

/** Leads back to the ticket; what became another one is told by its number to whoever has only a link. */
async function after(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  reader: Reader,
  done: Answered,
  said: 'sent' | 'changed',
) {
  const words = portalWordsIn(reader.place.language)
  if ('refusal' in done) return show(desk, request, reply.status(409), reader, { problem: words.refused })
  if (done.ticketId === reader.row.ticket.id) return reply.redirect(`${reader.base}?said=${said}`, 303)
  if (reader.requester.onlyTicketId === null)
    return reply.redirect(`${pathIn(reader.place, `/tickets/${done.ticketId}`)}?said=${said}`, 303)
  return say(reply, reader.place, words.thanks, `<p>${words.have} #${done.ticketId}.</p>${arrived}`)
}

async function show(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  reader: Reader,
  more: Partial<Pick<TicketPage, 'notice' | 'isSent' | 'problem' | 'text'>>,
) {
  const { place, requester, base, mark, owned } = reader
  // What was just done shows, and what somebody else did meanwhile.
  const row = (await findTicket(desk.database, reader.row.ticket.id)) ?? reader.row
  const { before = '' } = request.query as { before?: string }
  const page = { limit: AT_ONCE + 1, before: /^\d{1,15}$/.test(before) ? Number(before) : null }
  const rows = await saidOn(desk.database, row.ticket, page)
  const said = rows.slice(-AT_ONCE)
  const { settings } = await desk.setup.now()
  const now = desk.clock.now()
  const may = (action: RequesterAction) => requesterCan(requester, action, owned)
  return sendPage(
    reply,
    ticketHtml({
      ...more,
      place,
      personId: requester.personId,
      row,
      base,
      mark,
      once: mintOnce(desk.secret, 'portal', Date.parse(now)),
      may,
      isReopenable: row.ticket.status !== 'closed' || inReopenWindow(row.ticket, { at: now, settings }),
      said,
      files: await attachmentsOf(
        desk.database,
        said.map(({ id }) => id),
      ),
      isMore: rows.length > AT_ONCE,
      rating: may('ticket.rate') ? await ratingOn(desk, place, row.ticket, base, mark) : '',
    }),
  )
}

async function bySession(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<Reader | null> {
  const place = await placeOf(desk, request, brandIdIn(request))
  const inside = place === null ? null : await insideOf(desk, request, reply, place)
  const { id = '' } = request.params as { id?: string }
  if (inside === null || !/^[1-9]\d{0,14}$/.test(id)) return null
  const { visitor } = inside
  return readable(desk, inside, visitor.requester, Number(id), {
    email: visitor.email,
    baseOf: (ticketId) => pathIn(inside, `/tickets/${ticketId}`),
    mark: markOf(desk, visitor),
    isMarked: (given) => hasMark(desk, visitor, given),
  })
}

/** A link holds for so long from its mail on, for as long as nobody took it back, and for who still takes part. */
async function byLink(desk: Desk, request: FastifyRequest): Promise<Reader | null> {
  const { token = '' } = request.params as { token?: string }
  const link = readTicketToken(token, desk.secret)
  const now = desk.clock.now()
  if (link === null || plus(link.at, LINK_LASTS_SECONDS) < now) return null
  const personId = link.personId as PersonId
  const [[person], revoked, found] = await Promise.all([
    peopleById(desk.database, [personId]),
    revokedAt(desk.database, personId),
    livingTicket(desk.database, link.ticketId),
  ])
  if (person?.email == null || found === null || (revoked !== null && link.at <= revoked)) return null
  if ((await verdictOn(desk.database, person.email)) === 'block') return null
  const { brandId, id } = found.ticket
  const brand = (await desk.setup.now()).brands.find((each) => each.id === brandId)
  if (brand === undefined || !isOpenByLink(brand, found.ticket)) return null
  const place = await placeAt(desk, request, brand)
  const { language, timeZone, email } = person
  const theirs = { ...place, language: language ?? place.language, timeZone: timeZone ?? place.timeZone }
  const requester: Requester = { kind: 'requester', personId, brandId, managesId: null, onlyTicketId: id }
  // The address is the secret: no other page knows it, and no referrer carries it out of the desk.
  const own = { email, baseOf: () => `/portal/t/${token}`, mark: '', isMarked: () => true }
  return readable(desk, theirs, requester, id, own)
}

async function readable(
  desk: Desk,
  place: Place,
  requester: Requester,
  ticketId: number,
  own: Pick<Reader, 'email' | 'mark' | 'isMarked'> & { readonly baseOf: (id: TicketId) => string },
): Promise<Reader | null> {
  const row = await livingTicket(desk.database, ticketId)
  if (row === null) return null
  const owned = await ownedOf(desk.database, row.ticket)
  if (!requesterCan(requester, 'ticket.read', owned)) return null
  const { baseOf, ...rest } = own
  return { ...rest, place, requester, row, owned, base: baseOf(row.ticket.id) }
}
