// Lives that earlier backtests have lived, for a backtest that is to come: read where they still hold, and kept when lived anew.
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mayTouch, textsAskedFor } from '#backtest/footprint.ts'
import { aroundOf, isFor, keptOf, verdictFrom, type Basis, type Kept, type KeptLife } from '#backtest/kept.ts'
import { keepTickets, keptOfTickets, takeBasis, type NewRow } from '#backtest/kept-store.ts'
import { organizationsFacts, overdueMoments, peopleFacts } from '#backtest/past-store.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import type { Excluded, Lived, Under, Verdict } from '#backtest/verdict.ts'
import { watchFor, type Watch } from '#backtest/watch.ts'
import type { Recorded } from '#desk/past/configurations.ts'
import type { TicketId } from '#kit/ids.ts'
import { hashOf } from '#rules/rulebook.ts'
import { textsById } from '#rules/scene-store.ts'
import type { Db } from '#store/database.ts'
import { subjectTexts } from '#tickets/ticket-store.ts'

type Asked = Omit<Under, 'recorded' | 'watch'> & { readonly recorded: Recorded }

export type KeptLives = {
  /** What is known of tickets without living them again; those that are not named must be. */
  readonly read: (ids: readonly number[]) => Promise<ReadonlyMap<number, Verdict | Excluded>>
  /** Takes in a ticket that was lived again, or was not since it is none that could be. */
  readonly note: (past: PastTicket, found: Found | Excluded) => void
  /** Writes down what was taken in since. */
  readonly write: (db: Db) => Promise<void>
}

export type Found = { readonly lived: Lived; readonly verdict: Verdict; readonly under: Under }

/** Finds what is kept for two configurations. */
export async function keptLives(db: Db, asked: Asked): Promise<KeptLives> {
  const { baseline, candidate, recorded } = asked
  const of = (...some: readonly Configuration[]) =>
    takeBasis(db, hashOf([engine(), recorded.hash, some.map(namedBy)]))
  const alone = await of(baseline)
  const bases = { baseline: alone, both: candidate === baseline ? alone : await of(baseline, candidate) }
  const watch = watchFor(baseline, candidate)
  let rows: NewRow[] = []
  return {
    read: (ids) => read(db, { ...asked, bases, watch }, ids),
    note: (past, found) => void rows.push(...rowsOf(past, found, bases)),
    write: async (to) => {
      const some = rows
      rows = []
      await keepTickets(to, some)
    },
  }
}

type Bases = Readonly<Record<Basis, number>>

/** As text at once: lives that are held on to cost more than they are worth. */
function rowsOf({ log, seq }: PastTicket, found: Found | Excluded, bases: Bases): readonly NewRow[] {
  const ticketId = log[0]?.ticketId ?? 0
  const row = (basis: Basis, kept: Kept) => ({
    basisId: bases[basis],
    ticketId,
    seq,
    kept: JSON.stringify(kept),
  })
  // A gap may lie beyond the window: the next one may not have it.
  if (found === 'history_with_gaps') return []
  if (typeof found === 'string') return [row('baseline', { excluded: found })]
  return keptOf(found.lived, found.verdict, found.under).map(([basis, kept]) => row(basis, kept))
}

/** What is known of some tickets: lived under both as they are now, or under a baseline that the candidate leaves as it is. */
async function read(
  db: Db,
  asked: Asked & { readonly bases: Bases; readonly watch: Watch | null },
  ids: readonly number[],
): Promise<ReadonlyMap<number, Verdict | Excluded>> {
  const { bases, watch } = asked
  const known = new Map<number, Verdict | Excluded>()
  if (ids.length === 0) return known
  const rows: Row[] = []
  for (const { ticketId, basisId, kept } of await keptOfTickets(db, Object.values(bases), ids))
    if ('excluded' in kept) known.set(ticketId, kept.excluded)
    else rows.push({ ...kept, ticketId, isOfBoth: basisId === bases.both })
  const { holding, around } = await stillHolding(db, asked, rows)
  const alone = holding.filter(({ isOfBoth }) => !isOfBoth)
  const same = watch === null ? [] : await untouched(db, { ...asked, watch }, alone, around)
  for (const { ticketId, verdict } of [...same, ...holding.filter(({ isOfBoth }) => isOfBoth)])
    known.set(ticketId, verdictFrom(ticketId as TicketId, verdict))
  return known
}

