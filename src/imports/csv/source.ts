// A CSV of tickets as a source: a row is a ticket. Its place is a count of rows, so that a run that was cut off goes on where it was.
import { fieldOf, readerOf, type Reader } from '#imports/csv/read-row.ts'
import type { CsvMap } from '#imports/csv/map.ts'
import { formOf, headingsOf, rowsOf, type Row } from '#imports/csv/table.ts'
import type { Open } from '#imports/files.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Batch, Ending, Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { teller } from '#imports/teller.ts'
import { versionOf } from '#imports/version.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const AT_ONCE = 100

/** A CSV under the name that its tickets are known by. */
export function csvSource(desk: Desk, open: Open, name: string, map: CsvMap): Source<Item, ReadyItem> {
  return {
    name: csvName(name),
    kind: 'csv',
    batches: (from) => batchesOf(desk, open, map, from),
    ...teller(desk, csvName(name), null),
  }
}

/** What a CSV is called among the sources. */
export function csvName(name: string): string {
  return `csv:${name}`
}

/** How many rows were read before a batch, and how many of its items are told. */
type Place = { readonly rows: number; readonly done: number }

async function* batchesOf(
  desk: Desk,
  open: Open,
  map: CsvMap,
  from: unknown,
): AsyncGenerator<Batch<Item>, Ending> {
  const place = (from as Place | null) ?? { rows: 0, done: 0 }
  const { fields } = await desk.setup.now()
  const makes = { items: itemsOf(map, fields), rows: 0 }
  let rows: Row[] = []
  const made = (): Batch<Item>[] => {
    const [start, some] = [makes.rows, makes.items(rows)]
    makes.rows += rows.length
    rows = []
    const done = start === place.rows ? place.done : 0
    if (start < place.rows || some.length <= done) return []
    return [
      {
        items: some.slice(done),
        positionAfter: (count): Place =>
          done + count >= some.length ? { rows: makes.rows, done: 0 } : { rows: start, done: done + count },
      },
    ]
  }
  try {
    for await (const row of rowsOf(open, await formOf(open))) if (rows.push(row) === AT_ONCE) yield* made()
    yield* made()
    return { complete: true, problems: [] }
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'CSV') throw error
    yield* made()
    return {
      complete: false,
      problems: [{ kind: 'file', id: 'file', outcome: 'failed', reason: error.message }],
    }
  }
}

/** Items of some rows: whom and what they name once in the file, then their tickets. The first row has the headings. */
function itemsOf(map: CsvMap, fields: Parameters<typeof fieldOf>[1]): (rows: readonly Row[]) => Item[] {
  const seen = new Set<string>()
  const isNew = (name: string) => !seen.has(name) && seen.add(name).has(name)
  let read: Reader | null = null
  return (rows) => {
    const [before, tickets]: [Item[], Item[]] = [[], []]
    for (const row of rows) {
      if (read === null) {
        const headings = headingsOf(row)
        read = readerOf(headings, map)
        const named = headings.filter((each) => map.columns[each] === 'field')
        before.push(...named.map((each) => fieldOf(each, fields)))
        continue
      }
      const told = read(row)
      const place = `line ${row.line}`
      const id = told.id ?? nameless(seen, row)
      if (!isNew(`ticket ${id}`))
        tickets.push({ kind: 'tickets', id, place, skipped: 'its id stands on an earlier line too' })
      else if ('problem' in told) tickets.push({ kind: 'tickets', id, place, skipped: told.problem })
      else {
        const { users, groups, story, version } = told
        before.push(...[...users, ...groups].filter((each) => isNew(`${each.kind} ${each.id}`)))
        tickets.push({ kind: 'tickets', id, place, version, life: async () => ({ ...story, label: id }) })
      }
    }
    return [...before, ...tickets]
  }
}

/** A row that the file gives no name is known by what it says, and by how often that stood before it. */
function nameless(seen: ReadonlySet<string>, { cells }: Row): string {
  const name = `row ${versionOf(cells)}`
  for (let again = 1; ; again++) {
    const id = again === 1 ? name : `${name} ${again}`
    if (!seen.has(`ticket ${id}`)) return id
  }
}
