// The desk's settings: one row a version, the newest in force, older ones kept for history and backtests.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type DeskSettings = {
  readonly deskName: string
  readonly timeZone: string
  readonly language: string
  /** How long a closed ticket can be reopened; 0 is never. */
  readonly reopenWindowSeconds: number
  /** How long a ticket stays resolved before it is closed. */
  readonly autoCloseSeconds: number
  /** How long a reply waits before it leaves. */
  readonly sendDelaySeconds: number
  readonly onHoldReply: 'open' | 'keep'
  readonly reopenKeepsAssignee: 'when_available' | 'always' | 'never'
  readonly childrenBlockResolve: boolean
  /** Who answers a ticket that is nobody's on screen owns it. */
  readonly assignOnReply: boolean
  /** What the customer wrote stands below an answer to it by mail. */
  readonly quoteBelow: boolean
  /** Whoever has no signature of their own signs their answers by mail with their name. */
  readonly nameBelow: boolean
  readonly acknowledgement: boolean
  readonly acknowledgementText: string
  readonly signature: string
  /** Who gets the end of the audit log's chain by mail, hourly when it has grown. */
  readonly auditMailTo: string | null
  /** How long agents have tickets before them is counted, and told to them and as sums. */
  readonly touchTime: boolean
  /** What a ticket takes people, where nobody has measured it. */
  readonly handlingSeconds: number
  /** The share of resolves by people that a lead is asked to review; 0: none. */
  readonly reviewShare: number
  /** What they are asked of each: with a yes all is well. */
  readonly reviewQuestions: readonly string[]
  readonly mail: MailPolicy
}

/** What decides whether mail is believed, held or let in. */
export type MailPolicy = {
  /** Names under which servers of ours write Authentication-Results and spam headers. */
  readonly trustedServers: readonly string[]
  /** Domains of forwarders whose ARC seal is believed. */
  readonly trustedSealers: readonly string[]
  /** A reply of a participant whose domain proves nothing: it joins with a mark, or is held. */
  readonly unverifiedReplies: 'join' | 'hold'
  /** What an agent's answer to a notification becomes; `off`: it is held. */
  readonly agentAnswers: 'off' | 'note' | 'reply'
  readonly spamScore: number
  readonly spamHeaders: boolean
  readonly onlyAllowed: boolean
  /** Only people whom the desk knows may open tickets. */
  readonly onlyKnown: boolean
  readonly holdLists: boolean
  /** Mails an hour that one sender may write. */
  readonly senderPerHour: number
}

export const defaultDeskSettings: DeskSettings = {
  deskName: 'Docket',
  timeZone: 'UTC',
  language: 'en',
  reopenWindowSeconds: 2_592_000,
  autoCloseSeconds: 345_600,
  sendDelaySeconds: 10,
  onHoldReply: 'open',
  reopenKeepsAssignee: 'when_available',
  childrenBlockResolve: true,
  assignOnReply: true,
  quoteBelow: true,
  nameBelow: true,
  acknowledgement: true,
  acknowledgementText:
    'We have received your message and will answer as soon as we can. To add something, reply to this mail.',
  signature: '',
  auditMailTo: null,
  touchTime: false,
  handlingSeconds: 300,
  reviewShare: 0,
  reviewQuestions: [
    'Was what the customer asked understood?',
    'Is the answer right and whole?',
    'Is it clear and friendly?',
  ],
  mail: {
    trustedServers: [],
    trustedSealers: [],
    unverifiedReplies: 'join',
    agentAnswers: 'off',
    spamScore: 6,
    spamHeaders: false,
    onlyAllowed: false,
    onlyKnown: false,
    holdLists: true,
    senderPerHour: 1_000,
  },
}

/** The settings in force. */
export async function readSettings(db: Db): Promise<DeskSettings> {
  const [row] = await db.hot<{ value: Partial<DeskSettings> }>(sql`
    select value from desk_setting order by version desc limit 1`)
  return { ...defaultDeskSettings, ...row?.value, mail: { ...defaultDeskSettings.mail, ...row?.value.mail } }
}

/** Writes the next version of the settings. */
export async function writeSettings(
  db: Db,
  value: DeskSettings,
  at: Instant,
  by: PersonId | null,
): Promise<void> {
  await db.rows(
    sql`insert into desk_setting (value, at, agent_id) values (${JSON.stringify(value)}, ${at}, ${by})`,
  )
}

type Version = {
  readonly version: number
  readonly at: Instant
  readonly byName: string | null
  readonly value: DeskSettings
}

/** The newest versions of the settings, newest first. */
export async function settingsVersions(db: Db, limit: number): Promise<Version[]> {
  const rows = await db.rows<Omit<Version, 'value'> & { value: Partial<DeskSettings> }>(sql`
    select s.version, s.at, p.name as "byName", s.value from desk_setting s left join person p on p.id = s.agent_id
    order by s.version desc limit ${limit}`)
  return rows.map((row) => ({ ...row, value: { ...defaultDeskSettings, ...row.value } }))
}

/** Every version of the settings with the moment from which it held, oldest first. */
export async function livedSettings(db: Db): Promise<{ from: Instant; value: DeskSettings }[]> {
  const rows = await db.rows<{ from: Instant; value: Partial<DeskSettings> }>(
    sql`select at as "from", value from desk_setting order by version`,
  )
  return rows.map(({ from, value }) => ({ from, value: { ...defaultDeskSettings, ...value } }))
}

/** From when on all is kept that tickets were judged by; null where the desk began with that. */
export async function judgedBySince(db: Db): Promise<Instant | null> {
  return (await db.row<{ at: Instant }>(sql`select at from judged_by_since`))?.at ?? null
}

/** Says that tickets from before a moment were judged by what is not all here: those of another desk were, and a moved one brings its last settings only. */
export async function putJudgedBySince(tx: Transaction, at: Instant): Promise<void> {
  await tx.rows(
    sql`insert into judged_by_since select ${at}::timestamptz where not exists (select from judged_by_since)`,
  )
}

/** One version of the settings, or null. */
export async function settingsOfVersion(db: Db, version: number): Promise<DeskSettings | null> {
  const row = await db.row<{ value: Partial<DeskSettings> }>(
    sql`select value from desk_setting where version = ${version}`,
  )
  return row === null ? null : { ...defaultDeskSettings, ...row.value }
}
