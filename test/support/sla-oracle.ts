// A second opinion on clocks: written from the spec alone, it walks through every minute of a ticket's life and of the wall clock.
// It shares nothing with src/sla or src/hours but the shape of a log. Everything happens on whole minutes.
import type { LogEvent } from '#sla/timeline.ts'

export const MINUTE = 60_000
const DAY_MINUTES = 1_440

export type OracleCalendar = {
  readonly timeZone: string
  /** By weekday from Sunday: local minutes [from, to). */
  readonly weekly: readonly (readonly (readonly [number, number])[])[]
  readonly holidays: readonly string[]
}
export type OracleTarget = { readonly minutes: number; readonly calendar: string }
export type OraclePolicy = {
  /** By `metric priority`. */
  readonly targets: Readonly<Record<string, OracleTarget>>
  readonly options: Readonly<Record<string, boolean>>
}
export type OracleWorld = {
  readonly calendars: Readonly<Record<string, OracleCalendar>>
  readonly teamCalendars: Readonly<Record<string, string>>
  readonly policies: Readonly<Record<string, OraclePolicy>>
}
export type OracleClock = {
  readonly metric: string
  readonly instance: number
  readonly state: string
  readonly elapsedSeconds: number
  readonly dueAt: number | null
  readonly breachedAt: number | null
}

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

/** Local time as if it were UTC, in minutes; offsets are asked of Intl for each quarter of an hour. */
function localMinute(zone: string, minute: number): number {
  const quarter = Math.floor(minute / 15)
  const key = `${zone} ${quarter}`
  let offset = offsets.get(key)
  if (offset === undefined) {
    let format = formats.get(zone)
    if (format === undefined) {
      const style = {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      } as const
      format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...style })
      formats.set(zone, format)
    }
    const [year = 0, month = 0, day = 0, hour = 0, min = 0] = format
      .format(quarter * 15 * MINUTE)
      .split(/\D+/)
      .map(Number)
    offset = Date.UTC(year, month - 1, day, hour, min) / MINUTE - quarter * 15
    offsets.set(key, offset)
  }
  return minute + offset
}

/** For every minute of a window whether the calendar is open: intervals begin at the first instant not before, end after the last instant before. */
function openMinutes(calendar: OracleCalendar, from: number, to: number): Uint8Array {
  const open = new Uint8Array(to - from)
  const firstDay = Math.floor(from / DAY_MINUTES) - 2
  const lastDay = Math.floor(to / DAY_MINUTES) + 2
  for (let day = firstDay; day <= lastDay; day++) {
    const date = new Date(day * DAY_MINUTES * MINUTE)
    const text = date.toISOString().slice(0, 10)
    if (calendar.holidays.includes(text) || calendar.holidays.includes(text.slice(5))) continue
    for (const [a, b] of calendar.weekly[date.getUTCDay()] ?? []) {
      const [opens, closes] = [day * DAY_MINUTES + a, day * DAY_MINUTES + b]
      let start = -1
      let end = -1
      for (let minute = opens - 1_000; minute < opens + 1_000; minute++)
        if (localMinute(calendar.timeZone, minute) >= opens) {
          start = minute
          break
        }
      for (let minute = closes + 1_000; minute > closes - 1_000; minute--)
        if (localMinute(calendar.timeZone, minute) < closes) {
          end = minute + 1
          break
        }
      for (let minute = Math.max(start, from); minute < Math.min(end, to); minute++) open[minute - from] = 1
    }
  }
  return open
}

type Run = {
  readonly metric: string
  readonly instance: number
  mode: 'counted' | 'paused' | 'cancelled' | 'ended'
  why: string
  isFinal: boolean
  team: string | null
  endedAt: number | null
  /** The update that stopped it. */
  endedIn: number
  endedFrom: string
  restartedAt: number
  /** Minutes that count, each with the update that was in force, and the update that brought it if it came later. */
  readonly minutes: { readonly minute: number; readonly update: number; readonly addedIn: number | null }[]
  /** Minutes as resolved since the last stop. */
  gap: { readonly minute: number; readonly update: number }[]
  /** Whether it was ended after each update. */
  readonly endedAfter: boolean[]
  bornAt: number
  /** The update that began it. */
  readonly bornIn: number
}

type World = {
  status: string
  priority: string
  team: string | null
  policy: string | null
  flags: Set<string>
}

const ACTIVE = ['new', 'open', 'pending', 'on_hold']

