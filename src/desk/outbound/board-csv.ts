// A board of now as a file for programs: one number a line, in the keys and units of the reports whatever language its reader has. Pure.
import type { BoardNow } from '#desk/reports/board-now.ts'
import { csvLine } from '#kit/csv.ts'
import { never } from '#kit/never.ts'
import type { Interval } from '#kit/statistics.ts'

/** One number: of which table, of what in it, and how it was before, with the change and its bounds where they are known. */
type Line = {
  readonly table: string
  /** The number or word of what it is of, and its name; none where it is of the whole. */
  readonly key?: string | number | null
  readonly name?: string | null
  readonly measure: string
  readonly unit: 'count' | 'share' | 'seconds' | 'points'
  readonly value: number | null
  readonly n?: number
  readonly before?: number | null
  readonly change?: Interval | null
}

const HEAD = [
  'table',
  'key',
  'name',
  'measure',
  'unit',
  'n',
  'value',
  'before',
  'change',
  'low',
  'high',
  'at',
  'zone',
]

/** The file; durations are seconds, shares of one. */
export function boardCsv(found: BoardNow): string {
  const lines = linesOf(found).map(({ table, key, name, measure, unit, n, value, before, change }) =>
    csvLine([
      table,
      key,
      name,
      measure,
      unit,
      n,
      value,
      before,
      change?.value,
      change?.low,
      change?.high,
      found.at,
      found.zone,
    ]),
  )
  return [csvLine(HEAD), ...lines].join('')
}

function linesOf(found: BoardNow): Line[] {
  switch (found.board) {
    case 'now':
      return nowLines(found)
    case 'automation':
      return automationLines(found)
    case 'stalls':
      return stallLines(found)
    case 'taxonomy':
      return taxonomyLines(found)
    default:
      return never(found)
  }
}

type Of<Board extends BoardNow['board']> = Extract<BoardNow, { board: Board }>

function nowLines({ told, at }: Of<'now'>): Line[] {
  const { oldest, agents, waiting } = told
  const waits = oldest === null ? null : Math.round((Date.parse(at) - Date.parse(oldest.since)) / 1_000)
  const counts = [
    'unassigned',
    'overdue',
    'dueSoon',
    'heldMails',
    'failingMailboxes',
    'openCircuits',
  ] as const
  return [
    ...counts.map((measure): Line => ({ table: 'now', measure, unit: 'count', value: told[measure] })),
    { table: 'now', key: oldest?.ticketId ?? null, measure: 'oldest', unit: 'seconds', value: waits },
    ...agents.flatMap(({ presence: key, agents: people, tickets }): Line[] => [
      { table: 'agents', key, measure: 'agents', unit: 'count', value: people },
      { table: 'agents', key, measure: 'tickets', unit: 'count', value: tickets },
    ]),
    ...waiting.map(({ queueId, queue, band, count }): Line => {
      return { table: 'waiting', key: queueId, name: queue, measure: band, unit: 'count', value: count }
    }),
  ]
}

function automationLines({ told }: Of<'automation'>): Line[] {
  return told.flatMap(({ rule, fired, regret, savedSeconds, before, verdicts }): Line[] => {
    const own = { table: 'rules', key: rule.id, name: rule.title }
    const [now, past] = [fired[90], before.fired]
    const idle = ({ fired: times, noOp }: typeof now) => (times === 0 ? null : noOp / times)
    return [
      {
        ...own,
        measure: 'fired',
        unit: 'count',
        value: now.fired,
        before: past.fired,
        change: before.change.fired,
      },
      {
        ...own,
        measure: 'noOp',
        unit: 'share',
        n: now.fired,
        value: idle(now),
        before: idle(past),
        change: before.change.noOp,
      },
      {
        ...own,
        measure: 'regret',
        unit: 'share',
        n: regret.set,
        value: regret.set === 0 ? null : regret.share,
        change: before.change.regret,
      },
      { ...own, measure: 'saved', unit: 'seconds', n: now.fired, value: savedSeconds },
      ...verdicts.map((verdict): Line => {
        return { ...own, table: 'verdicts', measure: verdict, unit: 'count', value: 1 }
      }),
    ]
  })
}

function stallLines({ told: { forecast, stuck, more, inStatus } }: Of<'stalls'>): Line[] {
  const { backlog, soonest, latest } = forecast
  const inSeconds = (days: number | null) => (days === null ? null : Math.round(days * 86_400))
  const causes = [...Map.groupBy(stuck, ({ cause }) => cause)]
  return [
    { table: 'stalls', measure: 'backlog', unit: 'count', value: backlog },
    { table: 'stalls', measure: 'soonest', unit: 'seconds', value: inSeconds(soonest) },
    { table: 'stalls', measure: 'latest', unit: 'seconds', value: inSeconds(latest) },
    { table: 'stalls', measure: more ? 'stuckAtLeast' : 'stuck', unit: 'count', value: stuck.length },
    ...causes.map(([key, own]): Line => {
      return { table: 'causes', key, measure: 'stuck', unit: 'count', value: own.length }
    }),
    ...inStatus.map(({ status, n, median, before }): Line => {
      const past = { before: before.median, change: before.change }
      return { table: 'inStatus', key: status, measure: 'median', unit: 'seconds', n, value: median, ...past }
    }),
  ]
}

function taxonomyLines({ told }: Of<'taxonomy'>): Line[] {
  const { n, unset, churn, hygiene, score, penalties, before } = told
  const share = (measure: keyof typeof before.shares, of: number, value: number): Line => {
    const { share: was, change } = before.shares[measure]
    return {
      table: 'taxonomy',
      measure,
      unit: 'share',
      n: of,
      value: of === 0 ? null : value,
      before: was,
      change,
    }
  }
  return [
    { table: 'taxonomy', measure: 'tickets', unit: 'count', value: n, before: before.n },
    { table: 'taxonomy', measure: 'score', unit: 'points', value: score },
    {
      table: 'taxonomy',
      measure: 'effective',
      unit: 'count',
      value: hygiene.effective,
      before: before.effective,
    },
    share('unset', n, unset / n),
    share('churn', n, churn / n),
    share('other', n - unset, hygiene.other),
    ...penalties.map(({ fault, points }): Line => {
      return { table: 'penalties', measure: fault, unit: 'points', value: points }
    }),
  ]
}
