// When a resolved ticket is to be asked about: one moment for each resolve, which the ticket keeps while it stays resolved.
import type { Setup } from '#desk/setup-cache.ts'
import { instant, plus, type Instant } from '#kit/time.ts'
import { afterWorked } from '#reporting/worked.ts'
import type { SurveySetting } from '#setup/survey-setting-store.ts'
import type { Db } from '#store/database.ts'
import { canBeRated, episodeOf, LATE_SECONDS } from '#tickets/survey.ts'
import { surveyOfEpisode } from '#tickets/survey-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** What is asked about a ticket; null where nothing is. */
export function surveyFor({ surveys }: Pick<Setup, 'surveys'>, ticket: Ticket): SurveySetting | null {
  const setting = surveys.get(ticket.brandId)
  return setting === undefined || setting.withoutMailboxes.includes(ticket.mailboxId ?? 0) ? null : setting
}

/** Whether a ticket may have such a moment. */
export function mayBeAskedAbout(ticket: Ticket, setup: Setup): boolean {
  return canBeRated(ticket) && surveyFor(setup, ticket) !== null
}

/** The moment, if the ticket as it is now has one still before it. */
export async function surveyMoments(
  db: Db,
  ticket: Ticket,
  at: Instant,
  setup: Setup,
): Promise<readonly { readonly kind: 'survey'; readonly dueAt: Instant }[]> {
  const setting = surveyFor(setup, ticket)
  if (setting === null || !canBeRated(ticket) || ticket.resolvedAt === null) return []
  const dueAt = surveyDueAt(ticket, ticket.resolvedAt, setting, setup)
  if (dueAt > at) return [{ kind: 'survey', dueAt }]
  // Its moment has come: the timer has yet to fire, or it was asked about already; or it is long past.
  if (dueAt < plus(at, -LATE_SECONDS)) return []
  const isAsked = (await surveyOfEpisode(db, ticket.id, episodeOf(ticket))) !== null
  return isAsked ? [] : [{ kind: 'survey', dueAt }]
}

/** Whether the moment is so long past that nobody is asked any more who was not. */
export function isLongPast(ticket: Ticket, setting: SurveySetting, at: Instant, setup: Setup): boolean {
  const { resolvedAt } = ticket
  return resolvedAt === null || surveyDueAt(ticket, resolvedAt, setting, setup) < plus(at, -LATE_SECONDS)
}

function surveyDueAt(
  ticket: Ticket,
  resolvedAt: Instant,
  { delaySeconds }: SurveySetting,
  { sla }: Setup,
): Instant {
  return instant(afterWorked(sla, ticket, Date.parse(resolvedAt), delaySeconds * 1000))
}
