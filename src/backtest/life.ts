// A ticket while it is lived again: updates are written down in thought as `desk/act.ts` does live, and time passes from one computed
// moment to the next. Lives for one replay.
import { samePromises } from '#backtest/configuration.ts'
import { carriedBy, type Sent } from '#backtest/effects.ts'
import type { Configuration, Configurations, PastTicket } from '#backtest/past-ticket.ts'
import { atRest, roleOf, sceneOf, type Replayed } from '#backtest/scene.ts'
import { mayWait, wouldDiffer, type Watch } from '#backtest/watch.ts'
import type { UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { firstDue, type Due } from '#rules/due.ts'
import { holds } from '#rules/evaluate.ts'
import { pastOf } from '#rules/past.ts'
import { bothNeeds, needsOf } from '#rules/rulebook.ts'
import { settle, type Considered, type ReadyRule, type Settled, type Settling } from '#rules/settle.ts'
import { asTrigger, episodesAtPublish, episodesOf, type Episode } from '#rules/timers.ts'
import { kindsOf, notSettled } from '#rules/update-kinds.ts'
import { applied, judge } from '#sla/judge.ts'
import { keepsAgreement, matchingPolicies, needsOfFilters } from '#sla/match.ts'
import type { Command } from '#tickets/command.ts'
import type { Context, Facts } from '#tickets/context.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { Actor, NewEvent, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** One update of a replay. */
export type Step = {
  readonly at: Instant
  /** The recorded update that was lived again; null when time alone brought it. */
  readonly updateId: UpdateId | null
  readonly events: readonly TicketEvent[]
  readonly considered: readonly Considered[]
  readonly sent: readonly Sent[]
  readonly after: Ticket
}

/** What keeps a replay from being as sure as the record. */
export type Mark =
  | 'skipped_command'
  | 'content_redacted'
  | 'depends_on_webhook'
  | 'reference_changed'
  | 'endless'

/** More moments than that in one ticket's life are a loop: the rest is left out and marked. */
const MOST_MOMENTS = 2_000

export class Life {
  readonly past: PastTicket
  readonly configurations: Configurations
  /** Whether the rules that are watched for could have made something else of this life. */
  isTouched = false
  private readonly watch: Watch | null
  readonly steps: Step[] = []
  readonly log: TicketEvent[] = []
  readonly marks = new Set<Mark>()
  ticket: Ticket | null = null
  private episodes: readonly Episode[] = []
  private clocksAt: Instant | null = null
  private dropped = new Set<string>()
  private moments = 0
  /** Up to when changes of the configuration have been met. */
  private turnedAt: Instant | null = null
  private timerUpdates = 0

  /** With `watch` it is noted whether other rules could have touched the ticket. */
  constructor(past: PastTicket, configurations: Configurations, watch: Watch | null = null) {
    this.past = past
    this.configurations = configurations
    this.watch = watch
  }

  /** Lets time pass up to an instant: what is due before it fires, in order. */
  passUntil(instant: Instant): void {
    for (;;) {
      const due = this.nextDue()
      const turn = this.nextTurn()
      if (turn !== null && turn <= instant && (due === null || turn <= due.at)) {
        this.turn(turn)
        continue
      }
      if (due === null || due.at >= instant) return
      if (++this.moments > MOST_MOMENTS) {
        this.marks.add('endless')
        return
      }
      this.fire(due)
    }
  }

  /** When another configuration comes into force next. */
  private nextTurn(): Instant | null {
    const { turnedAt } = this
    return turnedAt === null ? null : (this.configurations.turns.find((turn) => turn > turnedAt) ?? null)
  }

  /** Another configuration comes into force: timer rules that are new look at the ticket, new policies are matched. */
  private turn(at: Instant): void {
    const { ticket, turnedAt } = this
    if (ticket === null || turnedAt === null) return
    const [before, now] = [this.configurations.at(turnedAt), this.configurations.at(at)]
    this.turnedAt = at
    const old = new Map(before.rulebook.timers.map(({ rule, version }) => [rule.id, version]))
    for (const ready of now.rulebook.timers) {
      if (old.get(ready.rule.id) === ready.version) continue
      const known = this.episodes.filter(({ ruleId }) => ruleId === ready.rule.id)
      const actor: Actor = { type: 'system', id: null }
      const replayed = atRest(ticket, { at, log: this.log, actor })
      const scene = sceneOf(this.past, now, replayed, needsOf([ready]))
      const { episodes } = episodesAtPublish(ready, scene, known, known.length > 0 ? [] : this.log)
      this.episodes = [...this.episodes.filter(({ ruleId }) => ruleId !== ready.rule.id), ...episodes]
    }
    if (!samePromises(before.sla, now.sla) && ticket.status !== 'closed')
      this.judgeAgain(at > ticket.updatedAt ? at : ticket.updatedAt)
  }

  /** When something is due next, lived as far as it was; null: never. */
  get dueAt(): Instant | null {
    return this.nextDue()?.at ?? null
  }

  private nextDue(): Due | null {
    const { ticket } = this
    if (ticket === null) return null
    const { settings } = this.configurations.at(ticket.updatedAt)
    return firstDue({
      ticket,
      settings,
      clocksAt: this.clocksAt,
      episodes: this.episodes,
      dropped: this.dropped,
    })
  }

  private fire(due: Due): void {
    const { ticket } = this
    if (ticket === null) return
    const at = due.at > ticket.updatedAt ? due.at : ticket.updatedAt
    if (due.kind === 'sla') return this.judgeAgain(at)
    if (due.kind === 'rule') return this.fireRule(due.ruleId, at)
    const command: Command =
      due.kind === 'auto_close' ? { kind: 'autoClose' } : { kind: 'unsnooze', reason: 'time' }
    const actor: Actor = { type: 'system', id: null }
    const decision = decide(ticket, command, contextOf(actor, at, this.configurations.at(at), {}))
    if (!decision.ok || decision.events.length === 0) this.dropped.add(due.kind)
    else this.update(decision.events, at, actor, null)
  }

  private judgeAgain(at: Instant): void {
    const { ticket } = this
    const configuration = this.configurations.at(at)
    if (ticket === null) return
    const actor: Actor = { type: 'system', id: null }
    const replayed = atRest(ticket, { at, log: this.log, actor })
    const facts = this.appliedTo(configuration, replayed)
    const own = stamped(facts, ticket, at, actor)
    const judged = judge(own.length === 0 ? this.log : [...this.log, ...own], ticket, configuration.sla, at)
    const due = [...facts, ...judged.due]
    if (due.length > 0) this.update(due, at, actor, null)
    else this.clocksAt = judged.nextAt !== null && judged.nextAt > at ? judged.nextAt : null
  }

  private fireRule(ruleId: number, at: Instant): void {
    const { ticket } = this
    const configuration = this.configurations.at(at)
    const ready = configuration.rulebook.timers.find(({ rule }) => rule.id === ruleId)
    const forget = () => (this.episodes = this.episodes.filter((each) => each.ruleId !== ruleId))
    if (ticket === null || ready === undefined) return void forget()
    const { rule, version } = ready
    const actor: Actor = { type: 'rule', id: rule.id, version }
    const replayed = atRest(ticket, { at, log: this.log, actor })
    const scene = sceneOf(this.past, configuration, replayed, needsOf([ready]))
    if (!holds(rule.if, scene)) {
      forget()
      this.episodes = [...this.episodes, ...episodesOf([ready], scene, [])]
      return
    }
    const settled = settle({
      rules: [asTrigger(ready)],
      rulebook: configuration.rulebook.rulebook,
      scene: { ...scene, update: { ...scene.update, kinds: ['any'] } },
      past: { ...pastOf(this.log, [], at), ancestors: new Set() },
      settings: configuration.settings,
      facts: this.factsFor(configuration, [ready], at),
      actingAgentId: null,
      causeSeq: ticket.seq + 1,
    })
    if (settled.events.length === 0) return void forget()
    const carried = carriedBy(this.past, configuration, settled, {
      at,
      afterSeq: ticket.seq,
      updateId: 0 as UpdateId,
    })
    const own = carried.events.map(
      (event) => ({ kind: event.kind, payload: event.payload, actor: event.actor }) as NewEvent,
    )
    this.update(own, at, actor, null, {
      firedTimer: ruleId,
      considered: settled.considered,
      sent: carried.sent,
    })
  }

  /** What must be known to let a rule choose an agent: whoever the record chose, since load was that of the whole desk. */
  private factsFor({ directory }: Configuration, rules: readonly ReadyRule[], at: Instant): Facts {
    const byLoad = rules.some(({ rule }) =>
      rule.do.some((action) => 'assign' in action && action.assign === 'leastLoaded'),
    )
    if (!byLoad) return { assigneeAvailable: true }
    this.marks.add('reference_changed')
    const chosen = this.past.log.find(
      (event) => event.at >= at && event.kind === 'assignee_changed' && event.actor.type === 'rule',
    )
    const first = chosen?.kind === 'assignee_changed' ? chosen.payload.to : null
    const ids = directory.agents.filter(({ archived }) => !archived).map(({ id }) => id)
    const teamsOf = (agentId: number) =>
      [...this.configurations.at(at).members].flatMap(([teamId, members]) =>
        members.includes(agentId) ? [teamId] : [],
      )
    const availableAgents = [...new Set([...(first === null ? [] : [first]), ...ids])].map((id) => ({
      id: id as never,
      teamIds: teamsOf(id) as never,
    }))
    return { assigneeAvailable: true, availableAgents }
  }

  private appliedTo(configuration: Configuration, replayed: Replayed): readonly NewEvent[] {
    const { sla } = configuration
    if (sla.versions.size === 0 || keepsAgreement(replayed.now)) return []
    const scene = sceneOf(this.past, configuration, replayed, needsOfFilters(sla))
    return applied(replayed.log, matchingPolicies(sla, scene), sla)
  }

  /** Writes an update down as `desk/act.ts` does: its own events, what the rules make of them, what the clocks make of both. */
  update(
    own: readonly NewEvent[],
    at: Instant,
    actor: Actor,
    updateId: UpdateId | null,
    timer: { firedTimer?: number; considered?: readonly Considered[]; sent?: readonly Sent[] } = {},
  ): void {
    const configuration = this.configurations.at(at)
    const id = updateId ?? (-++this.timerUpdates as UpdateId)
    const before = this.ticket
    this.turnedAt ??= at
    const ticketId = before?.id ?? this.past.log[0]?.ticketId ?? (0 as never)
    const events = stamp(own, { ticketId, firstSeq: (before?.seq ?? 0) + 1, at, updateId: id, actor })
    const now = events.reduce<Ticket | null>(evolve, before)
    if (now === null) return
    const replayed: Replayed = { before, now, at, events, log: [...this.log, ...events], actor }
    const settled = this.settled(configuration, replayed)
    const carried = carriedBy(this.past, configuration, settled, { at, afterSeq: now.seq, updateId: id })
    const then =
      carried.events.length === 0
        ? { ...replayed, now: carried.ticket }
        : {
            ...replayed,
            now: carried.ticket,
            events: [...events, ...carried.events],
            log: [...replayed.log, ...carried.events],
          }
    const clocked = this.clocked(configuration, then, id)
    const all = clocked.length === 0 ? then.events : [...then.events, ...clocked]
    this.ticket = clocked.reduce<Ticket>(evolve, carried.ticket)
    this.log.push(...all)
    this.dropped.clear()
    this.reckonEpisodes(
      configuration,
      { ...replayed, now: this.ticket, log: this.log },
      timer.firedTimer ?? null,
    )
    if (timer.considered !== undefined && this.watch !== null && !this.isTouched)
      this.isTouched = timer.considered.some(({ ruleId }) => this.watch?.gone.has(ruleId) === true)
    this.steps.push({
      at,
      updateId,
      events: all,
      considered: [...(timer.considered ?? []), ...settled.considered],
      sent: [...(timer.sent ?? []), ...carried.sent],
      after: this.ticket,
    })
  }

  private settled(configuration: Configuration, replayed: Replayed): Settled {
    const nothing: Settled = { events: [], ticket: replayed.now, effects: [], considered: [] }
    if (replayed.events.some(({ kind }) => notSettled.includes(kind))) return nothing
    const { rulebook, settings } = configuration
    const kinds = kindsOf(replayed.events)
    const [rules, watched] = [rulebook.listening(kinds), this.watch?.fresh.listening(kinds) ?? []]
    if (rules.length + watched.length === 0) return nothing
    const needs = bothNeeds(needsOf(rules), needsOf(watched))
    const scene = sceneOf(this.past, configuration, replayed, needs)
    this.noteErased(scene.content.messages)
    const settling: Settling = {
      rules,
      rulebook: rulebook.rulebook,
      scene,
      past: pastOf(this.log, this.causesOf(replayed.events), replayed.at),
      settings,
      facts: this.factsFor(configuration, rules, replayed.at),
      actingAgentId: replayed.actor.type === 'agent' ? (replayed.actor.id as never) : null,
      causeSeq: (replayed.before?.seq ?? 0) + 1,
    }
    const settled = rules.length === 0 ? nothing : settle(settling)
    if (this.watch !== null && !this.isTouched) this.isTouched = wouldDiffer(this.watch, settling, settled)
    return settled
  }

  private noteErased(messages: readonly { readonly text: string | null }[]): void {
    if (messages.some(({ text }) => text === null)) this.marks.add('content_redacted')
  }

  /** The recorded events that led to an update, the nearest first. */
  private causesOf(events: readonly TicketEvent[]): readonly TicketEvent[] {
    const chain: TicketEvent[] = []
    for (let id = events[0]?.causeEventId ?? null; id !== null && chain.length < 30;) {
      const cause = this.past.log.find((each) => each.id === id)
      if (cause === undefined) break
      chain.push(cause)
      id = cause.causeEventId
    }
    return chain
  }

  private clocked(
    configuration: Configuration,
    replayed: Replayed,
    updateId: UpdateId,
  ): readonly TicketEvent[] {
    const { sla } = configuration
    if (sla.versions.size === 0) return []
    const facts = this.appliedTo(configuration, replayed)
    const { now, at, log } = replayed
    const actor: Actor = { type: 'system', id: null }
    const own = stamp(facts, { ticketId: now.id, firstSeq: now.seq + 1, at, updateId, actor })
    this.clocksAt = judge(own.length === 0 ? log : [...log, ...own], now, sla, at).nextAt
    return own
  }

  private reckonEpisodes(configuration: Configuration, replayed: Replayed, firedTimer: number | null): void {
    const { timers } = configuration.rulebook
    const watched = this.isTouched ? [] : (this.watch?.fresh.timers ?? [])
    if (timers.length + watched.length === 0) return void (this.episodes = [])
    const needs = bothNeeds(needsOf(timers), needsOf(watched))
    const scene = sceneOf(this.past, configuration, replayed, needs)
    if (this.watch !== null && !this.isTouched) this.isTouched = mayWait(this.watch, scene)
    const counted = this.episodes.map((each) =>
      each.ruleId === firedTimer ? { ...each, fired: each.fired + 1, firedAt: replayed.at } : each,
    )
    this.episodes = episodesOf(timers, scene, counted)
  }
}

/** The context of a request in a replay; what was allowed then is allowed again. */
export function contextOf(actor: Actor, at: Instant, configuration: Configuration, facts: Facts): Context {
  const isAgent = actor.type === 'agent'
  const role = isAgent ? (roleOf(configuration, actor) ?? 'agent') : actor.type === 'api' ? 'lead' : null
  return {
    at,
    actor,
    actorRole: role,
    actorPersonId: isAgent ? (actor.id as never) : null,
    mayReopenClosed: true,
    settings: configuration.settings,
    facts,
  }
}

/** Events that follow a ticket's last, as the log would take them. */
export function stamped(
  events: readonly NewEvent[],
  { id, seq }: Ticket,
  at: Instant,
  actor: Actor,
): readonly TicketEvent[] {
  return stamp(events, { ticketId: id, firstSeq: seq + 1, at, updateId: 0 as UpdateId, actor })
}
