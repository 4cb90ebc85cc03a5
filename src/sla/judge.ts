// What the clocks of a ticket say at an instant: which policy it comes under, which warnings and breaches are to be written
// down, and when to look again. Pure: the same live, in a preview and over last year.
import { afterWorkingTime, nextOpen } from '#hours/working-time.ts'
import type { Priority } from '#tickets/vocabulary.ts'
import { instant, type Instant } from '#kit/time.ts'
import { keyOf, termsOf, type Belonging, type SlaBook } from '#sla/book.ts'
import { clocksIn, type Clock } from '#sla/clocks.ts'
import { customSignals } from '#sla/custom.ts'
import { POLICY_KINDS, type PolicyKind, type PolicyVersion, type Target, type Terms } from '#sla/policy.ts'
import { standingOf, updatesOf, updatesWith, type LogEvent, type Update } from '#sla/timeline.ts'
import type { NewFact, TicketEvent } from '#tickets/event.ts'

/** A clock with the agreement it belongs to. */
export type JudgedClock = Clock & {
  readonly kind: PolicyKind
  readonly policy: PolicyVersion
  readonly priority: Priority
}

export type Judged = {
  readonly clocks: readonly JudgedClock[]
  /** Warnings and breaches whose moment has come and that the log does not tell yet. */
  readonly due: readonly NewFact[]
  /** When something will be due next. */
  readonly nextAt: Instant | null
}

/** A token answers for the agent who owns it. */
const spokesman = (type: string) => (type === 'api' ? 'agent' : type)

/** The log as clocks of one kind of agreement read it. */
export function logOf(events: readonly TicketEvent[], kind: PolicyKind, book: SlaBook): LogEvent[] {
  const log: LogEvent[] = []
  for (const event of events) {
    if (event.kind !== 'sla_applied') log.push(asRead(event))
    else if (agreementOf(event, book) === kind) {
      const { policyId, policyVersion } = event.payload
      const key = policyId === undefined ? null : keyOf({ id: policyId, version: policyVersion })
      log.push({ ...asRead(event), payload: { ...event.payload, policyId: key } })
    }
  }
  return log
}

function asRead({ seq, updateId, at, actor, kind, payload }: TicketEvent): LogEvent {
  return {
    seq,
    updateId: String(updateId),
    at: Date.parse(at),
    actor: spokesman(actor.type),
    kind,
    payload,
  }
}

type Reading = {
  readonly events: readonly TicketEvent[]
  readonly book: SlaBook
  readonly latest: number
  readonly updates: readonly Update[]
}

/** The log that was read last, for each kind: mostly it is asked about again, or has grown by an update since. */
const lastRead = new Map<PolicyKind, Reading>()

/** The updates of a whole log. */
function readingOf(events: readonly TicketEvent[], kind: PolicyKind, book: SlaBook): Reading {
  const last = lastRead.get(kind)
  const known =
    last?.book === book && last.events.every((each, index) => each === events[index]) ? last : null
  if (known?.events.length === events.length) return known
  const more = logOf(known === null ? events : events.slice(known.events.length), kind, book)
  const grown = known === null ? updatesOf(more, Infinity) : updatesWith(known.updates, more)
  const reading = {
    // A log that is lived again is written on.
    events: [...events],
    book,
    latest: more.reduce((most, { at }) => Math.max(most, at), known?.latest ?? -Infinity),
    updates: grown ?? updatesOf(logOf(events, kind, book), Infinity),
  }
  lastRead.set(kind, reading)
  return reading
}

/** Most tickets come under one kind of agreement only: the log is not read for the others. */
function isUnder(events: readonly TicketEvent[], kind: PolicyKind, book: SlaBook): boolean {
  return events.some((event) => event.kind === 'sla_applied' && agreementOf(event, book) === kind)
}

