// What a mail of a report says, in its reader's language: the numbers as a table in text and HTML, and all of them as a file. Pure.
import type { Figures, Numbers } from '#desk/reports/saved.ts'
import type { Told } from '#desk/reports/report.ts'
import { defined } from '#kit/defined.ts'
import { csvLine } from '#kit/csv.ts'
import { isSure } from '#reporting/difference.ts'
import { written, type Table } from '#desk/outbound/report-table.ts'
import { FEWEST_OF_ONE, type Board, type Days } from '#reporting/boards.ts'
import { englishNames, germanNames } from '#reporting/names.ts'
import type { ReportRow } from '#reporting/report.ts'
import type { ReportMail } from '#reporting/saved-store.ts'
import { durationsIn } from '#reporting/spoken.ts'

type Words = {
  readonly locale: string
  readonly names: Readonly<Record<keyof typeof englishNames, string>>
  readonly head: {
    readonly what: string
    readonly value: string
    readonly before: string
    readonly change: string
  }
  readonly window: (days: Days, zone: string) => string
  readonly only: (filter: string) => string
  readonly interval: (low: string, high: string) => string
  readonly tails: (p90: string, p95: string) => string
  readonly few: string
  /** Of a hundred. */
  readonly points: (points: string) => string
  readonly chance: string
  readonly none: string
  readonly more: (count: number) => string
  readonly incomplete: string
  readonly sight: string
  readonly open: string
  readonly why: string
}

const english: Words = {
  locale: 'en-GB',
  names: englishNames,
  head: { what: 'Measure', value: 'Value', before: 'Before', change: 'Change' },
  window: ({ from, to }, zone) => `${from} to ${to}, days of ${zone}`,
  only: (filter) => `Only tickets that match: ${filter}`,
  interval: (low, high) => `95 %: ${low} to ${high}`,
  tails: (p90, p95) => `90 % within ${p90}, 95 % within ${p95}`,
  few: 'too few',
  points: (points) => `${points} points`,
  chance: 'perhaps chance',
  none: 'None',
  more: (count) => `and ${count} more`,
  incomplete: 'Older tickets are still being read: the numbers are not whole yet.',
  sight: 'Made of the tickets that you see.',
  open: 'Open the report',
  why: 'You get this mail because the report is mailed to you. Open it to stop that, under “Mail”. When nobody has opened it for three months, its mails pause.',
}

const german: Words = {
  locale: 'de',
  names: germanNames,
  head: { what: 'Messgröße', value: 'Wert', before: 'Zuvor', change: 'Veränderung' },
  window: ({ from, to }, zone) => `${from} bis ${to}, Tage von ${zone}`,
  only: (filter) => `Nur Tickets, auf die dies zutrifft: ${filter}`,
  interval: (low, high) => `95 %: ${low} bis ${high}`,
  tails: (p90, p95) => `90 % binnen ${p90}, 95 % binnen ${p95}`,
  few: 'zu wenige',
  points: (points) => `${points} Punkte`,
  chance: 'vielleicht Zufall',
  none: 'Ohne',
  more: (count) => `und ${count} weitere`,
  incomplete: 'Ältere Tickets werden noch gelesen: Die Zahlen sind noch nicht vollständig.',
  sight: 'Aus den Tickets, die Sie sehen.',
  open: 'Bericht öffnen',
  why: 'Sie erhalten diese Mail, weil Ihnen der Bericht geschickt wird. Öffnen Sie ihn, um das unter „Mail“ zu beenden. Hat ihn drei Monate lang niemand geöffnet, pausieren seine Mails.',
}

export type ToTell = {
  readonly name: string
  readonly board: Board
  /** The search text; empty for all tickets. */
  readonly filter: string
  readonly figures: Figures
  readonly url: string
  readonly attach: boolean
  readonly language: string
}

/** How many groups a table shows: the rest are in the file. */
const MOST_GROUPS = 12

/** The mail, with its subject. */
export function reportMail(tell: ToTell): ReportMail & { readonly subject: string } {
  const { name, board, filter, figures, url, attach } = tell
  const words = /^de\b/i.test(tell.language) ? german : english
  const about = [
    words.window(figures.days, figures.zone),
    ...(filter === '' ? [] : [words.only(filter)]),
    words.sight,
    ...(figures.numbers.some(({ over }) => !over.complete) ? [words.incomplete] : []),
  ]
  const numbers = board === 'people' ? figures.numbers.map(discreetly) : figures.numbers
  const most = board === 'people' ? Infinity : MOST_GROUPS
  const tables = [headlines(numbers, words), ...groupTables(numbers, words, most)]
  return written({
    name,
    board: words.names[`board.${board}`],
    when: `${figures.days.from} – ${figures.days.to}`,
    about,
    tables,
    link: { url, open: words.open, why: words.why },
    csv: attach ? csvOf(numbers) : null,
  })
}

