// The moment has come to ask whether it helped: once for each resolve, if the ticket is still resolved, and nobody who wants peace.
import { act } from '#desk/act.ts'
import { isOurs } from '#desk/outbound/mails.ts'
import { whereTo } from '#desk/outbound/where-to.ts'
import { isLongPast, surveyFor } from '#desk/survey/due.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { bySystem } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { fnv1a } from '#kit/fnv.ts'
import { reportRows } from '#reporting/rows.ts'
import { workedBy } from '#reporting/worked.ts'
import type { SurveySetting } from '#setup/survey-setting-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { canBeRated, episodeOf, takesAnswer } from '#tickets/survey.ts'
import {
  addSurvey,
  reachInChat,
  reasonNotToAsk,
  surveyOfEpisode,
  type Survey,
} from '#tickets/survey-store.ts'
import { eventsAfter, findTicket, lockTickets } from '#tickets/ticket-store.ts'
import { dropTimer } from '#tickets/timer-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { SurveyOutcome } from '#tickets/vocabulary.ts'

/** Asks about a ticket, or writes down why not. The ticket is locked. */
export async function askForRating(desk: Desk, tx: Transaction, ticketId: TicketId): Promise<void> {
  await dropTimer(tx, { ticketId, kind: 'survey' })
  const ticket = (await findTicket(tx, ticketId))?.ticket
  const setup = await desk.setup.now()
  const setting = ticket === undefined ? null : surveyFor(setup, ticket)
  if (ticket === undefined || setting === null || !canBeRated(ticket)) return
  const outcome = await outcomeFor(desk, tx, ticket, setting, setup)
  const surveyId = await noteEpisode(desk, tx, ticket, setting, outcome)
  if (outcome === 'sent') await askNow(desk, tx, ticket, surveyId)
}

async function outcomeFor(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  setting: SurveySetting,
  setup: Setup,
): Promise<SurveyOutcome> {
  const { requesterId } = ticket
  const place = (await whereTo(tx, ticket, [requesterId])).get(requesterId)
  if (place === undefined || isOurs(place.email, setup)) return 'unreachable'
  return (await whyNot(desk, tx, ticket, setting)) ?? 'sent'
}

/** Why somebody is left in peace wherever they could be asked; null when they may be. */
async function whyNot(desk: Desk, db: Db, ticket: Ticket, { holdoutPercent }: SurveySetting) {
  // By the ticket, not by lot: the same desk told again asks the same people.
  const lot = (fnv1a(`survey ${ticket.id} ${episodeOf(ticket)}`) >>> 0) % 100
  if (lot < holdoutPercent) return 'held_out'
  return reasonNotToAsk(db, ticket.requesterId, desk.clock.now())
}

export type Question = {
  readonly scale: 2 | 5
  readonly score: number | null
  readonly comment: string
  /** It is written down that they were asked. */
  readonly isAsked: boolean
}

/** What the customer of a chat is asked at its end, or has answered; null where nothing is asked. */
export async function questionOf(desk: Desk, db: Db, ticket: Ticket): Promise<Question | null> {
  const setup = await desk.setup.now()
  const setting = surveyFor(setup, ticket)
  if (setting === null || !canBeRated(ticket)) return null
  const found = await surveyOfEpisode(db, ticket.id, episodeOf(ticket))
  if (found === null || isUnreached(found)) {
    const isLate = isLongPast(ticket, setting, desk.clock.now(), setup)
    return !isLate && (await whyNot(desk, db, ticket, setting)) === null
      ? { scale: (found ?? setting).scale, score: null, comment: '', isAsked: false }
      : null
  }
  const { scale, score, comment, outcome } = found
  const isAsked = outcome === 'sent' || outcome === 'chat'
  return (isAsked || score !== null) && takesAnswer(found, desk.clock.now())
    ? { scale, score, comment, isAsked: true }
    : null
}

/** Somebody is looking at the question at the end of their chat: they have been asked, and are not asked by mail. */
export async function askedInChat(desk: Desk, tx: Transaction, ticketId: TicketId): Promise<void> {
  const ticket = (await lockTickets(tx, [ticketId])).get(ticketId)?.ticket
  const setting = ticket === undefined ? null : surveyFor(await desk.setup.now(), ticket)
  if (ticket === undefined || setting === null) return
  if ((await questionOf(desk, tx, ticket))?.isAsked !== false) return
  await noteAskedInChat(desk, tx, ticket, setting)
}

/** No mail could reach them: in their chat they may yet be asked. */
const isUnreached = ({ outcome, score }: Survey) => outcome === 'unreachable' && score === null

/** Writes down that somebody was asked in their chat; the number of the survey, or null when its resolve was come to before. */
export async function noteAskedInChat(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  setting: SurveySetting,
): Promise<number | null> {
  const surveyId =
    (await reachInChat(tx, { ticketId: ticket.id, episode: episodeOf(ticket), at: desk.clock.now() })) ??
    (await noteEpisode(desk, tx, ticket, setting, 'chat'))
  await askNow(desk, tx, ticket, surveyId)
  return surveyId
}

async function askNow(desk: Desk, tx: Transaction, ticket: Ticket, surveyId: number | null): Promise<void> {
  if (surveyId === null) return
  const fact = { kind: 'csat_sent', payload: { surveyId, episode: episodeOf(ticket) } } as const
  await act(desk, tx, ticket.id, { kind: 'record', facts: [fact] }, bySystem)
}

/** Writes down that a resolve was come to; the number of its survey, or null when it was already. */
export async function noteEpisode(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  { scale }: SurveySetting,
  outcome: SurveyOutcome,
): Promise<number | null> {
  const id = await desk.ids.next()
  const isNew = await addSurvey(tx, {
    id,
    ticketId: ticket.id,
    episode: episodeOf(ticket),
    brandId: ticket.brandId,
    personId: ticket.requesterId,
    outcome,
    scale,
    at: desk.clock.now(),
    ...(await whoseResolve(desk, tx, ticket)),
  })
  return isNew ? id : null
}

/** Whose the ticket was at its last resolve; what was done to it since does not count. */
async function whoseResolve(desk: Desk, db: Db, ticket: Ticket) {
  const { sla } = await desk.setup.now()
  const { facts } = reportRows(await eventsAfter(db, ticket.id, 0, null), workedBy(sla))
  const { assigneeId, teamId } = facts.findLast(({ kind }) => kind === 'resolved') ?? ticket
  return { assigneeId: assigneeId as PersonId | null, teamId }
}