function agreementOf({ payload }: TicketEvent & { kind: 'sla_applied' }, book: SlaBook): string | undefined {
  if (payload.agreement !== undefined || payload.policyId === undefined) return payload.agreement
  return book.versions.get(keyOf({ id: payload.policyId, version: payload.policyVersion }))?.kind
}

/** The `sla_applied` that a log asks for, given the policies that match the ticket now; none where nothing changed. */
export function applied(
  events: readonly TicketEvent[],
  matching: ReadonlyMap<PolicyKind, PolicyVersion>,
  book: SlaBook,
): NewFact[] {
  return POLICY_KINDS.flatMap((kind): NewFact[] => {
    if (!matching.has(kind) && !isUnder(events, kind, book)) return []
    const { updates } = readingOf(events, kind, book)
    const last = updates.findLast(({ events: own }) => own.some((event) => event.kind === 'sla_applied'))
    const now = standingOf(updates)
    const wanted = matching.get(kind)
    const wantedKey = wanted === undefined ? null : keyOf(wanted)
    const isSame = now.policyId === wantedKey && (wantedKey === null || last?.after.priority === now.priority)
    if (isSame) return []
    const change = now.policyId !== null && wanted !== undefined ? { onChange: wanted.onPolicyChange } : {}
    const policy =
      wanted === undefined ? { policyVersion: 0 } : { policyId: wanted.id, policyVersion: wanted.version }
    return [
      { kind: 'sla_applied', payload: { ...policy, ola: kind !== 'customer', agreement: kind, ...change } },
    ]
  })
}

/** Judges a ticket's log as of `now`. */
export function judge(
  events: readonly TicketEvent[],
  belonging: Belonging,
  book: SlaBook,
  now: Instant,
  cause: 'calendar_change' | null = null,
): Judged {
  const at = Date.parse(now)
  const clocks: JudgedClock[] = []
  const due: NewFact[] = []
  let next = Infinity
  for (const kind of POLICY_KINDS) {
    if (!isUnder(events, kind, book)) continue
    const plain = termsOf(book, kind, belonging)
    const signals = customSignals(events, plain.policies, book.directory)
    const terms = signals === undefined ? plain : { ...plain, customSignals: signals }
    const { latest, updates: all } = readingOf(events, kind, book)
    const updates = latest <= at ? all : updatesOf(logOf(events, kind, book), at)
    const standing = standingOf(updates)
    const policy = book.versions.get(standing.policyId ?? '')
    if (policy === undefined) continue
    const priority = standing.priority as Priority
    const told = toldBy(updates, policy.kind)
    for (const clock of clocksIn(updates, terms, at)) {
      const judged = { ...clock, kind, policy, priority }
      clocks.push(judged)
      const seen = { clock: judged, target: targetOf(policy, judged), terms, at, told, updates }
      due.push(...breachOf(seen, cause))
      const warning = warningOf(seen)
      due.push(...warning.due)
      next = Math.min(next, warning.nextAt, breachMoment(seen))
    }
  }
  const nextAt = due.length > 0 ? now : Number.isFinite(next) ? instant(next) : null
  return { clocks, due, nextAt }
}

type Seen = {
  readonly clock: JudgedClock
  readonly target: Target | null
  readonly terms: Terms
  readonly at: number
  readonly told: Told
  readonly updates: readonly Update[]
}

function targetOf({ targets }: PolicyVersion, { metric, priority }: JudgedClock): Target | null {
  return targets.find((each) => each.metric === metric && each.priority === priority) ?? null
}

/** What the log tells already: breaches that stand, and warnings by clock and threshold. */
type Told = { readonly breached: ReadonlySet<string>; readonly warned: ReadonlySet<string> }

function toldBy(updates: readonly Update[], kind: PolicyKind): Told {
  const [breached, warned] = [new Set<string>(), new Set<string>()]
  for (const { kind: what, payload } of updates.flatMap(({ events }) => events)) {
    if (payload['agreement'] !== undefined && payload['agreement'] !== kind) continue
    const key = `${String(payload['metric'])} ${String(payload['instance'])}`
    if (what === 'sla_breached') breached.add(key)
    else if (what === 'sla_breach_withdrawn') breached.delete(key)
    else if (what === 'sla_warning') warned.add(`${key} ${String(payload['threshold'])}`)
  }
  return { breached, warned }
}

