// Surveys: for each resolve of a ticket that was come to whether its customer was asked, and what they said.
import type { BrandId, PersonId, TicketId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { QUIET_SECONDS } from '#tickets/survey.ts'
import type { SurveyOutcome } from '#tickets/vocabulary.ts'

export type Survey = {
  readonly id: number
  /** What its link is made of. */
  readonly number: number
  readonly ticketId: TicketId
  readonly episode: number
  readonly brandId: BrandId
  readonly personId: PersonId
  readonly outcome: SurveyOutcome
  readonly scale: 2 | 5
  readonly at: Instant
  readonly assigneeId: PersonId | null
  readonly teamId: number | null
  readonly score: number | null
  readonly comment: string
  readonly answeredAt: Instant | null
  readonly changedAt: Instant | null
  /** How often its score was changed. */
  readonly changes: number
}

const columns = sql`id, number, ticket_id as "ticketId", episode, brand_id as "brandId", person_id as "personId", outcome, scale, at,
  assignee_id as "assigneeId", team_id as "teamId", score, comment, answered_at as "answeredAt", changed_at as "changedAt", changes`

/** The survey of one resolve of a ticket. */
export async function surveyOfEpisode(db: Db, ticketId: number, episode: number): Promise<Survey | null> {
  return db.row<Survey>(
    sql`select ${columns} from survey where ticket_id = ${ticketId} and episode = ${episode}`,
  )
}

/** The surveys of a ticket, the last resolve's first. */
export async function surveysOf(db: Db, ticketId: number): Promise<Survey[]> {
  return db.rows<Survey>(
    sql`select ${columns} from survey where ticket_id = ${ticketId} order by episode desc`,
  )
}

/** One survey. */
export async function findSurvey(db: Db, id: number): Promise<Survey | null> {
  return db.row<Survey>(sql`select ${columns} from survey where id = ${id}`)
}

/** The survey that a link's number is for. */
export async function surveyOfLink(db: Db, number: number): Promise<Survey | null> {
  return db.row<Survey>(sql`select ${columns} from survey where number = ${number}`)
}

export type NewSurvey = Omit<Survey, 'number' | 'score' | 'comment' | 'answeredAt' | 'changedAt' | 'changes'>

/** Writes down that a resolve was come to; false when it was already. */
export async function addSurvey(tx: Transaction, survey: NewSurvey): Promise<boolean> {
  const { id, ticketId, episode, brandId, personId, outcome, scale, at, assigneeId, teamId } = survey
  const rows = await tx.rows(sql`insert into survey
      (id, ticket_id, episode, brand_id, person_id, outcome, scale, at, assignee_id, team_id)
    values (${id}, ${ticketId}, ${episode}, ${brandId}, ${personId}, ${outcome}, ${scale}, ${at}, ${assigneeId}, ${teamId})
    on conflict (ticket_id, episode) do nothing returning id`)
  return rows.length > 0
}

/** Whom no mail could reach was asked in their chat after all; the number of their survey, or null when there is none such. */
export async function reachInChat(
  tx: Transaction,
  { ticketId, episode, at }: Pick<Survey, 'ticketId' | 'episode' | 'at'>,
): Promise<number | null> {
  const row = await tx.row<{ id: number }>(sql`update survey set outcome = 'chat', at = ${at}
    where ticket_id = ${ticketId} and episode = ${episode} and outcome = 'unreachable' and score is null returning id`)
  return row?.id ?? null
}

/** Keeps an answer, the first or a changed one. */
export async function keepRating(
  tx: Transaction,
  id: number,
  { score, comment, at }: { score: number; comment: string; at: Instant },
): Promise<void> {
  await tx.rows(sql`update survey set score = ${score}, comment = ${comment}, answered_at = coalesce(answered_at, ${at}),
    changed_at = case when answered_at is null then null else ${at}::timestamptz end,
    changes = changes + coalesce(score <> ${score}, false)::int where id = ${id}`)
}

/** Why a person is not to be asked now; null when they may be. */
export async function reasonNotToAsk(
  db: Db,
  personId: PersonId,
  at: Instant,
): Promise<'opted_out' | 'asked_lately' | null> {
  const row = await db.row<{ optedOut: boolean; lately: boolean }>(sql`select
    exists (select from survey_opt_out where person_id = ${personId}) as "optedOut",
    exists (select from survey where person_id = ${personId} and outcome in ('sent', 'chat')
      and at > ${plus(at, -QUIET_SECONDS)}) as lately`)
  return row?.optedOut === true ? 'opted_out' : row?.lately === true ? 'asked_lately' : null
}

/** Asks a person no more. */
export async function optOut(db: Db, personId: PersonId, at: Instant): Promise<void> {
  await db.rows(
    sql`insert into survey_opt_out (person_id, at) values (${personId}, ${at}) on conflict do nothing`,
  )
}

/** Of some tickets the last score of each rated resolve, for whoever holds rows to the log. */
export async function scoresOfTickets(
  db: Db,
  ids: readonly number[],
): Promise<{ ticketId: TicketId; id: number; score: number | null }[]> {
  return db.rows(sql`select ticket_id as "ticketId", id, score from survey
    where ticket_id = any(${[...ids]}::bigint[]) order by ticket_id, episode`)
}