/** The clocks as of `now`, an instant on a whole minute. */
export function oracleClocks(log: readonly LogEvent[], world: OracleWorld, now: number): OracleClock[] {
  const updates = updatesOf(log.filter(({ at }) => at <= now))
  const first = updates[0]
  if (first === undefined) return []
  const runs: Run[] = []
  const states: World[] = []
  let held = false
  const nowMinute = now / MINUTE
  updates.forEach((events, index) => {
    const at = (events[0]?.at ?? 0) / MINUTE
    const before = states[index - 1] ?? {
      status: 'new',
      priority: 'normal',
      team: null,
      policy: null,
      flags: new Set(),
    }
    const state = events.reduce(stepWorld, before)
    states.push(state)
    const laterPolicy = updates
      .slice(index)
      .flat()
      .find(({ kind, payload }) => kind === 'sla_applied' && payload['policyId'] !== null)?.payload[
      'policyId'
    ]
    const options = world.policies[state.policy ?? String(laterPolicy)]?.options ?? {}
    held = stepRuns(runs, events, state, { at, index, held, options, before })
    const until = index + 1 < updates.length ? (updates[index + 1]?.[0]?.at ?? 0) / MINUTE : nowMinute
    for (const run of runs) {
      run.endedAfter[index] = run.mode === 'ended'
      for (let minute = at; minute < until; minute++) {
        if (run.mode === 'counted') run.minutes.push({ minute, update: index, addedIn: null })
        else if (run.mode === 'ended') run.gap.push({ minute, update: index })
      }
    }
  })
  return runs.flatMap((run) => measure(run, states, updates, world, nowMinute) ?? [])
}

/** Updates that were not undone, later judgements applied. */
function updatesOf(log: readonly LogEvent[]): LogEvent[][] {
  const void_ = new Set<number>()
  for (let index = log.length - 1; index >= 0; index--) {
    const event = log[index]
    if (event === undefined || void_.has(event.seq) || event.kind !== 'undone') continue
    for (const seq of event.payload['seqs'] as number[]) void_.add(seq)
  }
  const updates: LogEvent[][] = []
  for (const event of log) {
    if (void_.has(event.seq) || event.kind === 'undone') continue
    const last = updates.at(-1)
    if (last?.[0]?.updateId === event.updateId) last.push(event)
    else updates.push([event])
  }
  return updates
}

function stepWorld(world: World, { kind, payload }: LogEvent): World {
  const next = { ...world, flags: new Set(world.flags) }
  if (kind === 'ticket_opened') {
    next.status = String(payload['status'] ?? 'new')
    next.priority = String(payload['priority'] ?? 'normal')
    next.team = payload['teamId'] === undefined ? null : String(payload['teamId'])
  } else if (kind === 'status_changed') next.status = String(payload['to'])
  else if (kind === 'priority_changed') next.priority = String(payload['to'])
  else if (kind === 'team_changed') next.team = payload['to'] === null ? null : String(payload['to'])
  else if (kind === 'sla_applied')
    next.policy = payload['policyId'] === null ? null : String(payload['policyId'])
  else if (kind === 'spam_marked') next.flags.add('spam')
  else if (kind === 'spam_unmarked') next.flags.delete('spam')
  else if (kind === 'ticket_deleted') next.flags.add('deleted')
  else if (kind === 'ticket_restored') next.flags.delete('deleted')
  return next
}

type Step = {
  readonly at: number
  readonly index: number
  readonly held: boolean
  readonly options: Readonly<Record<string, boolean>>
  readonly before: World
}

