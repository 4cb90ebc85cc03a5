// Each metric as a run of stretches over the updates: counted, paused, cancelled or ended. Targets and calendars come later.
import { METRICS, type CustomSignal, type Metric, type Options } from '#sla/policy.ts'
import type { Signals } from '#sla/signals.ts'
import type { Standing } from '#sla/timeline.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'

export type Mode = 'counted' | 'paused' | 'cancelled' | 'ended'
export type Phase = { readonly mode: Mode; readonly reason: string; readonly final?: boolean }

/** A stretch of one run between two updates; `update` is the index of the one that begins it. */
export type Stretch = Phase & {
  readonly from: number
  readonly to: number
  readonly update: number
  /** When it came to count, if later than it passed: at a reopen or a merge. */
  readonly addedAt?: number
}

export type Run = {
  readonly metric: Metric
  readonly instance: number
  phase: Phase
  stretches: Stretch[]
  /** Index of the update from which elapsed time counts anew. */
  restartedAt: number
  /** When and in which mode it ended, while it is. */
  ended: { readonly at: number; readonly from: Mode } | null
}

export type Step = {
  readonly at: number
  /** The index of the update. */
  readonly update: number
  readonly after: Standing
  readonly signals: Signals
  readonly options: Options
  readonly customs: readonly CustomSignal[]
}

type Runs = Map<Metric, Run[]>

const COUNTED: Phase = { mode: 'counted', reason: 'running' }
const ENDED: Phase = { mode: 'ended', reason: 'ended' }
const ACTIVE: ReadonlySet<string> = new Set(activeStatuses)

export function emptyRuns(): Runs {
  return new Map(METRICS.map((metric) => [metric, []]))
}

/** What an update does to the runs of each metric; in the metrics' order, since a next reply looks at the first. */
const advanceOne: Readonly<Record<(typeof METRICS)[number], (own: Run[], step: Step, runs: Runs) => void>> = {
  first_reply: firstReply,
  next_reply: (own, step, runs) => {
    const first = runs.get('first_reply')?.[0]
    nextReply(own, step, first !== undefined && first.phase.mode !== 'ended')
  },
  periodic_update: (own, step) => update('periodic_update', own, step, null),
  pausable_update: (own, step) => update('pausable_update', own, step, 'pending'),
  requester_wait: (own, step) => {
    const waits = step.options.onHoldPausesRequesterWait === true ? ['pending', 'on_hold'] : ['pending']
    resolution('requester_wait', own, step, waits)
  },
  agent_work: (own, step) => resolution('agent_work', own, step, ['pending', 'on_hold']),
  total_resolution: (own, step) => resolution('total_resolution', own, step, []),
  first_resolution: (own, step) => resolution('first_resolution', own, step, []),
  ownership,
}

/** Takes one update into the runs of some metrics. Order within it: stop, cancel, pause, start. */
export function advance(runs: Runs, step: Step, promised: ReadonlySet<Metric>): void {
  for (const metric of METRICS)
    if (promised.has(metric) || metric === 'first_reply')
      advanceOne[metric](runs.get(metric) ?? [], step, runs)
  for (const signal of step.customs) {
    const metric = `custom:${signal.key}` as const
    const own = runs.get(metric) ?? []
    runs.set(metric, own)
    custom(metric, own, step, signal)
  }
}

function firstReply(runs: Run[], step: Step): void {
  const { signals, options } = step
  if (signals.opened !== null) {
    const counts =
      signals.opened === 'inbound' || (signals.opened === 'silent' && options.agentCreatedCounts === true)
    if (counts && isActive(step)) start('first_reply', runs)
  }
  const [run] = runs
  if (run === undefined || run.phase.mode === 'ended') return
  if (signals.answered) return end(run, step)
  const resolved = run.phase.reason === 'resolved_without_reply' || step.after.status === 'resolved'
  run.phase = cancelled(step, resolved ? 'resolved_without_reply' : 'closed') ?? holding(step)
  for (const { openedAt } of signals.mergedIn)
    if (openedAt !== null && options.mergeInheritsEarliest !== false) inherit(run, openedAt, step)
}

function nextReply(runs: Run[], step: Step, firstIsLive: boolean): void {
  const { signals } = step
  let run = runs.findLast(isLive)
  if (run !== undefined && signals.answered) {
    end(run, step)
    run = undefined
  }
  if (run !== undefined) {
    const gone = cancelled(step, step.after.status)
    run.phase = gone === null ? holding(step) : { ...gone, final: step.after.flags.size === 0 }
  }
  const waiting = signals.mergedIn.flatMap(({ unansweredSince }) => unansweredSince ?? [])
  if (!isActive(step) || firstIsLive) return
  if (run === undefined && (signals.asked || (waiting.length > 0 && !signals.answered)))
    run = start('next_reply', runs)
  if (run !== undefined) for (const since of waiting) inherit(run, since, step)
}

