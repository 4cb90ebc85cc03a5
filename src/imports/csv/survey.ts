// What stands in a CSV, before anything is written: its headings, what its columns seem to be, and which values they have how often.
import { suggestColumns, suggestPriority, suggestStatus, type CsvMap } from '#imports/csv/map.ts'
import { momentIn } from '#imports/csv/moment.ts'
import { plainOf } from '#imports/csv/read-row.ts'
import { formOf, headingsOf, rowsOf, type Form } from '#imports/csv/table.ts'
import type { Open } from '#imports/files.ts'
import { dateOrders, type CsvTarget, type DateOrder } from '#imports/csv/targets.ts'
import { Fault } from '#kit/fault.ts'
import type { Priority, Status } from '#tickets/vocabulary.ts'

export type Value = {
  readonly value: string
  readonly count: number
  readonly status: Status | null
  readonly priority: Priority | null
  readonly assignee: string | null
}
export type Column = {
  readonly heading: string
  readonly target: CsvTarget | null
  readonly filled: number
  readonly samples: readonly string[]
  /** Its values, the most frequent first; empty where there are too many to map each. */
  readonly values: readonly Value[]
  /** How many of its cells are no moment, by the order of the date. */
  readonly unreadable: Readonly<Record<DateOrder, number>>
}
export type Survey = Form & {
  readonly rows: number
  readonly columns: readonly Column[]
  readonly order: DateOrder
}

export const MOST_VALUES = 200
const SAMPLES = 3
const SAMPLE_CHARACTERS = 120
const VALUE_CHARACTERS = 200

type Agents = readonly { readonly name: string; readonly email: string }[]

/** Reads the whole file once; a Fault when it has no headings or cannot be read to its end. */
export async function surveyCsv(open: Open, agents: Agents): Promise<Survey> {
  const form = await formOf(open)
  let [headings, tallies, rows]: [string[] | null, Tally[], number] = [null, [], 0]
  for await (const row of rowsOf(open, form)) {
    if (headings === null) {
      headings = headingsOf(row)
      tallies = headings.map(() => emptyTally())
      continue
    }
    rows++
    for (const [index, tally] of tallies.entries()) addTo(tally, row.cells[index]?.trim() ?? '')
  }
  if (headings === null || headings.length < 2)
    throw new Fault('The file has no row of headings with two columns or more', {
      retryable: false,
      code: 'CSV',
    })
  const targets = suggestColumns(headings)
  const byName = new Map(agents.map(({ name, email }) => [plainOf(name), email]))
  const columns = headings.map((heading, index) =>
    columnOf(heading, targets[heading] ?? null, tallies[index] ?? emptyTally(), byName),
  )
  return { ...form, rows, columns, order: orderOf(columns) }
}

type Tally = {
  filled: number
  readonly samples: string[]
  values: Map<string, { value: string; count: number }> | null
  readonly unreadable: Record<DateOrder, number>
}

function emptyTally(): Tally {
  return { filled: 0, samples: [], values: new Map(), unreadable: { ymd: 0, dmy: 0, mdy: 0 } }
}

function addTo(tally: Tally, cell: string): void {
  if (cell === '') return
  tally.filled++
  if (tally.samples.length < SAMPLES && !tally.samples.includes(cell.slice(0, SAMPLE_CHARACTERS)))
    tally.samples.push(cell.slice(0, SAMPLE_CHARACTERS))
  for (const order of dateOrders) if (momentIn(cell, order, 'UTC') === null) tally.unreadable[order]++
  if (tally.values === null) return
  const known = tally.values.get(plainOf(cell))
  if (known !== undefined) known.count++
  else tally.values.set(plainOf(cell), { value: cell, count: 1 })
  if (tally.values.size > MOST_VALUES || cell.length > VALUE_CHARACTERS) tally.values = null
}

function columnOf(
  heading: string,
  target: CsvTarget | null,
  { filled, samples, values, unreadable }: Tally,
  byName: ReadonlyMap<string, string>,
): Column {
  const all = [...(values?.values() ?? [])].toSorted((a, b) => b.count - a.count)
  return {
    heading,
    target,
    filled,
    samples,
    unreadable,
    values: all.map(({ value, count }) => ({
      value,
      count,
      status: suggestStatus(value),
      priority: suggestPriority(value),
      assignee: byName.get(plainOf(value)) ?? null,
    })),
  }
}

/** The order of dates that leaves the fewest unread. */
function orderOf(columns: readonly Column[]): DateOrder {
  const dates = columns.filter(({ target }) => target !== null && target.endsWith('At'))
  const missed = (order: DateOrder) => dates.reduce((sum, { unreadable }) => sum + unreadable[order], 0)
  return dateOrders.reduce((best, order) => (missed(order) < missed(best) ? order : best))
}

/** The map that a survey suggests, as it can be kept and changed; moments without an offset are of this zone. */
export function suggestedMap({ columns, order }: Survey, zone: string): CsvMap {
  const valuesOf = (target: CsvTarget) => columns.find((each) => each.target === target)?.values ?? []
  const meanings = <Kind extends 'status' | 'priority' | 'assignee'>(kind: Kind) =>
    Object.fromEntries(
      valuesOf(kind).flatMap((each) => (each[kind] === null ? [] : [[each.value, each[kind]] as const])),
    )
  return {
    columns: Object.fromEntries(columns.map(({ heading, target }) => [heading, target])),
    status: meanings('status') as CsvMap['status'],
    priority: meanings('priority') as CsvMap['priority'],
    assignee: meanings('assignee') as CsvMap['assignee'],
    dates: { order, zone },
  }
}

/** Values of statuses and priorities that a map leaves without a meaning, with how many rows have them. */
export function unmapped(
  { columns }: Survey,
  map: CsvMap,
): { kind: 'status' | 'priority'; value: string; count: number }[] {
  return (['status', 'priority'] as const).flatMap((kind) => {
    const known = new Set(Object.keys(map[kind]).map(plainOf))
    const column = columns.find(({ heading }) => map.columns[heading] === kind)
    return (column?.values ?? []).flatMap(({ value, count }) =>
      known.has(plainOf(value)) ? [] : [{ kind, value, count }],
    )
  })
}
