// What a desk is set up with, from our lines: what is here under the same name stays as it is, the rest is written.
import { putRefs, refsOf, type Import, type NewRef } from '#imports/import-store.ts'
import { outcomeOf, type Result } from '#imports/counts.ts'
import {
  asColumns,
  columnsOf,
  drawIds,
  insertRows,
  knownRows,
  takenIds,
  updateRow,
  type Row,
} from '#imports/lines/in-store.ts'
import type { RowLine } from '#imports/lines/read-line.ts'
import { plural, tableOf, type Table } from '#imports/lines/tables.ts'
import { brokenOf, resultOf, type Ready, type Telling, type Whole } from '#imports/lines/telling.ts'
import { erasedAmong, WAS_ERASED } from '#desk/privacy/mark-store.ts'
import { reindexArticles } from '#knowledge/article-store.ts'
import type { Transaction } from '#store/database.ts'

/** Tells rows of one kind. */
export async function tellRows(
  tx: Transaction,
  telling: Telling,
  run: Import,
  kind: string,
  ready: readonly Ready[],
): Promise<Result[]> {
  const all = ready.filter((each): each is Whole => !('problem' in each))
  const gone = await erasedAmong(
    tx,
    telling.desk,
    { source: telling.name, kind },
    all.map(({ id }) => id),
  )
  const lines = all.filter(({ id }) => !gone.has(id))
  const broken = [
    ...ready.flatMap(brokenOf),
    ...all
      .filter(({ id }) => gone.has(id))
      .map((each) => ({ ...resultOf(each, 'skipped'), reason: WAS_ERASED })),
  ]
  const table = tableOf(lines[0]?.line.kind ?? '')
  if (table === null) return broken
  const refs = await refsOf(
    tx,
    telling.name,
    kind,
    lines.map(({ id }) => id),
  )
  const may = await columnsOf(tx, table.table)
  const rows = new Map(lines.map((each) => [each, rowFor(telling, table, each, may)]))
  const own = table.kind === 'macroFile' ? await ofOwnMacros(tx, telling.name, lines) : new Set<Whole>()
  const newer = lines.filter((each) => outcomeOf(refs.get(each.id)?.version, each.version) === 'updated')
  // A macro that was here before is the desk's own: it neither says nor sends what came since.
  if (table.kind === 'macro') for (const each of newer) if (refs.get(each.id)?.made === false) own.add(each)
  const fresh = lines.filter((each) => !refs.has(each.id) && !own.has(each))
  const changed = newer.filter((each) => !own.has(each))
  const same = lines.filter((each) => outcomeOf(refs.get(each.id)?.version, each.version) === 'unchanged')
  const results = [
    ...broken,
    ...same.map((each) => resultOf(each, 'unchanged')),
    ...[...own].map((each) => ({ ...resultOf(each, 'skipped'), reason: WAS_HERE })),
  ]
  if (table.isWhole && run.options['whole'] !== true)
    return [
      ...results,
      ...[...fresh, ...changed].map((each) => ({ ...resultOf(each, 'skipped'), reason: NOT_WHOLE })),
    ]
  const told = await write(
    tx,
    telling,
    table,
    fresh.map((each) => [each, rows.get(each) ?? {}] as const),
  )
  const updates: NewRef[] = []
  for (const each of changed) {
    const localId = refs.get(each.id)?.localId ?? 0
    if (table.id !== null) await updateRow(tx, table, localId, rows.get(each) ?? {})
    updates.push({ kind, sourceId: each.id, localId, version: each.version, made: false })
  }
  await putRefs(tx, { source: telling.name, importId: run.id }, [...told.refs, ...updates])
  if (table.kind === 'article' && told.refs.length + changed.length > 0) await reindexArticles(tx)
  return [...results, ...told.results, ...changed.map((each) => resultOf(each, 'updated'))]
}

const WAS_HERE = 'its macro was here before it came: left as it is here'

/** The lines of files that go with macros which were here before. */
async function ofOwnMacros(tx: Transaction, name: string, lines: readonly Whole[]): Promise<Set<Whole>> {
  const macroOf = ({ line }: Whole) => String((line as RowLine).row['macroId'])
  const macros = await refsOf(tx, name, plural('macro'), lines.map(macroOf))
  return new Set(lines.filter((each) => macros.get(macroOf(each))?.made !== true))
}

const NOT_WHOLE = 'only a desk on which nothing has happened takes it along'

/**
 * The row as it is to stand here. Columns that this version does not have are left out, and so are those that no export writes: whoever
 * wrote a password or a server into a file has no say in them.
 */
function rowFor(
  { others }: Telling,
  { refs, without }: Table,
  { line }: Whole,
  may: ReadonlySet<string>,
): Row {
  const columns = Object.entries(asColumns((line as RowLine).row)).filter(
    ([column]) => may.has(column) && !without.includes(column),
  )
  return Object.fromEntries(
    columns.map(([column, value]) => {
      const kind = refs[column]
      const here = kind === undefined ? undefined : others.get(plural(kind))
      const known = (each: unknown) => (typeof each === 'number' ? (here?.get(each) ?? each) : each)
      return [column, Array.isArray(value) ? value.map(known) : known(value)]
    }),
  )
}

async function write(
  tx: Transaction,
  telling: Telling,
  table: Table,
  given: readonly (readonly [Whole, Row])[],
): Promise<{ results: Result[]; refs: NewRef[] }> {
  const known = await knownRows(
    tx,
    table,
    given.map(([, row]) => row),
  )
  const { id } = table
  const missing = given.filter((_, index) => known[index] === null)
  const ids =
    id === null
      ? []
      : await idsFor(
          tx,
          table.table,
          id,
          missing.map(([, row]) => Number(row[id])),
        )
  const here = new Map(missing.map(([line], index) => [line, id === null ? 0 : (ids[index] ?? 0)]))
  await insertRows(
    tx,
    table,
    missing.map(([line, row]) => (id === null ? row : { ...row, [id]: here.get(line) })),
  )
  const refs = given.map(([line], index): NewRef => {
    const localId = here.get(line) ?? known[index] ?? 0
    if (id !== null && String(localId) !== line.id) note(telling, line, localId)
    return { kind: line.kind, sourceId: line.id, localId, version: line.version, made: here.has(line) }
  })
  return { refs, results: given.map(([line]) => resultOf(line, here.has(line) ? 'created' : 'unchanged')) }
}

/** Their own numbers where they are free, drawn ones else. */
async function idsFor(
  tx: Transaction,
  table: string,
  column: string,
  wanted: readonly number[],
): Promise<number[]> {
  const taken = await takenIds(tx, table, column, wanted)
  const drawn = await drawIds(tx, table, column, wanted.filter((each) => taken.has(each)).length)
  return wanted.map((each) => (taken.has(each) ? (drawn.pop() ?? each) : each))
}

function note({ others }: Telling, { kind, id }: Whole, localId: number): void {
  others.set(kind, (others.get(kind) ?? new Map<number, number>()).set(Number(id), localId))
}
