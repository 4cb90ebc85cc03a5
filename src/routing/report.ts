// How evenly and how fairly work went out: by hour at work, by how it came to people, and how long customers waited.
import { hourOfWeek } from '#hours/zone.ts'
import { bootstrap, quantile, type Interval } from '#kit/statistics.ts'
import { gini } from '#routing/fairness.ts'
import type { Presence } from '#routing/model.ts'

export type Given = {
  readonly agentId: number
  readonly at: number
  readonly kind: 'assigned' | 'offered' | 'taken' | 'given'
  readonly units: number
  readonly waitedSeconds: number
  readonly overCapacity: boolean
  readonly passedOver: boolean
  readonly lane: number
  readonly priority: string
  readonly queueId: number
  readonly channel: string
  /** Of the requirement that was insisted on most; null when nothing was asked. */
  readonly tier: number | null
  /** What the requester speaks, as far as is known. */
  readonly language: string | null
  /** Steps of relaxation taken before. */
  readonly steps: number
}

export type PresenceChange = { readonly agentId: number; readonly at: number; readonly presence: Presence }

export type Dimension = 'priority' | 'queue' | 'lane' | 'channel' | 'tier' | 'language'

export type SharedWork = {
  readonly decisions: number
  readonly agents: readonly {
    readonly agentId: number
    readonly units: number
    readonly onlineHours: number
    readonly perHour: number | null
  }[]
  readonly perHour: { readonly median: number; readonly least: number; readonly most: number }
  readonly gini: Interval
  readonly shares: Readonly<Record<Given['kind'], number>>
  /** Among those who have a skill; only where there are enough of them. */
  readonly skills: readonly {
    readonly skillId: number
    readonly agents: number
    readonly median: number
    readonly least: number
    readonly most: number
    readonly gini: Interval
  }[]
  readonly cherryPickShare: number
  readonly overCapacity: number
  readonly relaxedShare: number
  readonly nightShare: number
  readonly waits: readonly {
    readonly by: 'all' | Dimension
    readonly key: string
    readonly count: number
    readonly p50: number
    readonly p90: number
    readonly p99: number
  }[]
}

/** The report over a stretch of time; `offered` decisions are those that were accepted. Night and weekend are by `zone`. */
export function sharedWork(
  given: readonly Given[],
  presences: readonly PresenceChange[],
  { from, to, zone }: { from: number; to: number; zone: string },
  holders: ReadonlyMap<number, readonly number[]> = new Map(),
): SharedWork {
  const online = onlineHours(presences, from, to)
  const ids = [...new Set([...given.map(({ agentId }) => agentId), ...online.keys()])].toSorted(
    (a, b) => a - b,
  )
  const agents = ids.map((agentId) => {
    const units = given.filter((each) => each.agentId === agentId).reduce((sum, each) => sum + each.units, 0)
    const hours = online.get(agentId) ?? 0
    return { agentId, units, onlineHours: hours, perHour: hours < 0.25 ? null : units / hours }
  })
  const rates = agents.flatMap(({ perHour }) => perHour ?? [])
  const share = (holds: (one: Given) => boolean, of: readonly Given[] = given) =>
    of.length === 0 ? 0 : of.filter(holds).length / of.length
  const byHand = given.filter(({ kind }) => kind === 'taken')
  return {
    decisions: given.length,
    agents,
    perHour: spreadOf(rates),
    gini: bootstrap(rates, gini),
    skills: [...holders].flatMap(([skillId, able]) => {
      const own = agents
        .filter(({ agentId }) => able.includes(agentId))
        .flatMap(({ perHour }) => perHour ?? [])
      if (own.length < FEWEST) return []
      return [{ skillId, agents: own.length, ...spreadOf(own), gini: bootstrap(own, gini) }]
    }),
    shares: {
      assigned: share(({ kind }) => kind === 'assigned'),
      offered: share(({ kind }) => kind === 'offered'),
      taken: share(({ kind }) => kind === 'taken'),
      given: share(({ kind }) => kind === 'given'),
    },
    cherryPickShare: share(({ passedOver }) => passedOver, byHand),
    overCapacity: given.filter(({ overCapacity }) => overCapacity).length,
    relaxedShare: share(({ steps }) => steps > 0),
    nightShare: share(({ at }) => isNight(zone, at)),
    waits: [
      waitsOf('all', '', given),
      ...groups('priority', given, ({ priority }) => priority),
      ...groups('queue', given, ({ queueId }) => String(queueId)),
      ...groups('lane', given, ({ lane }) => String(lane)),
      ...groups('channel', given, ({ channel }) => channel),
      ...groups('tier', given, ({ tier }) => (tier === null ? 'none' : String(tier))),
      ...groups('language', given, ({ language }) => language ?? 'unknown'),
    ],
  }
}

function isNight(zone: string, at: number): boolean {
  const hour = hourOfWeek(zone, at)
  return hour >= 5 * 24 || hour % 24 < 7 || hour % 24 > 18
}

/** With fewer, a number is one person's. */
const FEWEST = 3

function spreadOf(rates: readonly number[]) {
  return {
    median: quantile(rates, 0.5),
    least: rates.length === 0 ? 0 : Math.min(...rates),
    most: rates.length === 0 ? 0 : Math.max(...rates),
  }
}

function groups(by: Dimension, given: readonly Given[], keyOf: (one: Given) => string) {
  return [...Map.groupBy(given, keyOf)]
    .map(([key, some]) => waitsOf(by, key, some))
    .toSorted((a, b) => (by === 'tier' ? (a.key < b.key ? -1 : 1) : b.count - a.count))
}

function waitsOf(by: SharedWork['waits'][number]['by'], key: string, some: readonly Given[]) {
  const waits = some.map(({ waitedSeconds }) => waitedSeconds)
  const at = (share: number) => quantile(waits, share)
  return { by, key, count: some.length, p50: at(0.5), p90: at(0.9), p99: at(0.99) }
}

/** Hours at work by agent. */
export function onlineHours(
  changes: readonly PresenceChange[],
  from: number,
  to: number,
): Map<number, number> {
  const hours = new Map<number, number>()
  for (const shift of shiftsOf(changes, from, to))
    hours.set(shift.agentId, (hours.get(shift.agentId) ?? 0) + (shift.to - shift.from) / 3_600_000)
  return hours
}

/** Times at work: between a change to online and the next change. The last state before the stretch counts into it. */
export function shiftsOf(
  changes: readonly PresenceChange[],
  from: number,
  to: number,
): { readonly agentId: number; readonly from: number; readonly to: number }[] {
  return [...Map.groupBy(changes, (each) => each.agentId)].flatMap(([agentId, own]) => {
    const sorted = own.toSorted((a, b) => a.at - b.at)
    return sorted.flatMap(({ at, presence }, index) => {
      const shift = { agentId, from: Math.max(from, at), to: Math.min(to, sorted[index + 1]?.at ?? to) }
      return presence === 'online' && shift.from < shift.to ? [shift] : []
    })
  })
}