/** A promise to be heard of again: every answer ends one and starts the next. */
function update(metric: Metric, runs: Run[], step: Step, pausedIn: string | null): void {
  const run = runs.findLast(isLive)
  if (run !== undefined) {
    if (step.signals.answered || isResolved(step)) end(run, step)
    else run.phase = cancelled(step, step.after.status) ?? pausing(step, pausedIn === null ? [] : [pausedIn])
  }
  if (step.signals.answered && isActive(step))
    start(metric, runs).phase = pausing(step, pausedIn === null ? [] : [pausedIn])
}

function resolution(metric: Metric, runs: Run[], step: Step, pausedIn: readonly string[]): void {
  if (step.signals.opened !== null && isActive(step)) start(metric, runs)
  const [run] = runs
  if (run === undefined) return
  if (run.phase.mode === 'ended') {
    if (metric === 'first_resolution' || !isActive(step)) return
    resume(run, step, metric === 'total_resolution' && step.options.totalCountsResolvedGap === true)
  }
  if (isResolved(step)) return end(run, step)
  run.phase = cancelled(step, step.after.status) ?? pausing(step, pausedIn)
}

const holders = new WeakMap<Run, string>()

function ownership(runs: Run[], step: Step): void {
  const { teamId, status } = step.after
  const pausedIn = step.options.ownershipPausesInPending === false ? [] : ['pending']
  const run = runs.findLast(isLive)
  if (run !== undefined) {
    const gone = cancelled(step, status)
    if (holders.get(run) !== teamId || isResolved(step)) end(run, step)
    else run.phase = gone === null ? pausing(step, pausedIn) : { ...gone, final: step.after.flags.size === 0 }
  }
  if (teamId === null || !isActive(step) || runs.some(isLive)) return
  const fresh = start('ownership', runs)
  holders.set(fresh, teamId)
  fresh.phase = pausing(step, pausedIn)
}

function custom(metric: Metric, runs: Run[], step: Step, signal: CustomSignal): void {
  const run = runs.findLast(isLive)
  if (run !== undefined) {
    if (signal.stops) end(run, step)
    else run.phase = cancelled(step, step.after.status) ?? pausingBy(signal)
  }
  if (!signal.starts || signal.stops || !isActive(step) || runs.some(isLive)) return
  const last = runs.at(-1)
  if (last !== undefined && signal.cycle === 'once') return
  if (last !== undefined && signal.cycle === 'resume') resume(last, step, false)
  const begun = last !== undefined && signal.cycle === 'resume' ? last : start(metric, runs)
  begun.phase = pausingBy(signal)
}

function pausingBy({ pauses }: CustomSignal): Phase {
  return pauses ? { mode: 'paused', reason: 'custom' } : COUNTED
}

function start(metric: Metric, runs: Run[]): Run {
  const run: Run = {
    metric,
    instance: runs.length + 1,
    phase: COUNTED,
    stretches: [],
    restartedAt: 0,
    ended: null,
  }
  runs.push(run)
  return run
}

function end(run: Run, { at }: Step): void {
  run.ended = { at, from: run.phase.mode }
  run.phase = ENDED
}

/** After a reopen; what passed in between counts from now on, or never. */
function resume(run: Run, { at }: Step, gapCounts: boolean): void {
  const since = run.ended?.at ?? at
  run.ended = null
  run.stretches = run.stretches.map((each) =>
    gapCounts && each.mode === 'ended' && each.from >= since
      ? { ...each, mode: 'counted', reason: 'resolved_gap', addedAt: at }
      : each,
  )
}

/** Time before the run's own beginning that a merge brings along; it counts from the merge. */
function inherit(run: Run, since: number, { at, update: present }: Step): void {
  const begins = run.stretches[0]?.from ?? at
  if (since >= begins) return
  const brought: Stretch = {
    mode: 'counted',
    reason: 'merged_in',
    from: since,
    to: begins,
    update: run.stretches[0]?.update ?? present,
    addedAt: at,
  }
  run.stretches = [brought, ...run.stretches]
}

/** Live clocks go on; a cancelled one is live while its cause may end. */
export function isLive({ phase }: Run): boolean {
  return phase.mode !== 'ended' && phase.final !== true
}

function cancelled({ after }: Step, why: string): Phase | null {
  const [flag] = after.flags
  if (flag !== undefined) return { mode: 'cancelled', reason: flag }
  return ACTIVE.has(after.status) ? null : { mode: 'cancelled', reason: why }
}

function holding({ signals }: Step): Phase {
  return signals.held ? { mode: 'paused', reason: 'assistant_replied' } : COUNTED
}

function pausing({ after }: Step, pausedIn: readonly string[]): Phase {
  return pausedIn.includes(after.status) ? { mode: 'paused', reason: after.status } : COUNTED
}

function isActive({ after }: Step): boolean {
  return ACTIVE.has(after.status) && after.flags.size === 0
}

function isResolved({ after }: Step): boolean {
  return after.status === 'resolved' && after.flags.size === 0
}
