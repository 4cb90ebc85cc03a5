// What a rating is: scores from 1 to 5, of which 4 and 5 are good; where only good and bad are asked, good is 5 and bad is 1. Pure.
import { plus, type Instant } from '#kit/time.ts'
import { isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

const DAY = 86_400

/** A link answers for so long after it was sent. */
const SURVEY_LASTS_SECONDS = 30 * DAY
/** An answer can be changed for so long. */
const EDIT_SECONDS = 7 * DAY
/** And so often: each change is an event of the ticket. Nobody in doubt comes near it. */
const MOST_CHANGES = 10
/** Nobody is asked twice within. */
export const QUIET_SECONDS = 14 * DAY
/** What was due longer ago than this is not asked any more: a survey that is turned on asks nobody about last year. */
export const LATE_SECONDS = 3 * DAY

/** From this score on a rating is good. */
export const GOOD_FROM = 4
/** Up to this score it is bad. */
export const BAD_TO = 2

/** The scores that can be given, the best first. */
export const scoresOf = (scale: 2 | 5): readonly number[] => (scale === 2 ? [5, 1] : [5, 4, 3, 2, 1])

/** Whether a survey takes an answer, or another one, now. */
export function takesAnswer(
  { at, answeredAt }: { readonly at: Instant; readonly answeredAt: Instant | null },
  now: Instant,
): boolean {
  return now <= (answeredAt === null ? plus(at, SURVEY_LASTS_SECONDS) : plus(answeredAt, EDIT_SECONDS))
}

/** Whether it takes another score in place of the one it has. */
export const takesChange = ({ changes }: { readonly changes: number }): boolean => changes < MOST_CHANGES

/** Which of its resolves a ticket is in: the stretch from one resolve to the next reopen. */
export const episodeOf = ({ reopenCount }: Pick<Ticket, 'reopenCount'>): number => reopenCount + 1

/** Whether a ticket is resolved, or was closed after it, and in nobody's way: what one can ask about. */
export function canBeRated(ticket: Ticket): boolean {
  const { status, resolvedAt } = ticket
  return (status === 'resolved' || status === 'closed') && resolvedAt !== null && !isFlagged(ticket)
}