/** Stop, then cancel, then pause, then start. Returns whether the assistant's answer stands. */
function stepRuns(runs: Run[], events: readonly LogEvent[], state: World, step: Step): boolean {
  const { at, index, options } = step
  let [answered, asked, held] = [false, false, step.held]
  for (const { kind, payload, actor } of events) {
    const isReply = kind === 'message_added' && payload['messageKind'] === 'reply'
    const out = isReply && payload['direction'] === 'outbound'
    const isHuman =
      out && (actor === 'agent' || (actor === 'assistant' && options['assistantReplyFulfils'] === true))
    const isNote =
      kind === 'message_added' && payload['messageKind'] === 'note' && options['noteFulfils'] === true
    if (isHuman || (isNote && actor === 'agent')) [answered, asked, held] = [true, false, false]
    else if (isReply && payload['direction'] === 'inbound' && payload['thanks'] !== true)
      [asked, held] = [true, false]
    else if (kind === 'assistant_escalated') held = false
    else if (out && actor === 'assistant') held = true
  }
  const opened = events.find(({ kind }) => kind === 'ticket_opened')
  const flag = [...state.flags][0]
  const active = ACTIVE.includes(state.status) && flag === undefined
  const resolved = state.status === 'resolved' && flag === undefined
  const last = (metric: string) => runs.findLast((run) => run.metric === metric)
  const live = (metric: string) =>
    runs.findLast((run) => run.metric === metric && run.mode !== 'ended' && !run.isFinal)
  const start = (metric: string): Run => {
    const run: Run = {
      metric,
      instance: runs.filter((each) => each.metric === metric).length + 1,
      mode: 'counted',
      why: 'running',
      isFinal: false,
      team: state.team,
      endedAt: null,
      endedIn: 0,
      endedFrom: '',
      restartedAt: 0,
      minutes: [],
      gap: [],
      endedAfter: [],
      bornAt: at,
      bornIn: index,
    }
    runs.push(run)
    return run
  }
  const stop = (run: Run) => {
    run.endedAt = at
    run.endedIn = index
    run.endedFrom = run.mode
    run.mode = 'ended'
    run.gap = []
  }
  const settle = (run: Run, why: string, pausedIn: readonly string[], isHeld = false) => {
    if (!active) [run.mode, run.why] = ['cancelled', flag ?? why]
    else if (isHeld) [run.mode, run.why] = ['paused', 'assistant_replied']
    else if (pausedIn.includes(state.status)) [run.mode, run.why] = ['paused', state.status]
    else [run.mode, run.why] = ['counted', 'running']
  }
  const bring = (run: Run, since: number) => {
    for (let minute = since; minute < run.bornAt; minute++)
      run.minutes.push({ minute, update: -1, addedIn: index })
    run.bornAt = Math.min(run.bornAt, since)
  }
  const policyChanged = step.before.policy !== null && step.before.policy !== state.policy
  if (
    policyChanged &&
    events.some(({ kind, payload }) => kind === 'sla_applied' && payload['onChange'] === 'restart')
  )
    for (const run of runs) if (run.mode !== 'ended' && !run.isFinal) run.restartedAt = index

  const mergedIn = events.filter(({ kind }) => kind === 'ticket_merged_in')
  if (
    opened !== undefined &&
    active &&
    opened.payload['messageKind'] !== 'note' &&
    opened.payload['direction'] === 'inbound'
  )
    start('first_reply')
  if (
    opened !== undefined &&
    active &&
    opened.payload['messageKind'] === 'note' &&
    options['agentCreatedCounts'] === true
  )
    start('first_reply')
  const firstReply = last('first_reply')
  if (firstReply !== undefined && firstReply.mode !== 'ended') {
    if (answered) stop(firstReply)
    else {
      settle(firstReply, 'without_reply', [], held)
      if (options['mergeInheritsEarliest'] !== false)
        for (const { payload } of mergedIn)
          bring(firstReply, Date.parse(String(payload['sourceOpenedAt'])) / MINUTE)
    }
  }

  let next = live('next_reply')
  if (next !== undefined && answered) {
    stop(next)
    next = undefined
  }
  if (next !== undefined) {
    settle(next, state.status, [], held)
    if (!active && flag === undefined) next.isFinal = true
  }
  const waiting = mergedIn.flatMap(({ payload }) =>
    payload['sourceUnansweredSince'] === undefined
      ? []
      : [Date.parse(String(payload['sourceUnansweredSince'])) / MINUTE],
  )
  const firstLive = firstReply !== undefined && firstReply.mode !== 'ended'
  if (active && !firstLive) {
    if ((next === undefined || next.isFinal) && (asked || (waiting.length > 0 && !answered)))
      next = start('next_reply')
    if (next !== undefined && !next.isFinal) for (const since of waiting) bring(next, since)
  }

  for (const [metric, pausedIn] of [
    ['periodic_update', []],
    ['pausable_update', ['pending']],
  ] as const) {
    const run = live(metric)
    if (run !== undefined) {
      if (answered || resolved) stop(run)
      else settle(run, state.status, pausedIn)
    }
    if (answered && active) settle(start(metric), state.status, pausedIn)
  }

  const waits = options['onHoldPausesRequesterWait'] === true ? ['pending', 'on_hold'] : ['pending']
  for (const [metric, pausedIn] of [
    ['requester_wait', waits],
    ['agent_work', ['pending', 'on_hold']],
    ['total_resolution', []],
    ['first_resolution', []],
  ] as const) {
    if (opened !== undefined && active) start(metric)
    const run = last(metric)
    if (run === undefined) continue
    if (run.mode === 'ended') {
      if (metric === 'first_resolution' || !active) continue
      if (metric === 'total_resolution' && options['totalCountsResolvedGap'] === true)
        for (const { minute, update } of run.gap) run.minutes.push({ minute, update, addedIn: index })
      run.endedAt = null
      run.gap = []
    }
    if (resolved) stop(run)
    else settle(run, state.status, pausedIn)
  }

  const own = live('ownership')
  const ownPaused = options['ownershipPausesInPending'] === false ? [] : ['pending']
  if (own !== undefined) {
    if (own.team !== state.team || resolved) stop(own)
    else {
      settle(own, state.status, ownPaused)
      if (!active && flag === undefined) own.isFinal = true
    }
  }
  if (state.team !== null && active && live('ownership') === undefined)
    settle(start('ownership'), '', ownPaused)
  return held
}