function headlines(numbers: readonly Numbers[], words: Words): Table {
  const { what, value, before, change } = words.head
  const rows = numbers.map(({ over }) => [
    words.names[`measure.${over.key}`],
    wholeOf(over, words),
    over.before === null ? '–' : valueIn(over, over.before.value, words),
    changeIn(over, words),
  ])
  return { head: [what, value, before, change], rows, foot: '' }
}

function wholeOf(report: Told, words: Words): string {
  const { unit, n, value, low, high, p90, p95 } = report
  const told = (each: number | null) => valueIn(report, each, words)
  const notes =
    unit === 'count'
      ? []
      : [
          ...(value === null && n > 0 ? [words.few] : []),
          ...(low === null || high === null ? [] : [words.interval(told(low), told(high))]),
          ...(p90 === null ? [] : [words.tails(told(p90), told(p95))]),
          `n ${n}`,
        ]
  return [told(value), ...(notes.length === 0 ? [] : [`(${notes.join('; ')})`])].join(' ')
}

function valueIn(
  { unit, hours }: Pick<Told, 'unit' | 'hours'>,
  value: number | null,
  { locale }: Words,
): string {
  if (value === null) return '–'
  if (unit === 'seconds') return durationsIn(locale)(value, hours)
  const style = unit === 'share' ? ({ style: 'percent', maximumFractionDigits: 1 } as const) : {}
  return new Intl.NumberFormat(locale, style).format(value)
}

const POINTS = { maximumFractionDigits: 1 } as const

function changeIn(report: Told, words: Words): string {
  const change = report.before?.change ?? null
  if (change === null) return '–'
  const sign = change.value > 0 ? '+' : ''
  const told = `${sign}${
    report.unit === 'share'
      ? words.points(new Intl.NumberFormat(words.locale, POINTS).format(change.value * 100))
      : valueIn(report, change.value, words)
  }`
  return isSure(change) ? told : `${told} (${words.chance})`
}

/** Of people as on screen: in the order of their names, everybody, and nothing but how often of what there is too little of. */
function discreetly({ over, grouped }: Numbers): Numbers {
  const isTold = ({ n }: ReportRow) => grouped.unit === 'count' || n >= FEWEST_OF_ONE
  const rows = grouped.rows
    .map((row): ReportRow => (isTold(row) ? row : { ...startOf(row), n: row.n, value: null }))
    .toSorted((a, b) => (a.group ?? '').localeCompare(b.group ?? ''))
  return { over, grouped: { ...grouped, rows } }
}

const startOf = ({ at, group, groupKey }: ReportRow) => defined({ at, group, groupKey })

/** A table for each field that measures are told by: its groups, those with the most first, beside the measures. */
function groupTables(numbers: readonly Numbers[], words: Words, most: number): Table[] {
  return [...Map.groupBy(numbers, ({ grouped }) => grouped.by)].flatMap(([by, own]) => {
    const groups = new Map(
      own.flatMap(({ grouped }) =>
        grouped.rows.map((row) => [row.groupKey ?? null, row.group ?? words.none]),
      ),
    )
    if (groups.size === 0) return []
    const rows = [...groups].slice(0, most).map(([key, name]) => [
      name,
      ...own.map(({ grouped }) => {
        const row = grouped.rows.find(({ groupKey = null }) => groupKey === key)
        return row === undefined ? '–' : cellOf(grouped, row, words)
      }),
    ])
    const rest = groups.size - rows.length
    return [
      {
        head: [
          words.names[`reportField.${by ?? 'team'}`],
          ...own.map(({ grouped }) => words.names[`measure.${grouped.key}`]),
        ],
        rows,
        foot: rest > 0 ? words.more(rest) : '',
      },
    ]
  })
}

function cellOf(report: Told, row: ReportRow, words: Words): string {
  if (report.unit === 'count') return valueIn(report, row.value, words)
  if (row.value === null && row.n > 0) return `${words.few} (n ${row.n})`
  return row.n === 0 ? '–' : `${valueIn(report, row.value, words)} (n ${row.n})`
}

const COLUMNS = ['at', 'group', 'n', 'value', 'low', 'high', 'p90', 'p95', 'mean', 'immature'] as const

function csvOf(numbers: readonly Numbers[]): string {
  const lines = numbers
    .flatMap(({ over, grouped }) => [over, grouped])
    .flatMap(({ key, by, zone, from, to, rows }) =>
      rows.map((row) => csvLine([key, by, ...COLUMNS.map((column) => row[column]), from, to, zone])),
    )
  return [csvLine(['key', 'by', ...COLUMNS, 'from', 'to', 'zone']), ...lines].join('')
}
