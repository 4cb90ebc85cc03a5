// One run: looks at a ticket outside of any lock, then locks it, looks whether anything came in between, and carries out what was
// decided, in one transaction with the note that it did.
import { isDeepStrictEqual } from 'node:util'
import type { AssistantConfig } from '#assistant/config.ts'
import { decideCase, readCase, type Case, type Considered, type ReadyToAsk } from '#assistant/consider.ts'
import { liveBeside } from '#assistant/ladder-store.ts'
import type { LookedUp } from '#assistant/look-up.ts'
import { considerProcedure, considerRecorded } from '#assistant/procedure-case.ts'
import { addRun, dropDue } from '#assistant/run-store.ts'
import type { Guessed } from '#assistant/triage.ts'
import { alikeTo } from '#desk/assistant/alike.ts'
import { carryOut } from '#desk/assistant/carry-out.ts'
import type { Knowledge } from '#desk/assistant/knowledge.ts'
import { inModelWords } from '#desk/assistant/draft.ts'
import type { Models } from '#desk/assistant/models.ts'
import { lookUpFor, type AskOutside } from '#desk/assistant/look-ups.ts'
import { takeBack } from '#desk/assistant/recall.ts'
import { gather, type Gathered } from '#desk/assistant/standing.ts'
import type { Desk } from '#desk/desk.ts'
import { localDate } from '#hours/zone.ts'
import type { CategoryId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { findTicket, lockTickets } from '#tickets/ticket-store.ts'

/** Of one run; a procedure has fewer steps that could ask. */
const MOST_LOOK_UPS = 20

/** Looks at one ticket. False when something newer came in between, or another version went live: it is looked at again. */
export async function runOn(
  desk: Desk,
  { knowledge, models }: { readonly knowledge: Knowledge; readonly models: Models },
  ticketId: TicketId,
): Promise<boolean> {
  const beganAt = performance.now()
  const { assistant } = await desk.setup.now()
  const row = await findTicket(desk.database, ticketId)
  const gathered = row === null ? null : await gather(desk, desk.database, row)
  if (row === null || gathered === null || assistant.config === null) {
    await dropDue(desk.database, ticketId)
    return true
  }
  const { config } = assistant
  const { brandId, isProven } = gathered.standing
  const ask: AskOutside = (wish) => lookUpFor(desk, { brandId, isProven }, wish)
  const plain = await considerUnder(desk, desk.database, knowledge, config, gathered, ask)
  const alike = await alikeTo(desk, knowledge, config, { ticket: row.ticket, gathered })
  const considered = await inModelWords(desk, models, plain, {
    config,
    incoming: gathered.incoming,
    place: placeOf(gathered.standing, plain.guesses),
  })
  const ms = Math.round(performance.now() - beganAt)
  return desk.database.transaction(async (tx) => {
    const now = (await lockTickets(tx, [ticketId])).get(ticketId)?.ticket
    if (now?.newestPublic?.seq !== gathered.seq) return false
    // What was considered under another version is not carried out: it may have been let go further than it may now.
    if ((await liveBeside(tx)) !== assistant.version) return false
    // People go on meanwhile, and may have asked it; a model thinks for seconds, and what another system says may be of what is no more.
    const hasWaited = considered !== plain || (considered.procedure?.outside ?? []).length > 0
    const hasMoved = now.seq !== row.ticket.seq
    if ((hasWaited || hasMoved) && !(await isAsItWas(desk, gathered, ticketId))) return false
    // It has begun to leave: what the customer wrote is looked at once it has.
    if (gathered.unsent !== null && !(await takeBack(desk, tx, { ...gathered.unsent, ticketId })))
      return false
    await dropDue(tx, ticketId)
    // Where it is off it has not looked: asked later, it still can.
    if (considered.reason === 'off' && considered.decision === 'skip' && alike === null) return true
    const { version: configVersion } = assistant
    const { seq, standing } = gathered
    const categoryId = standing.categoryId as CategoryId | null
    const askedSeq = standing.askedSeq ?? 0
    const of = { ticketId, seq, askedSeq, configVersion, categoryId, at: desk.clock.now(), ms, alike }
    const runId = await addRun(tx, considered, of)
    if (runId === null) return true
    const ticket = gathered.unsent === null ? now : ((await findTicket(tx, ticketId))?.ticket ?? now)
    await carryOut(desk, tx, { runId, configVersion, ticket, considered, gathered })
    tell(tx, { changed: 'runs', id: ticketId })
    return true
  })
}

/** Whether a ticket, whose lock is held, still stands as it was looked at, and says the same. */
async function isAsItWas(desk: Desk, before: Gathered, ticketId: TicketId): Promise<boolean> {
  const row = await findTicket(desk.database, ticketId)
  const now = row === null ? null : await gather(desk, desk.database, row)
  if (now === null) return false
  const kept = ({ incoming, standing, seq }: Gathered) => {
    const { answersToday: _, mailsToAddress: _mails, isHumanTyping: _typing, ...rest } = standing
    return { incoming, rest, seq }
  }
  return isDeepStrictEqual(kept(now), kept(before))
}

/** The steps of a run under any configuration, of a ticket that may never have been; no model is asked. */
export async function considerUnder(
  desk: Desk,
  db: Db,
  knowledge: Knowledge,
  config: AssistantConfig | null,
  { standing, incoming }: Pick<Gathered, 'standing' | 'incoming'>,
  ask: AskOutside | null = null,
): Promise<Considered> {
  const guesses = await knowledge.guess(`${incoming.subject}\n${incoming.text}`)
  const placed = placeOf(standing, guesses)
  const each = { standing: placed, incoming, config, guesses }
  const read = readCase(each)
  if ('decision' in read || config === null) return read as Considered
  const today = await todayAt(desk, desk.clock.now())
  const gone = await goneThrough({ ...each, config }, read, today, ask)
  if (gone !== null) return gone
  const found = await knowledge.find(db, {
    language: read.normal.language,
    question: read.normal.question,
    brandId: standing.brandId,
    at: desk.clock.now(),
  })
  const known = { history: 0.5, baseUrl: desk.baseUrl }
  return decideCase({ ...each, config }, read, found, known)
}

/** A procedure with all that it asks of other systems, one after another; at the end of its patience it is told nothing more. */
async function goneThrough(
  each: Case & { readonly config: AssistantConfig },
  read: ReadyToAsk,
  today: string,
  ask: AskOutside | null,
): Promise<Considered | null> {
  const recorded: LookedUp[] = [...each.standing.outside.recorded]
  for (let count = 0; ask !== null && count < MOST_LOOK_UPS; count++) {
    const standing = { ...each.standing, outside: { recorded, asks: true } }
    const gone = considerProcedure({ ...each, standing }, read, today)
    if (gone === null || !('wants' in gone)) return gone
    recorded.push(await ask(gone.wants))
  }
  const standing = { ...each.standing, outside: { recorded, asks: false } }
  return considerRecorded({ ...each, standing }, read, today)
}

/** Where a ticket stands, in the category that it would be set to where nobody has said another. */
function placeOf(standing: Gathered['standing'], guesses: readonly Guessed[]): Gathered['standing'] {
  return { ...standing, categoryId: standing.categoryId ?? sureCategory(guesses) }
}

/** The day at a moment, as the desk counts days. */
export async function todayAt(desk: Desk, at: Instant): Promise<string> {
  return localDate((await desk.setup.now()).desk.timeZone, Date.parse(at))
}

/** The category that it would set: modes and thresholds follow it while nobody has said another. */
export function sureCategory(guesses: readonly Guessed[]): CategoryId | null {
  const sure = guesses.find(({ field, isSure, isKnown }) => field === 'category' && isSure && isKnown)
  return sure === undefined ? null : (Number(sure.label) as CategoryId)
}
