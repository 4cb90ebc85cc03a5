// Reports that are mailed at their hour: each reader gets the numbers of what they see, once for each due time, whoever works.
import { randomBytes } from 'node:crypto'
import { postLetter, type Letter } from '#channels/outbox-store.ts'
import type { Desk } from '#desk/desk.ts'
import { carrierOf } from '#desk/outbound/alerts.ts'
import { isOurs } from '#desk/outbound/mails.ts'
import { boardMail, type BoardToTell } from '#desk/outbound/board-mail.ts'
import { reportMail } from '#desk/outbound/report-mail.ts'
import { askerOf, type Asker } from '#desk/reports/ask.ts'
import { boardNow } from '#desk/reports/board-now.ts'
import { figuresFor } from '#desk/reports/saved.ts'
import type { PersonId, UpdateId } from '#kit/ids.ts'
import { plus, secondsBetween, type Instant } from '#kit/time.ts'
import { mintMessageId } from '#mail/token.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { can, type Principal } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import type { Board, Pause } from '#reporting/boards.ts'
import { isMeasureKey, isOnesOwn } from '#reporting/measures.ts'
import {
  keepMail,
  nextReportAt,
  noteMailed,
  noteTry,
  pauseReport,
  takeDueReport,
  type ReportMail,
  type SavedReport,
} from '#reporting/saved-store.ts'
import { nextDue } from '#reporting/schedule.ts'
import { printQuery } from '#rules/query-print.ts'
import type { Db } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

/** Three months. */
const UNREAD_SECONDS = 92 * 86_400
/** Seconds to the next try after each that failed; then the mails pause. */
const WAITS = [60, 300, 1_800, 7_200]
/** Who has taken a report and died keeps it from the others for so long. */
const TAKEN_SECONDS = 900

/**
 * Mails the report that is due longest. One that fails is tried again later, and does not hold up the others. Its numbers are reckoned
 * between two short transactions: one that stays open would hold back the log of all tickets.
 */
export async function mailNextReport(desk: Desk): Promise<Round> {
  const at = desk.clock.now()
  const due = await desk.database.transaction((tx) => takeDueReport(tx, at, plus(at, TAKEN_SECONDS)))
  if (due === null) return nextReportAt(desk.database, at)
  try {
    await mailDue(desk, due, at)
  } catch (error) {
    await noteFailure(desk, due, error)
  }
  return 'more'
}

async function mailDue(desk: Desk, saved: SavedReport, at: Instant): Promise<void> {
  const db = desk.database
  const { schedule } = saved
  if (schedule?.dueAt == null) return
  const { dueAt } = schedule
  const pause = (why: Pause) => pauseReport(db, saved.id, why, null)
  const mail = async () => {
    if (secondsBetween(schedule.openedAt, at) > UNREAD_SECONDS) return pause('unread')
    // What is one person's alone, nobody could change any more.
    if (saved.scope === 'personal' && (await principalOfAgent(db, saved.ownerId)) === null)
      return pause('owner_left')
    const readers = await readersOf(db, saved)
    if (readers.length === 0) return pause('nobody')
    // Tried again later, it tells of the window that it was due for.
    const letters = await lettersFor(desk, saved, readers, `report:${saved.id}:${dueAt}`, dueAt)
    await desk.database.transaction(async (tx) => {
      // What was missed while nobody worked is not made up for, one by one.
      if (await noteMailed(tx, { id: saved.id, dueAt }, at, nextDue(schedule, at))) await post(tx, letters)
    })
  }
  await mail()
  tell(db, { changed: 'savedReports', id: saved.id })
}

/** Whether somebody may read a board at all: how rules fare is for those who read rules. */
export function mayRead(reader: Principal, board: Board): boolean {
  return can(reader, board === 'automation' ? 'rules.read' : 'ticket.read')
}

/** The names of those among some agents who are there and may not read a board. */
export async function unableToRead(db: Db, board: Board, agentIds: readonly PersonId[]): Promise<string[]> {
  const names: string[] = []
  for (const id of agentIds) {
    const reader = await principalOfAgent(db, id)
    if (reader !== null && !mayRead(reader, board)) names.push(reader.name)
  }
  return names
}

/** Those who are still there to read it. */
async function readersOf(db: Db, { board, schedule }: SavedReport): Promise<Principal[]> {
  const found: Principal[] = []
  for (const id of schedule?.recipientIds ?? []) {
    const reader = await principalOfAgent(db, id)
    if (reader !== null && mayRead(reader, board)) found.push(reader)
  }
  return found
}