const opens = new WeakMap<OracleCalendar, Map<number, Uint8Array>>()
const BLOCK = 20_160

function isOpen(world: OracleWorld, id: string, minute: number): boolean {
  if (id === 'always') return true
  const calendar = world.calendars[id]
  if (calendar === undefined) return false
  let blocks = opens.get(calendar)
  if (blocks === undefined) opens.set(calendar, (blocks = new Map()))
  const block = Math.floor(minute / BLOCK)
  let open = blocks.get(block)
  if (open === undefined)
    blocks.set(block, (open = openMinutes(calendar, block * BLOCK, (block + 1) * BLOCK)))
  return open[minute - block * BLOCK] === 1
}

function measure(
  run: Run,
  states: readonly World[],
  updates: readonly (readonly LogEvent[])[],
  world: OracleWorld,
  now: number,
): OracleClock | null {
  const targetAt = (index: number): OracleTarget | null => {
    const state = states[index]
    return world.policies[state?.policy ?? '']?.targets[`${run.metric} ${state?.priority}`] ?? null
  }
  const last = states.length - 1
  const isEnded = run.mode === 'ended'
  const firstTarget = states.findIndex((_, index) => targetAt(index) !== null)
  const calendarAt = (index: number): string | null => {
    const at = index === -1 ? run.bornIn : index
    const target = targetAt(at) ?? (at < firstTarget ? targetAt(firstTarget) : null)
    if (target === null) return null
    const team = states[at]?.team ?? ''
    return target.calendar === 'inherit' ? (world.teamCalendars[team] ?? 'always') : target.calendar
  }
  const counted = run.minutes.filter(({ minute, update }) => {
    const own = update === -1 ? run.bornIn : update
    if (own < run.restartedAt) return false
    const calendar = calendarAt(own)
    return calendar !== null && isOpen(world, calendar, minute)
  })
  const endIndex = isEnded ? run.endedIn - 1 : last
  let target: OracleTarget | null = null
  for (let index = endIndex; index >= run.bornIn && target === null; index--)
    if (run.endedAfter[index] === false) target = targetAt(index)
  if (target === null) return null
  const isPromised = targetAt(endIndex) !== null
  const goal = target.minutes
  const elapsed = counted.length
  const state = !isPromised
    ? 'cancelled'
    : isEnded
      ? elapsed > goal
        ? 'missed'
        : 'met'
      : run.mode === 'counted'
        ? 'running'
        : run.mode
  const flagged = run.mode === 'cancelled' && ['spam', 'deleted', 'merged'].includes(run.why)
  return {
    metric: run.metric,
    instance: run.instance,
    state,
    elapsedSeconds: elapsed * 60,
    dueAt: state === 'cancelled' ? null : dueOf(),
    breachedAt: flagged ? null : breachOf(),
  }

  function dueOf(): number | null {
    const inOrder = counted.toSorted((a, b) => a.minute - b.minute)
    const reached = inOrder[goal - 1]
    if (reached !== undefined) return (reached.minute + 1) * MINUTE
    const isGoingOn = state === 'running' || (isEnded && run.endedFrom === 'counted')
    const calendar = calendarAt(Math.max(0, isEnded ? endIndex : last))
    if (!isGoingOn || calendar === null) return null
    let left = goal - elapsed
    for (let minute = isEnded ? (run.endedAt ?? now) : now; minute < now + 200 * DAY_MINUTES; minute++)
      if (isOpen(world, calendar, minute) && --left === 0) return (minute + 1) * MINUTE
    return null
  }

  /** Update by update and minute by minute while it is not ended: over the target in force, and since when. */
  function breachOf(): number | null {
    const counts = new Set<number>()
    const added = new Map<number, number>()
    for (const { minute, addedIn } of counted) {
      if (addedIn === null) counts.add(minute)
      else added.set(addedIn, (added.get(addedIn) ?? 0) + 1)
    }
    const starts = updates.map((events) => (events[0]?.at ?? 0) / MINUTE)
    let [sum, over] = [0, null as number | null]
    for (const [index, at] of starts.entries()) {
      sum += added.get(index) ?? 0
      if (index < run.bornIn || run.endedAfter[index] !== false) continue
      const due = targetAt(index)
      if (due !== null) over = sum <= due.minutes ? null : (over ?? at)
      for (let minute = at; minute < (starts[index + 1] ?? now); minute++) {
        if (!counts.has(minute)) continue
        if (due !== null && sum === due.minutes) over ??= minute
        sum++
      }
    }
    return over === null ? null : over * MINUTE
  }
}