type Row = KeptLife & { readonly ticketId: number; readonly isOfBoth: boolean }
type Around = {
  readonly people: Awaited<ReturnType<typeof peopleFacts>>
  readonly organizations: Awaited<ReturnType<typeof organizationsFacts>>
}

/** Rows that are told the same for this window, and around which everybody is as they were. */
async function stillHolding(
  db: Db,
  { window: { from, to } }: Asked,
  rows: readonly Row[],
): Promise<{ readonly holding: readonly Row[]; readonly around: Around }> {
  const overdue = await overdueMoments(
    db,
    rows.map(({ ticketId }) => ticketId),
    to,
  )
  const timely = rows.filter(({ ticketId, holds }) => isFor(holds, { from, to: overdue.get(ticketId) ?? to }))
  const around = {
    people: await peopleFacts(db, distinct(timely, 'people')),
    organizations: await organizationsFacts(db, distinct(timely, 'organizations')),
  }
  return { around, holding: timely.filter((row) => aroundOf(row, around) === row.around) }
}

/** Rows of the baseline in which the candidate's rules had surely no part. */
async function untouched(
  db: Db,
  { watch, baseline, window }: Asked & { readonly watch: Watch },
  rows: readonly Row[],
  around: Around,
): Promise<readonly Row[]> {
  const asked = textsAskedFor(watch)
  const parts = rows.flatMap(({ footprint }) => footprint?.parts ?? [])
  const texts = asked.messages ? await textsById(db, distinct(parts, 'messages')) : []
  const place = {
    ...around,
    subjects: asked.subjects
      ? await subjectTexts(db, distinct(parts, 'subjects'))
      : new Map<number, string>(),
    messages: new Map(texts.map((each) => [each.id, each])),
    directory: baseline.directory,
    zone: baseline.zone,
    at: window.to,
  }
  return rows.filter(
    ({ ticketId, footprint }) =>
      footprint !== undefined && !mayTouch(watch, footprint, { ...place, ticketId }),
  )
}

function distinct<Name extends string>(
  of: readonly { readonly [N in Name]: readonly number[] }[],
  name: Name,
): number[] {
  return [...new Set(of.flatMap((each) => each[name]))]
}

/** What of a configuration a life depends on. Tags that somebody made change nothing: conditions name them as they are. */
function namedBy({ rulebook, sla, directory, ...rest }: Configuration): unknown {
  const { tags: _, ...named } = directory
  const used = [...sla.used].map(([owner, { id }]) => [owner, id])
  const promises = { revision: sla.revision, live: sla.live, used }
  return plain({ ...rest, named, rules: rulebook.rulebook, promises })
}

/** Maps and sets as lists: a hash knows neither. */
function plain(value: unknown): unknown {
  if (value instanceof Map)
    return [...value]
      .map(plain)
      .map((each) => JSON.stringify(each))
      .toSorted()
  if (value instanceof Set) return [...value].toSorted()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}

/** Everything that judges: another build may judge otherwise. */
const JUDGING = '{backtest,hours,kit,rules,sla,tickets}/**/*.ts'

let known: string | null = null

/** Names the build of the engine, with the time zones that it knows. */
function engine(): string {
  if (known !== null) return known
  const root = join(import.meta.dirname, '../..')
  const hash = createHash('sha256').update(`${process.version} ${process.versions.tz}`)
  for (const path of globSync(JUDGING, { cwd: root }).toSorted())
    if (!path.endsWith('.test.ts')) hash.update(readFileSync(join(root, path)))
  return (known = hash.digest('hex'))
}