async function noteFailure(desk: Desk, { id, schedule }: SavedReport, error: unknown): Promise<void> {
  const problem = error instanceof Error ? error.message.slice(0, 500) : String(error)
  const wait = WAITS[schedule?.tries ?? 0]
  desk.log.error({ err: error, reportId: id }, 'A report was not mailed')
  await (wait === undefined
    ? pauseReport(desk.database, id, 'failed', problem)
    : noteTry(desk.database, { id, dueAt: schedule?.dueAt ?? null }, problem, plus(desk.clock.now(), wait)))
  tell(desk.database, { changed: 'savedReports', id })
}

/** Mails a report to one who asks for it now, with the numbers of what they see. */
export async function mailReport(desk: Desk, db: Db, saved: SavedReport, reader: Principal): Promise<void> {
  const key = `report:${saved.id}:now:${await desk.ids.next()}`
  await post(db, await lettersFor(desk, saved, [reader], key, desk.clock.now()))
}

type ReportLetter = { readonly content: ReportMail; readonly letter: Omit<Letter, 'aboutId'> }

async function post(db: Db, letters: readonly ReportLetter[]): Promise<void> {
  for (const { content, letter } of letters)
    await postLetter(db, { ...letter, aboutId: await keepMail(db, content, letter.at) })
}

/** A report to some people, each with the numbers of what they see; reckoned once for those who see the same. */
async function lettersFor(
  desk: Desk,
  saved: SavedReport,
  readers: readonly Principal[],
  key: string,
  asOf: Instant,
): Promise<ReportLetter[]> {
  const db = desk.database
  const setup = await desk.setup.now()
  const carrier = carrierOf(desk, setup, null)
  if (carrier === undefined) throw new Error('No mailbox can send mail')
  const domain = carrier.address.slice(carrier.address.indexOf('@') + 1)
  const filter = printQuery(saved.cond, setup.directory) ?? ''
  const { measure = '' } = saved.state
  const namesOwn = /\bme\b/.test(filter) || (isMeasureKey(measure) && isOnesOwn(measure))
  const letters: ReportLetter[] = []
  for (const alike of Map.groupBy(readers, (reader) => sightOf(reader, namesOwn)).values()) {
    const [first] = alike
    if (first === undefined) continue
    const telling = await tellingFor(desk, db, saved, askerOf(first), asOf)
    for (const { agentId, name, email } of alike) {
      if (isOurs(email, setup)) continue
      const [person] = await peopleById(db, [agentId])
      const { subject, ...content } = telling({
        name: saved.name,
        filter,
        url: linkTo(desk, saved, filter),
        attach: saved.schedule?.attach ?? true,
        language: person?.language ?? setup.desk.language,
      })
      const letter = {
        key: `${key}:${agentId}`,
        kind: 'report',
        toAgent: true,
        mailboxId: carrier.id,
        to: { name, email },
        rfcMessageId: mintMessageId(domain, randomBytes(20)),
        subject,
        bodyText: '',
        updateId: (await desk.ids.next()) as UpdateId,
        at: desk.clock.now(),
      } as const
      letters.push({ content, letter })
    }
  }
  return letters
}

/** What some readers are told who see the same: how the board stands now, or what its measures were in the window of `asOf`. */
async function tellingFor(desk: Desk, db: Db, saved: SavedReport, asker: Asker, asOf: Instant) {
  const { board } = saved
  const found = await boardNow(desk, db, saved, asker)
  if (found !== null) return (about: About) => boardMail({ ...about, found })
  const figures = await figuresFor(desk, db, saved, asker, asOf)
  return (about: About) => reportMail({ ...about, board, figures })
}

type About = Omit<BoardToTell, 'found'>

/** Who sees everything sees the same, unless what is asked is theirs alone. */
function sightOf(reader: Principal, namesOwn: boolean): string {
  const { people } = askerOf(reader)
  if (reader.sees === 'all' && people === 'everybody' && !namesOwn) return 'all'
  return String(reader.agentId)
}

/** Where the report is, as it is set. */
function linkTo({ baseUrl }: Desk, { id, board, state }: SavedReport, filter: string): string {
  const { hours, compare, ...rest } = state
  const said = {
    ...rest,
    hours: hours === 'wall' ? hours : undefined,
    versus: compare,
    only: filter === '' ? undefined : filter,
    saved: String(id),
  }
  const given = Object.entries(said).filter((each): each is [string, string] => each[1] !== undefined)
  return `${baseUrl}/reports/${board}?${new URLSearchParams(given)}`
}
