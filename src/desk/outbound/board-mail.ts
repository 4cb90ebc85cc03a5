// What a mail of a board of now says, in its reader's language: how things stand, and what they were before where that is told. Pure.
import { boardCsv } from '#desk/outbound/board-csv.ts'
import { boardWords, type BoardWords } from '#desk/outbound/board-words.ts'
import { written, type Table } from '#desk/outbound/report-table.ts'
import type { BoardNow } from '#desk/reports/board-now.ts'
import type { Interval } from '#kit/statistics.ts'
import type { Instant } from '#kit/time.ts'
import { isSure } from '#reporting/difference.ts'
import type { ReportMail } from '#reporting/saved-store.ts'
import { durationsIn } from '#reporting/spoken.ts'
import { never } from '#kit/never.ts'
import { waitBands } from '#reporting/vocabulary.ts'

export type BoardToTell = {
  readonly name: string
  /** The search text; empty for all tickets. */
  readonly filter: string
  readonly found: BoardNow
  readonly url: string
  readonly attach: boolean
  readonly language: string
}

type Say = ReturnType<typeof sayIn>

/** The mail, with its subject. */
export function boardMail({ name, filter, found, url, attach, language }: BoardToTell) {
  const words = boardWords(language)
  const say = sayIn(words)
  const when = say.moment(found.at, found.zone)
  const isFiltered = filter !== '' && (found.board === 'stalls' || found.board === 'taxonomy')
  const about = [
    words.asOf(when, found.zone),
    ...(isFiltered ? [words.only(filter)] : []),
    ...(found.board === 'automation' ? [] : [words.sight]),
    ...(found.board === 'now' ? [] : [words.since[found.board]]),
  ]
  const tables = tablesOf(found, say).filter(({ rows }) => rows.length > 0)
  return written({
    name,
    board: words.names[`board.${found.board}`],
    when,
    about,
    tables,
    link: { url, open: words.open, why: words.why },
    csv: attach ? boardCsv(found) : null,
  }) satisfies ReportMail
}

function tablesOf(found: BoardNow, say: Say): Table[] {
  switch (found.board) {
    case 'now':
      return nowTables(found, say)
    case 'automation':
      return automationTables(found, say)
    case 'stalls':
      return stallTables(found, say)
    case 'taxonomy':
      return taxonomyTables(found, say)
    default:
      return never(found)
  }
}

type Of<Board extends BoardNow['board']> = Extract<BoardNow, { board: Board }>

function nowTables({ told, at }: Of<'now'>, { words, number, wall }: Say): Table[] {
  const { now, head } = words
  const { oldest, agents } = told
  const working = agents.find(({ presence }) => presence === 'online')
  const counts: [string, string][] = [
    [now.unassigned, number(told.unassigned)],
    [
      now.oldest,
      oldest === null
        ? '–'
        : `${wall((Date.parse(at) - Date.parse(oldest.since)) / 1_000)} (#${oldest.ticketId})`,
    ],
    [now.overdue, number(told.overdue)],
    [now.dueSoon, number(told.dueSoon)],
    [now.working, number(working?.agents ?? 0)],
    [now.theirs, number(working?.tickets ?? 0)],
    [now.heldMails, number(told.heldMails)],
    [now.failingMailboxes, number(told.failingMailboxes)],
    [now.openCircuits, number(told.openCircuits)],
  ]
  const queues = [...Map.groupBy(told.waiting, ({ queueId }) => queueId)].map(([, own]) => [
    own[0]?.queue ?? now.noQueue,
    ...waitBands.map((band) => number(own.find((each) => each.band === band)?.count ?? 0)),
  ])
  return [
    { head: [head.what, head.value], rows: counts, foot: '' },
    {
      head: [now.queue, ...waitBands.map((band) => words.names[`waitBand.${band}`])],
      rows: queues,
      foot: '',
    },
  ]
}

function automationTables({ told }: Of<'automation'>, { words, number, share, change }: Say): Table[] {
  const { automation, head } = words
  const wrong = told
    .filter(({ verdicts }) => verdicts.length > 0)
    .map(({ rule, ownerName, verdicts }) => [
      rule.title,
      verdicts.map((verdict) => words.names[`verdict.${verdict}`]).join(', '),
      ownerName,
    ])
  const fared = told.map(({ rule, fired, regret, before }) => [
    rule.title,
    number(fired[90].fired),
    number(before.fired.fired),
    change(before.change.fired, 'count'),
    fired[90].fired === 0 ? '–' : share(fired[90].noOp / fired[90].fired),
    change(before.change.noOp, 'share'),
    regret.set === 0 ? '–' : share(regret.share),
    change(before.change.regret, 'share'),
  ])
  const { rule, wrong: what, owner, fired, noOp, regret } = automation
  return [
    { head: [rule, what, owner], rows: wrong, foot: '' },
    {
      head: [
        rule,
        fired,
        head.before,
        head.change,
        noOp,
        `${noOp}: ${head.change}`,
        regret,
        `${regret}: ${head.change}`,
      ],
      rows: fared,
      foot: '',
    },
  ]
}

