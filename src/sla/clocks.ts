// The clocks of a ticket: the runs of each metric measured by the targets and calendars in force at each moment.
// Milliseconds are compared, whole seconds are shown.
import type { Calendar } from '#hours/calendar.ts'
import { afterWorkingTime, nextOpen, workingTime } from '#hours/working-time.ts'
import type { ClockState, Metric, Target, Terms } from '#sla/policy.ts'
import { advance, emptyRuns, isLive, type Run, type Stretch } from '#sla/runs.ts'
import { signalsOf } from '#sla/signals.ts'
import { updatesOf, type LogEvent, type Standing, type Update } from '#sla/timeline.ts'

export type Span = {
  readonly from: number
  readonly to: number
  readonly calendarId: string | null
  readonly counted: boolean
  readonly seconds: number
  readonly reason: string
}

export type Clock = {
  readonly metric: Metric
  readonly instance: number
  readonly state: ClockState
  readonly reason: string
  readonly elapsedMs: number
  readonly elapsedSeconds: number
  readonly targetSeconds: number
  /** The calendar it runs by now, or ran by last. */
  readonly calendarId: string | null
  /** In ms. */
  readonly dueAt: number | null
  readonly breachedAt: number | null
  /** When what it waited for came; null while it did not. */
  readonly endedAt: number | null
  /** Asked for by people only. */
  readonly spans: () => readonly Span[]
}

/** The clocks of a log as of `now` (ms), for the metrics that the policy in force has a target for. */
export function clocksOf(log: readonly LogEvent[], terms: Terms, now: number): Clock[] {
  return clocksIn(updatesOf(log, now), terms, now)
}

/** The same of the updates of a log. */
export function clocksIn(updates: readonly Update[], terms: Terms, now: number): Clock[] {
  const promised = promisedIn(updates, terms)
  const runs = runsOf(updates, terms, now, promised)
  return [...runs].flatMap(([metric, own]) =>
    promised.has(metric) ? own.flatMap((run) => measure(run, updates, terms, now) ?? []) : [],
  )
}

/** What any policy that was in force promises: the runs of other metrics come to no clock, and are not measured. */
function promisedIn(updates: readonly Update[], { policies }: Terms): ReadonlySet<Metric> {
  const promised = new Set<Metric>()
  let last: string | null = null
  for (const { after } of updates) {
    if (after.policyId === last) continue
    last = after.policyId
    for (const { metric, seconds } of policies.get(last ?? '')?.targets ?? [])
      if (seconds !== null) promised.add(metric)
  }
  return promised
}

function runsOf(
  updates: readonly Update[],
  terms: Terms,
  now: number,
  promised: ReadonlySet<Metric>,
): ReadonlyMap<Metric, Run[]> {
  const runs = emptyRuns()
  let held = false
  updates.forEach((each, index) => {
    const { at, after } = each
    const policyId =
      after.policyId ?? updates.find((later) => later.after.policyId !== null)?.after.policyId ?? ''
    const options = terms.policies.get(policyId)?.options ?? {}
    const signals = signalsOf(each, options, held)
    held = signals.held
    if (each.restarts) for (const run of [...runs.values()].flat().filter(isLive)) run.restartedAt = index
    const customs = terms.customSignals?.(each.updateId, policyId) ?? []
    advance(runs, { at, update: index, after, signals, options, customs }, promised)
    const to = updates[index + 1]?.at ?? now
    for (const metric of promised)
      for (const run of runs.get(metric) ?? [])
        run.stretches.push({ ...run.phase, from: at, to, update: index })
  })
  return runs
}

type Measured = Stretch & {
  readonly target: Target | null
  readonly calendar: Calendar | null
  readonly ms: number
}

function measure(run: Run, updates: readonly Update[], terms: Terms, now: number): Clock | null {
  const stretches = weigh(run, updates, terms)
  const lived = stretches.filter(({ mode }) => mode !== 'ended')
  // What was promised while it lived; time that came to count later was under no promise of its own.
  const own = lived.filter(({ addedAt }) => addedAt === undefined)
  const { target, calendar } = own.findLast((each) => each.target !== null) ?? {}
  if (target === undefined || target === null || target.seconds === null) return null
  const goal = target.seconds * 1000
  const counted = inOrder(stretches.filter(({ ms }) => ms > 0))
  const elapsed = counted.reduce((sum, { ms }) => sum + ms, 0)
  // A policy that promises nothing (any more) ends the clock; it goes on when one does again.
  const isPromised = own.at(-1)?.target !== null
  const reason = isPromised ? run.phase.reason : 'no_target'
  const state = isPromised ? stateOf(run, elapsed, goal) : 'cancelled'
  const flagged = state === 'cancelled' && ['spam', 'deleted', 'merged'].includes(run.phase.reason)
  return {
    metric: run.metric,
    instance: run.instance,
    state,
    reason,
    elapsedMs: elapsed,
    elapsedSeconds: Math.floor(elapsed / 1000),
    targetSeconds: target.seconds,
    calendarId: calendar?.id ?? null,
    dueAt:
      state === 'cancelled'
        ? null
        : (reached(counted, goal) ?? expected(run, state, calendar ?? null, goal - elapsed, now)),
    breachedAt: flagged ? null : breach(stretches, updates),
    endedAt: isPromised && run.phase.mode === 'ended' ? (run.ended?.at ?? null) : null,
    spans: () => spansOf(lived),
  }
}