function fact({ clock }: Seen) {
  const { metric, instance, policy, kind, priority } = clock
  return { metric, instance, policyId: policy.id, policyVersion: policy.version, priority, agreement: kind }
}

/** A breach that nobody wrote down yet, or one that was and no longer is. A cancelled clock's is left as it was. */
function breachOf(seen: Seen, given: 'calendar_change' | null): NewFact[] {
  const { clock, told, at } = seen
  const isTold = told.breached.has(`${clock.metric} ${clock.instance}`)
  const isOver = clock.breachedAt !== null && clock.breachedAt < at
  if (isOver && !isTold) {
    const cause = given ?? causeOf(seen)
    const breachedAt = instant(clock.breachedAt ?? at)
    return [{ kind: 'sla_breached', payload: { ...fact(seen), breachedAt, cause } }]
  }
  if (clock.breachedAt !== null || !isTold || clock.state === 'cancelled') return []
  const cause = given ?? changeIn(seen.updates.at(-1)) ?? 'time'
  return [{ kind: 'sla_breach_withdrawn', payload: { ...fact(seen), cause } }]
}

/** Why a clock was over its target: by time passing, or by the update at that very instant. */
function causeOf({ clock, updates }: Seen) {
  return changeIn(updates.find(({ at }) => at === clock.breachedAt)) ?? 'time'
}

function changeIn(
  update: Update | undefined,
): 'priority_change' | 'policy_change' | 'merge' | 'reopen' | null {
  const has = (kind: string) => update?.events.some((event) => event.kind === kind) === true
  if (has('ticket_merged_in') || has('ticket_unmerged')) return 'merge'
  if (has('priority_changed')) return 'priority_change'
  if (has('sla_applied') && !has('ticket_opened')) return 'policy_change'
  return has('status_changed') ? 'reopen' : null
}

/** Warnings of a running clock that is not over its target: those due, and the moment of the next. */
function warningOf(seen: Seen): { due: NewFact[]; nextAt: number } {
  const { clock, target, told, at } = seen
  const calendar = seen.terms.calendars.get(clock.calendarId ?? '')
  const due: NewFact[] = []
  let nextAt = Infinity
  if (clock.state !== 'running' || clock.breachedAt !== null || calendar === undefined) return { due, nextAt }
  for (const each of target?.warnAt ?? []) {
    const goal = clock.targetSeconds
    const seconds = 'percent' in each ? Math.floor((goal * each.percent) / 100) : goal - each.secondsLeft
    if (seconds <= 0 || told.warned.has(`${clock.metric} ${clock.instance} ${seconds}`)) continue
    const left = seconds * 1000 - clock.elapsedMs
    if (left <= 0)
      due.push({
        kind: 'sla_warning',
        payload: { ...fact(seen), threshold: seconds, cause: 'time' },
      })
    else nextAt = Math.min(nextAt, afterWorkingTime(calendar, at, left) ?? Infinity)
  }
  return { due, nextAt }
}

/** The first instant at which a clock's breach is to be told: a running one's to come, or one that began this very instant. */
function breachMoment({ clock, terms, at, told }: Seen): number {
  const isTold = told.breached.has(`${clock.metric} ${clock.instance}`)
  if (clock.breachedAt !== null && clock.breachedAt >= at && !isTold) return clock.breachedAt + 1
  const calendar = terms.calendars.get(clock.calendarId ?? '')
  if (
    clock.state !== 'running' ||
    clock.breachedAt !== null ||
    clock.dueAt === null ||
    calendar === undefined
  )
    return Infinity
  const opens = nextOpen(calendar, Math.max(clock.dueAt, at))
  return opens === null ? Infinity : opens + 1
}
