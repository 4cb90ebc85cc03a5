// The run of all triggers for one update, until nothing changes any more. Pure: the same input gives the same events, effects
// and reasons, live, in a preview and over last year. Each rule fires at most once, so it ends.
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { askedBy, type Asked } from '#rules/apply.ts'
import { countsOf, withoutRepeats, type Effect } from '#rules/effect.ts'
import { holds, trace, type Trace } from '#rules/evaluate.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'
import type { Scene, Update } from '#rules/scene.ts'
import type { Context, Facts } from '#tickets/context.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { Actor, NewEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Refusal } from '#tickets/refusal.ts'
import type { Settings } from '#tickets/settings.ts'
import { isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** A trigger with the hash that names this version of it. */
export type ReadyRule = { readonly rule: Rule; readonly version: string }

/** What the log tells of rules on this ticket. */
export type Past = {
  /** Rules that fired on this ticket among the ancestors of the update. */
  readonly ancestors: ReadonlySet<number>
  /** How long the chain of causes is. */
  readonly depth: number
  readonly firings: ReadonlyMap<
    number,
    { readonly total: number; readonly lastHour: number; readonly circuitOpenedAt: Instant | null }
  >
}

export const noPast: Past = { ancestors: new Set(), depth: 0, firings: new Map() }

export type Limits = { readonly chainDepth: number; readonly firingsPerHour: number }
export const defaultLimits: Limits = { chainDepth: 8, firingsPerHour: 20 }

export type Settling = {
  readonly rules: readonly ReadyRule[]
  readonly rulebook: Pick<Rulebook, 'version' | 'templates'>
  /** `now` is the ticket after the update's own events. */
  readonly scene: Scene & { readonly update: Update }
  readonly past: Past
  readonly settings: Settings
  readonly facts: Facts
  /** The agent who acts, as whom `currentAgent` is meant. */
  readonly actingAgentId: PersonId | null
  /** The seq of the update's first event: what the firings answer. */
  readonly causeSeq: number
  readonly limits?: Limits
  /** Whether the time for this run is up: it then stops, and what has fired stands. */
  readonly isLate?: () => boolean
  /** Whether to keep what each condition saw, for an explanation. */
  readonly traced?: boolean
}

export type Outcome =
  | 'fired'
  | 'fired_no_op'
  | 'event_not_matched'
  | 'condition_false'
  | 'stopped_by'
  | 'self_caused'
  | 'circuit_open'
  | 'max_per_ticket'
  | 'refused'
  | 'out_of_time'

/** What became of one rule. `by` is the rule that stopped the run; `refusal` the reason of the ticket. */
export type Considered = {
  readonly ruleId: number
  readonly ruleVersion: string
  readonly outcome: Outcome
  readonly pass: number
  readonly by?: number
  readonly refusal?: string
  /** What its condition saw when it was last asked. */
  readonly trace?: Trace
}

export type Settled = {
  readonly events: readonly NewEvent[]
  readonly ticket: Ticket
  readonly effects: readonly Effect[]
  /** Every rule, in order. */
  readonly considered: readonly Considered[]
}

/** Settles an update. An undo and an import settle nothing, nor does a flagged ticket: an undo must not be redone by a rule. */
export function settle(input: Settling): Settled {
  const { update, now } = input.scene
  if (update.via === 'undo' || update.via === 'import' || isFlagged(now))
    return { events: [], ticket: input.scene.now, effects: [], considered: [] }
  const run = new Run(input)
  run.toTheEnd()
  return run.settled()
}

/** Lives for one settle. */
class Run {
  private readonly input: Settling
  private readonly outcomes = new Map<number, Considered>()
  private readonly traces = new Map<number, Trace>()
  private readonly events: NewEvent[] = []
  private readonly effects: Effect[] = []
  private readonly writers = new Map<string, { ruleId: number; value: unknown }>()
  private ticket: Ticket
  /** The scene as it is now: what has fired changes the ticket in it. */
  private scene: Settling['scene']
  private pass = 0

  constructor(input: Settling) {
    this.input = input
    this.ticket = input.scene.now
    this.scene = input.scene
  }

  toTheEnd(): void {
    for (let again = true; again;) {
      this.pass++
      again = this.once()
    }
  }

  /** One pass from the top; true when a rule changed the ticket and the next pass must begin. */
  private once(): boolean {
    for (const ready of this.input.rules) {
      if (this.outcomes.get(ready.rule.id)?.outcome !== undefined && !this.mayStillFire(ready)) continue
      if (this.input.isLate?.() === true) return this.end(ready, 'out_of_time')
      const fired = this.consider(ready)
      if (fired !== null && ready.rule.stop) return this.end(ready, 'stopped_by')
      if (fired === 'changed') return true
    }
    return false
  }

  private mayStillFire({ rule }: ReadyRule): boolean {
    return this.outcomes.get(rule.id)?.outcome === 'condition_false'
  }

  /** Looks at one rule: null when it did not fire. */
  private consider(ready: ReadyRule): 'changed' | 'unchanged' | null {
    const { rule } = ready
    const { scene } = this
    if (!rule.on.some((kind) => scene.update.kinds.includes(kind)))
      return this.note(ready, 'event_not_matched')
    if (this.input.traced === true) this.traces.set(rule.id, trace(rule.if, scene, 'if'))
    if (!holds(rule.if, scene)) return this.note(ready, 'condition_false')
    const held = this.suppression(ready)
    if (held !== null) return this.suppress(ready, held)
    const asked = askedBy(rule, ready.version, {
      at: scene.at,
      directory: scene.directory,
      actingAgentId: this.input.actingAgentId,
      teamId: this.ticket.teamId,
      availableAgents: this.input.facts.availableAgents ?? [],
    })
    if (asked === null) return this.refuse(ready, { name: 'not_found', what: 'agent' })
    return this.apply(ready, asked)
  }

  private note(ready: ReadyRule, outcome: Outcome, more: Partial<Considered> | null = null): null {
    const { rule, version: ruleVersion } = ready
    const noted = { ruleId: rule.id, ruleVersion, outcome, pass: this.pass }
    this.outcomes.set(rule.id, more === null ? noted : { ...noted, ...more })
    return null
  }

  private suppression({ rule }: ReadyRule): 'self_caused' | 'circuit_open' | 'max_per_ticket' | null {
    const { past, limits = defaultLimits, scene } = this.input
    if (past.ancestors.has(rule.id) && rule.mayAnswerItself !== true) return 'self_caused'
    const firings = past.firings.get(rule.id)
    const opened = firings?.circuitOpenedAt ?? null
    if (opened !== null && plus(opened, 3_600) > scene.at) return 'circuit_open'
    if (past.depth > limits.chainDepth || (firings?.lastHour ?? 0) >= limits.firingsPerHour)
      return 'circuit_open'
    if (rule.maxPerTicket !== undefined && (firings?.total ?? 0) >= rule.maxPerTicket) return 'max_per_ticket'
    return null
  }

  private suppress(ready: ReadyRule, why: 'self_caused' | 'circuit_open' | 'max_per_ticket'): null {
    const { rule, version: ruleVersion } = ready
    const opened = this.input.past.firings.get(rule.id)?.circuitOpenedAt ?? null
    const isFresh = why === 'circuit_open' && (opened === null || plus(opened, 3_600) <= this.input.scene.at)
    const payload = { ruleId: rule.id, ruleVersion, detail: { why } }
    this.happen(ready, [{ kind: isFresh ? 'rule_circuit_opened' : 'rule_suppressed', payload }])
    return this.note(ready, why)
  }

  private refuse(ready: ReadyRule, refusal: Refusal): null {
    const payload = { ruleId: ready.rule.id, ruleVersion: ready.version, detail: refusal }
    this.happen(ready, [{ kind: 'action_refused', payload }])
    return this.note(ready, 'refused', { refusal: refusal.name })
  }

  /** All of the rule's commands, or none. */
  private apply(ready: ReadyRule, asked: Asked): 'changed' | 'unchanged' | null {
    const { rule, version: ruleVersion } = ready
    const decided = this.decideAll(ready, asked)
    if ('refusal' in decided) return this.refuse(ready, decided.refusal)
    const changed = decided.events.length > 0
    const firedSeq = this.ticket.seq + 1
    const noOp = !changed && asked.effects.length === 0
    const { pass } = this
    const { version: rulebookVersion } = this.input.rulebook
    const effects = countsOf(asked.effects)
    const fired = { ruleId: rule.id, ruleVersion, rulebookVersion, pass, noOp, effects }
    this.happen(ready, [{ kind: 'rule_fired', payload: fired }])
    this.happen(ready, decided.events, firedSeq)
    this.noteConflicts(ready, asked.sets)
    this.effects.push(...asked.effects)
    this.note(ready, noOp ? 'fired_no_op' : 'fired')
    return changed ? 'changed' : 'unchanged'
  }

  private decideAll(
    ready: ReadyRule,
    { commands }: Asked,
  ): { readonly events: readonly NewEvent[] } | { readonly refusal: Refusal } {
    const actor = actorOf(ready)
    const context = this.contextFor(actor)
    const events: NewEvent[] = []
    let ticket = this.ticket
    for (const command of commands) {
      const decision = decide(ticket, command, context)
      if (!decision.ok) return { refusal: decision.refusal }
      ticket = folded(ticket, decision.events, this.input.scene.at, actor)
      events.push(...decision.events)
    }
    return { events }
  }

  private contextFor(actor: Actor): Context {
    const { scene, settings, facts } = this.input
    return {
      at: scene.at,
      actor,
      actorRole: null,
      actorPersonId: null,
      mayReopenClosed: false,
      settings,
      facts,
    }
  }

  /** Events of the rule, each caused by its firing, and that by the update. */
  private happen(ready: ReadyRule, events: readonly NewEvent[], causeSeq = this.input.causeSeq): void {
    const actor = actorOf(ready)
    const caused = events.map((event) => ({ ...event, actor, causeSeq }))
    this.events.push(...caused)
    this.ticket = folded(this.ticket, caused, this.input.scene.at, actor)
    this.scene = { ...this.scene, now: this.ticket }
  }

  private noteConflicts(ready: ReadyRule, sets: Asked['sets']): void {
    for (const [field, value] of Object.entries(sets)) {
      const earlier = this.writers.get(field)
      this.writers.set(field, { ruleId: ready.rule.id, value })
      if (earlier === undefined || earlier.ruleId === ready.rule.id) continue
      if (JSON.stringify(earlier.value) === JSON.stringify(value)) continue
      const detail = { field, ruleIds: [earlier.ruleId, ready.rule.id], values: [earlier.value, value] }
      const payload = { ruleId: ready.rule.id, ruleVersion: ready.version, detail }
      this.happen(ready, [{ kind: 'rule_conflict', payload }])
    }
  }

  /** Ends the run: all that was not decided yet was kept from it. */
  private end(by: ReadyRule, outcome: 'stopped_by' | 'out_of_time'): false {
    for (const ready of this.input.rules) {
      if (this.outcomes.has(ready.rule.id)) continue
      const listens = ready.rule.on.some((kind) => this.input.scene.update.kinds.includes(kind))
      this.note(ready, listens ? outcome : 'event_not_matched', { by: by.rule.id })
    }
    return false
  }

  settled(): Settled {
    const { rules, rulebook } = this.input
    return {
      events: this.events,
      ticket: this.ticket,
      effects: withoutRepeats(this.effects, rulebook.templates),
      considered: rules.flatMap(({ rule }) => {
        const outcome = this.outcomes.get(rule.id)
        const seen = this.traces.get(rule.id)
        return outcome === undefined ? [] : [seen === undefined ? outcome : { ...outcome, trace: seen }]
      }),
    }
  }
}

function actorOf({ rule, version }: ReadyRule): Actor {
  return { type: 'rule', id: rule.id, version }
}

function folded(ticket: Ticket, events: readonly NewEvent[], at: Instant, actor: Actor): Ticket {
  const how = { ticketId: ticket.id, firstSeq: ticket.seq + 1, at, updateId: 0 as never, actor }
  return stamp(events, how).reduce(evolve, ticket)
}
