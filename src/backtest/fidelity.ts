// How well a replay of the versions of their time tells what really happened: same firings, same values after each update, same
// agreements and breaches. Shown before everything else, since a backtest is worth what its replay is worth.
import type { PastTicket } from '#backtest/past-ticket.ts'
import { updatesOf, type RecordedUpdate } from '#backtest/recorded.ts'
import type { Mark, Step } from '#backtest/life.ts'
import type { Replay } from '#backtest/replay.ts'
import { differing, type SeenField } from '#backtest/seen.ts'
import type { Instant } from '#kit/time.ts'
import type { TicketEvent } from '#tickets/event.ts'

export type Cause =
  | Mark
  | 'config_not_versioned'
  | 'webhook_side_effect'
  | 'circuit_state'
  | 'engine_version'
  | 'unknown'

export type Fidelity = {
  readonly reproduced: boolean
  /** What came out otherwise: rules by id, fields, `breaches`. */
  readonly ruleIds: readonly number[]
  readonly fields: readonly SeenField[]
  readonly breaches: boolean
  /** Null where everything is as recorded. */
  readonly cause: Cause | null
}

/** Compares a replay under the versions of their time with the record; before `keptSince` not all of them are known. */
export function fidelityOf(past: PastTicket, replay: Replay, keptSince: Instant | null): Fidelity {
  const ruleIds = ruleDifferences(past.log, replay.log)
  const fields = valueDifferences(past, replay)
  const breaches = countsOf(past.log, breachKey) !== countsOf(replay.log, breachKey)
  const reproduced = ruleIds.length === 0 && fields.length === 0 && !breaches
  const cause = reproduced ? null : causeOf(past.log, replay, keptSince)
  return { reproduced, ruleIds, fields, breaches, cause }
}

function ruleDifferences(
  recorded: readonly TicketEvent[],
  replayed: readonly TicketEvent[],
): readonly number[] {
  const [then, now] = [firings(recorded), firings(replayed)]
  const ids = new Set([...then.keys(), ...now.keys()])
  return [...ids].filter((id) => then.get(id) !== now.get(id)).toSorted((a, b) => a - b)
}

/** The firings of each rule in order, each with its version and how many effects it had. */
function firings(log: readonly TicketEvent[]): ReadonlyMap<number, string> {
  const byRule = new Map<number, string>()
  for (const event of log) {
    if (event.kind !== 'rule_fired') continue
    const { ruleId, ruleVersion, noOp, effects } = event.payload
    const told = `${ruleVersion} ${noOp} ${effects.map(({ kind, count }) => `${kind}${count}`).join()}`
    byRule.set(ruleId, `${byRule.get(ruleId) ?? ''}\n${told}`)
  }
  return byRule
}

/** The fields in which the ticket differed after an update that both have, or at the end. */
function valueDifferences(past: PastTicket, replay: Replay): readonly SeenField[] {
  const fields = new Set<SeenField>()
  const recorded = updatesOf(past.log)
  const late = lateUpdates(recorded, replay)
  const byUpdate = new Map(replay.steps.map((step) => [step.updateId, step.after]))
  for (const { id, after } of recorded) {
    const replayed = late.has(id) ? undefined : byUpdate.get(id)
    if (replayed !== undefined) for (const field of differing(after, replayed)) fields.add(field)
  }
  const last = recorded.at(-1)?.after
  if (last !== undefined) for (const field of differing(last, replay.ticket)) fields.add(field)
  return [...fields]
}

/**
 * Updates before which a timer was due that fired after them, since the desk was down or busy: a replay fires it at its instant, and
 * is compared again once the record has caught up.
 */
function lateUpdates(recorded: readonly RecordedUpdate[], { steps }: Replay): ReadonlySet<number | null> {
  // A clock's own word changes nothing that could be compared, and a warning is left out when the breach came first.
  const isMore = ({ kind }: TicketEvent) => !kind.startsWith('sla_')
  const isOfTime = ({ own, derived }: RecordedUpdate) => own.length === 0 && derived.some(isMore)
  const isOfTimeHere = ({ updateId, events }: Step) => updateId === null && events.some(isMore)
  const late = new Set<number | null>()
  const all = recorded.filter(isOfTime).length
  for (const [index, { id }] of recorded.entries()) {
    const at = steps.findIndex(({ updateId }) => updateId === id)
    const replayed = steps.slice(0, Math.max(at, 0)).filter(isOfTimeHere).length
    const told = recorded.slice(0, index).filter(isOfTime).length
    if (replayed > told && replayed <= all) late.add(id)
  }
  return late
}

function breachKey(event: TicketEvent): string | null {
  if (event.kind !== 'sla_breached') return null
  const { metric, instance, policyId, policyVersion } = event.payload
  return `${metric} ${instance} ${policyId}@${policyVersion}`
}

function countsOf(log: readonly TicketEvent[], key: (event: TicketEvent) => string | null): string {
  return log
    .flatMap((event) => key(event) ?? [])
    .toSorted()
    .join('\n')
}

/** The likeliest reason, in the order in which one hides the other. */
function causeOf(recorded: readonly TicketEvent[], { marks, log }: Replay, keptSince: Instant | null): Cause {
  const versions = (events: readonly TicketEvent[]) =>
    new Set(events.flatMap((event) => (event.kind === 'rule_fired' ? [event.payload.rulebookVersion] : [])))
  for (const mark of [
    'depends_on_webhook',
    'content_redacted',
    'skipped_command',
    'reference_changed',
    'endless',
  ] as const)
    if (marks.has(mark)) return mark
  if (recorded.some(({ kind }) => kind === 'rule_circuit_opened')) return 'circuit_state'
  const [then, now] = [versions(recorded), versions(log)]
  const isOlder = keptSince !== null && (recorded[0]?.at ?? keptSince) < keptSince
  return isOlder || ![...then].every((version) => now.has(version)) ? 'config_not_versioned' : 'unknown'
}
