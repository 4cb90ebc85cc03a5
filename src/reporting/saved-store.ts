// Boards that are kept under a name, for one person, a team or everybody; when each is mailed, and what its mails say.
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Board, BoardState, Pause, Rhythm } from '#reporting/boards.ts'
import type { Cond } from '#rules/condition.ts'
import type { Scope } from '#rules/view-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type SavedReport = {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  readonly ownerId: PersonId
  readonly ownerName: string
  readonly teamId: TeamId | null
  readonly board: Board
  readonly state: BoardState
  readonly cond: Cond
  readonly schedule: Schedule | null
}

/** When it is mailed, and to whom. */
export type Schedule = {
  readonly every: Rhythm
  readonly onDay: number
  readonly hour: number
  readonly zone: string
  readonly recipientIds: readonly PersonId[]
  /** The numbers come as a file too. */
  readonly attach: boolean
  /** Null while it is paused. */
  readonly dueAt: Instant | null
  readonly tries: number
  readonly paused: Pause | null
  /** What went wrong at the last try. */
  readonly problem: string | null
  readonly sentAt: Instant | null
  /** When somebody last opened the report. */
  readonly openedAt: Instant
}

type NewReport = Omit<SavedReport, 'id' | 'ownerName' | 'schedule'>

const columns = sql`r.id, r.name, r.scope, r.owner_id as "ownerId", p.name as "ownerName", r.team_id as "teamId", r.board, r.state,
  r.cond, case when s.report_id is not null then jsonb_build_object('every', s.every, 'onDay', s.on_day, 'hour', s.hour, 'zone', s.zone,
    'recipientIds', s.recipient_ids, 'attach', s.attach, 'tries', s.tries, 'paused', s.paused, 'problem', s.problem) end as schedule,
  s.due_at as "dueAt", s.sent_at as "sentAt", s.opened_at as "openedAt"`
const joined = sql`saved_report r join person p on p.id = r.owner_id left join report_schedule s on s.report_id = r.id`

type Row = Omit<SavedReport, 'schedule'> & {
  schedule: Omit<Schedule, 'dueAt' | 'sentAt' | 'openedAt'> | null
  dueAt: Instant | null
  sentAt: Instant | null
  openedAt: Instant
}

/** The moments are read as such: in JSON they would be text of PostgreSQL's own. */
const savedOf = ({ schedule, dueAt, sentAt, openedAt, ...row }: Row): SavedReport => ({
  ...row,
  schedule: schedule === null ? null : { ...schedule, dueAt, sentAt, openedAt },
})

/** The reports an agent sees: their own, their teams', everybody's, and those that are mailed to them. Few enough to be read whole. */
export async function reportsOf(
  db: Db,
  { agentId, teamIds }: { readonly agentId: PersonId; readonly teamIds: readonly TeamId[] },
): Promise<SavedReport[]> {
  const rows = await db.rows<Row>(sql`select ${columns} from ${joined}
    where r.scope = 'shared' or r.owner_id = ${agentId} or (r.scope = 'team' and r.team_id = any(${teamIds}))
      or ${agentId} = any(s.recipient_ids)
    order by array_position(array['personal', 'team', 'shared'], r.scope), lower(r.name), r.id limit 500`)
  return rows.map(savedOf)
}

/** Every report, whoever owns it: what a name that goes would leave without a meaning. */
export async function everyReport(db: Db): Promise<SavedReport[]> {
  return (await db.rows<Row>(sql`select ${columns} from ${joined} order by r.id`)).map(savedOf)
}

/** One report, whoever owns it. */
export async function findReport(db: Db, id: number): Promise<SavedReport | null> {
  const row = await db.row<Row>(sql`select ${columns} from ${joined} where r.id = ${id}`)
  return row === null ? null : savedOf(row)
}