/** Nearly always they are; what was added later lies before. */
function inOrder(stretches: readonly Measured[]): readonly Measured[] {
  const isSorted = stretches.every(({ from }, index) => from >= (stretches[index - 1]?.from ?? from))
  return isSorted ? stretches : stretches.toSorted((a, b) => a.from - b.from)
}

/** Gives each stretch its target, calendar and working time. Before the first target its calendar measures already. */
function weigh(run: Run, updates: readonly Update[], terms: Terms): Measured[] {
  const targets = updates.map(({ after }) => targetOf(run.metric, after, terms))
  const targetAt = (update: number) => targets[update] ?? null
  const first = targets.findIndex((target) => target !== null)
  return run.stretches.map((each) => {
    const target = targetAt(each.update)
    const by = target ?? (each.update < first ? targetAt(first) : null)
    const calendar = by === null ? null : calendarOf(by, updates[each.update]?.after.teamId ?? null, terms)
    const restarted = each.update < run.restartedAt
    const counts = each.mode === 'counted' && calendar !== null && !restarted
    const ms = counts ? workingTime(calendar, each.from, each.to) : 0
    const { mode, from, to, update, addedAt } = each
    const reason = restarted ? 'restarted' : each.reason
    return {
      mode,
      reason,
      from,
      to,
      update,
      ...(addedAt === undefined ? {} : { addedAt }),
      target,
      calendar,
      ms,
    }
  })
}

function targetOf(metric: Metric, standing: Standing | undefined, { policies }: Terms): Target | null {
  const targets = policies.get(standing?.policyId ?? '')?.targets ?? []
  const found = targets.find((each) => each.metric === metric && each.priority === standing?.priority)
  return found === undefined || found.seconds === null ? null : found
}

function calendarOf(
  target: Target,
  teamId: string | null,
  { calendars, teamCalendars }: Terms,
): Calendar | null {
  const inherited = teamCalendars.get(teamId ?? '') ?? teamCalendars.get('') ?? 'always'
  const id = target.calendar === 'inherit' ? inherited : target.calendar
  return calendars.get(id) ?? null
}

function stateOf({ phase }: Run, elapsed: number, goal: number): Clock['state'] {
  if (phase.mode === 'ended') return elapsed > goal ? 'missed' : 'met'
  return phase.mode === 'counted' ? 'running' : phase.mode
}

/** The first instant at which elapsed time reached the goal, or null. */
function reached(counted: readonly Measured[], goal: number): number | null {
  let elapsed = 0
  for (const { calendar, from, ms } of counted) {
    if (elapsed + ms >= goal && calendar !== null) return afterWorkingTime(calendar, from, goal - elapsed)
    elapsed += ms
  }
  return null
}

/** When the goal would be reached from here on: from now while it runs, from the stop when it was met. */
function expected(run: Run, state: Clock['state'], calendar: Calendar | null, left: number, now: number) {
  if (calendar === null) return null
  if (state === 'running') return afterWorkingTime(calendar, now, left)
  return run.ended?.from === 'counted' ? afterWorkingTime(calendar, run.ended.at, left) : null
}

/** The last time that elapsed time came to exceed the target in force, if it still does. */
function breach(stretches: readonly Measured[], updates: readonly Update[]): number | null {
  let [elapsed, at, over] = [0, 0, null as number | null]
  const own = stretches.filter(({ addedAt }) => addedAt === undefined)
  for (const { update, mode, target, calendar, from, ms } of own) {
    if (mode === 'ended') continue
    const since = updates[update]?.at ?? from
    for (const { addedAt = Infinity, ms: more } of stretches)
      if (addedAt > at && addedAt <= since) elapsed += more
    at = Math.max(at, since)
    if (target === null || target.seconds === null) {
      elapsed += ms
      continue
    }
    const goal = target.seconds * 1000
    over = elapsed <= goal ? null : (over ?? since)
    if (over === null && elapsed + ms > goal && calendar !== null)
      over = nextOpen(calendar, afterWorkingTime(calendar, from, goal - elapsed) ?? from)
    elapsed += ms
  }
  return over
}

/** One line for each stretch that differs from the one before. The seconds add up to the elapsed time shown. */
function spansOf(stretches: readonly Measured[]): Span[] {
  const spans: Span[] = []
  let total = 0
  for (const { from, to, calendar, mode, reason, ms } of stretches.toSorted((a, b) => a.from - b.from)) {
    if (from === to) continue
    const seconds = Math.floor((total + ms) / 1000) - Math.floor(total / 1000)
    total += ms
    const calendarId = calendar?.id ?? null
    const counted = mode === 'counted' && reason !== 'restarted'
    const last = spans.at(-1)
    if (last?.to === from && last.reason === reason && last.calendarId === calendarId)
      spans[spans.length - 1] = { ...last, to, seconds: last.seconds + seconds }
    else spans.push({ from, to, calendarId, counted, seconds, reason })
  }
  return spans
}