function stallTables({ told }: Of<'stalls'>, { words, number, wall, days, change }: Say): Table[] {
  const { stalls, head } = words
  const { forecast, stuck, more } = told
  const { soonest, latest } = forecast
  const clears =
    soonest === null
      ? stalls.notClearing
      : latest === null
        ? stalls.perhaps(days(soonest))
        : stalls.clears(days(soonest), days(latest))
  const causes = [...Map.groupBy(stuck, ({ cause }) => cause)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([cause, own]) => [words.names[`stallCause.${cause}`], number(own.length)])
  const median = (seconds: number | null) => (seconds === null ? '–' : wall(seconds))
  return [
    {
      head: [head.what, head.value],
      rows: [
        [stalls.backlog, number(forecast.backlog)],
        [stalls.until, forecast.backlog === 0 ? '–' : clears],
        [stalls.stuck, number(stuck.length)],
      ],
      foot: more ? stalls.more : '',
    },
    { head: [stalls.cause, stalls.tickets], rows: causes, foot: '' },
    {
      head: [stalls.status, 'n', stalls.half, head.before, head.change],
      rows: told.inStatus.map((each) => [
        stalls.statuses[each.status],
        number(each.n),
        median(each.median),
        median(each.before.median),
        change(each.before.change, 'seconds'),
      ]),
      foot: '',
    },
  ]
}

function taxonomyTables({ told }: Of<'taxonomy'>, { words, number, tenths, share, change }: Say): Table[] {
  const { taxonomy, head } = words
  const { before, n } = told
  const past = (key: keyof typeof before.shares) => {
    const was = before.shares[key]
    return [was.share === null ? '–' : share(was.share), change(was.change, 'share')]
  }
  const set = n - told.unset
  return [
    {
      head: [head.what, head.value, head.before, head.change],
      rows: [
        [taxonomy.tickets, number(n), number(before.n), '–'],
        [taxonomy.score, told.score === null ? '–' : number(told.score), '–', '–'],
        [taxonomy.effective, tenths(told.hygiene.effective), tenths(before.effective), '–'],
        [words.names['taxonomyFault.unset'], n === 0 ? '–' : share(told.unset / n), ...past('unset')],
        [words.names['taxonomyFault.churn'], n === 0 ? '–' : share(told.churn / n), ...past('churn')],
        [words.names['taxonomyFault.other'], set === 0 ? '–' : share(told.hygiene.other), ...past('other')],
      ],
      foot: '',
    },
    {
      head: [taxonomy.fault, taxonomy.lost],
      rows: told.penalties
        .filter(({ points }) => points >= 0.05)
        .map(({ fault, points }) => [words.names[`taxonomyFault.${fault}`], tenths(points)]),
      foot: '',
    },
  ]
}

const UNITS = ['count', 'share', 'seconds'] as const

function sayIn(words: BoardWords) {
  const { locale } = words
  const as = (style: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, style)
    return (value: number) => format.format(value)
  }
  const [number, tenths, share] = [
    as({ maximumFractionDigits: 0 }),
    as({ maximumFractionDigits: 1 }),
    as({ style: 'percent', maximumFractionDigits: 1 }),
  ]
  const spoken = durationsIn(locale)
  const wall = (seconds: number) => spoken(seconds, 'wall')
  const by = {
    count: number,
    share: (value: number) => words.points(tenths(value * 100)),
    seconds: wall,
  } satisfies Record<(typeof UNITS)[number], (value: number) => string>
  return {
    words,
    number,
    tenths,
    share,
    wall,
    days: (count: number) => number(Math.ceil(count)),
    moment: (at: Instant, timeZone: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
        new Date(at),
      ),
    change: (changed: Interval | null, unit: (typeof UNITS)[number]) => {
      if (changed === null) return '–'
      const told = `${changed.value > 0 ? '+' : ''}${by[unit](changed.value)}`
      return isSure(changed) ? told : `${told} (${words.chance})`
    },
  }
}