/** Keeps a new report and answers its id. */
export async function addReport(db: Db, report: NewReport, at: Instant): Promise<number> {
  const { name, scope, ownerId, teamId, board, state, cond } = report
  const row = await db.row<{ id: number }>(sql`
    insert into saved_report (name, scope, owner_id, team_id, board, state, cond, created_at, updated_at)
    values (${name}, ${scope}, ${ownerId}, ${teamId}, ${board}, ${JSON.stringify(state)}, ${JSON.stringify(cond)}, ${at}, ${at})
    returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Replaces what a report says; its owner and its mails stay. */
export async function changeReport(db: Db, id: number, report: NewReport, at: Instant): Promise<void> {
  const { name, scope, teamId, board, state, cond } = report
  await db.rows(sql`update saved_report set name = ${name}, scope = ${scope}, team_id = ${teamId}, board = ${board},
    state = ${JSON.stringify(state)}, cond = ${JSON.stringify(cond)}, updated_at = ${at} where id = ${id}`)
}

/** Deletes a report and ends its mails. */
export async function dropReport(db: Db, id: number): Promise<void> {
  await db.rows(sql`delete from saved_report where id = ${id}`)
}

/** Gives all reports of a team to another one. */
export async function moveReports(db: Db, from: number, to: TeamId, at: Instant): Promise<void> {
  await db.rows(sql`update saved_report set team_id = ${to}, updated_at = ${at} where team_id = ${from}`)
}

/** Writes when a report is mailed; trying begins anew. */
export async function putSchedule(db: Db, reportId: number, schedule: Schedule): Promise<void> {
  const { every, onDay, hour, zone, recipientIds, attach, dueAt, paused, problem, openedAt } = schedule
  await db.rows(sql`insert into report_schedule
      (report_id, every, on_day, hour, zone, recipient_ids, attach, due_at, try_at, paused, problem, opened_at)
    values (${reportId}, ${every}, ${onDay}, ${hour}, ${zone}, ${recipientIds}, ${attach}, ${dueAt}, ${dueAt}, ${paused}, ${problem},
      ${openedAt})
    on conflict (report_id) do update set every = excluded.every, on_day = excluded.on_day, hour = excluded.hour, zone = excluded.zone,
      recipient_ids = excluded.recipient_ids, attach = excluded.attach, due_at = excluded.due_at, try_at = excluded.try_at, tries = 0,
      paused = excluded.paused, problem = excluded.problem, opened_at = excluded.opened_at`)
}

/** Ends the mails of a report. */
export async function dropSchedule(db: Db, reportId: number): Promise<void> {
  await db.rows(sql`delete from report_schedule where report_id = ${reportId}`)
}

/** Notes that a report was opened, once an hour at most. */
export async function noteReportOpened(db: Db, reportId: number, at: Instant): Promise<void> {
  await db.rows(sql`update report_schedule set opened_at = ${at}
    where report_id = ${reportId} and opened_at < ${at}::timestamptz - interval '1 hour'`)
}

/** The report that is due longest, taken until a moment: whoever comes second gets another one. */
export async function takeDueReport(
  tx: Transaction,
  at: Instant,
  until: Instant,
): Promise<SavedReport | null> {
  const row = await tx.row<Row>(sql`select ${columns} from ${joined}
    where s.report_id = (select report_id from report_schedule where try_at <= ${at} order by try_at limit 1 for update skip locked)`)
  if (row === null) return null
  await tx.rows(sql`update report_schedule set try_at = ${until} where report_id = ${row.id}`)
  return savedOf(row)
}

/** When the next report is due, or tried again; what is due already somebody else has. */
export async function nextReportAt(db: Db, at: Instant): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(
    sql`select min(try_at) as at from report_schedule where try_at > ${at}`,
  )
  return row?.at ?? null
}

type Due = { readonly id: number; readonly dueAt: Instant | null }

/** Notes that what was due at `dueAt` was mailed, and when the next is; whether it was still due. */
export async function noteMailed(db: Db, { id, dueAt }: Due, at: Instant, nextAt: Instant): Promise<boolean> {
  const row = await db.row(sql`update report_schedule
    set sent_at = ${at}, due_at = ${nextAt}, try_at = ${nextAt}, tries = 0, problem = null
    where report_id = ${id} and paused is null and due_at = ${dueAt} returning report_id`)
  return row !== null
}

/** Notes a try that failed of what was due at `dueAt`, and when the next one is; nothing where it was mailed or set anew after all. */
export async function noteTry(db: Db, { id, dueAt }: Due, problem: string, againAt: Instant): Promise<void> {
  await db.rows(sql`update report_schedule set problem = ${problem}, try_at = ${againAt}, tries = tries + 1
    where report_id = ${id} and paused is null and due_at = ${dueAt}`)
}

/** One agent gets the mails of a report no more; with the last one, nobody does. */
export async function dropRecipient(db: Db, reportId: number, agentId: PersonId): Promise<void> {
  await db.rows(sql`update report_schedule set recipient_ids = array_remove(recipient_ids, ${agentId}::bigint)
    where report_id = ${reportId}`)
  await db.rows(sql`delete from report_schedule where report_id = ${reportId} and recipient_ids = '{}'`)
}

/** Pauses the mails of a report until somebody lets them go on. */
export async function pauseReport(
  db: Db,
  reportId: number,
  why: Pause,
  problem: string | null,
): Promise<void> {
  await db.rows(sql`update report_schedule set paused = ${why}, problem = ${problem}, due_at = null, try_at = null, tries = 0
    where report_id = ${reportId}`)
}

/** What a mail of a report says. */
export type ReportMail = {
  readonly text: string
  readonly html: string
  readonly file: { readonly name: string; readonly text: string } | null
}

/** Keeps what a mail says until it has left, and answers its id. */
export async function keepMail(db: Db, { text, html, file }: ReportMail, at: Instant): Promise<number> {
  const row = await db.row<{ id: number }>(sql`
    insert into report_mail (body_text, body_html, file_name, file, created_at)
    values (${text}, ${html}, ${file?.name ?? null}, ${file?.text ?? null}, ${at}) returning id`)
  return row?.id ?? 0
}

/** What a mail says; null when it was too old to be kept. */
export async function findMail(db: Db, id: number): Promise<ReportMail | null> {
  return db.row<ReportMail>(sql`select body_text as text, body_html as html,
    case when file is not null then json_build_object('name', file_name, 'text', file) end as file from report_mail where id = ${id}`)
}

/** Forgets what mails said that are older than a moment. */
export async function dropOldMails(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from report_mail where created_at < ${before}`)
}
