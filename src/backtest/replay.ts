// One ticket's life lived again under a configuration: what came from outside happens as it did, everything that rules, clocks and
// timers made of it is reckoned anew. Pure and without a clock.
import { commandsOf } from '#backtest/commands.ts'
import { contextOf, Life, stamped, type Mark, type Step } from '#backtest/life.ts'
import type { Configurations, PastTicket } from '#backtest/past-ticket.ts'
import type { Watch } from '#backtest/watch.ts'
import { updatesOf, type RecordedUpdate } from '#backtest/recorded.ts'
import { differing } from '#backtest/seen.ts'
import type { Instant } from '#kit/time.ts'
import type { Command } from '#tickets/command.ts'
import { decide } from '#tickets/decide.ts'
import type { NewEvent, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Replay = {
  /** Whether rules that were watched for could have made something else of it. */
  readonly isTouched: boolean
  readonly ticket: Ticket
  readonly steps: readonly Step[]
  readonly log: readonly TicketEvent[]
  readonly marks: ReadonlySet<Mark>
  /** The first moment that would have its turn if it were lived further; null: none. */
  readonly dueAt: Instant | null
  /** Commands of people that the ticket refused here, by the name of the refusal. */
  readonly skipped: readonly {
    readonly at: Instant
    readonly command: Command['kind']
    readonly refusal: string
  }[]
}

/** Lives a ticket again until `until`, watching for other rules that could touch it; null where the record does not begin with an opening. */
export function replay(
  past: PastTicket,
  configurations: Configurations,
  until: Instant,
  watch: Watch | null = null,
): Replay | null {
  const [opening, ...later] = updatesOf(past.log)
  if (opening === undefined) return null
  const again = new Again(new Life(past, configurations, watch))
  again.live(opening)
  for (const update of later) {
    again.life.passUntil(update.at)
    if (update.own.length > 0) again.live(update)
  }
  again.life.passUntil(until)
  const { ticket, steps, log, marks, isTouched, dueAt } = again.life
  return ticket === null ? null : { ticket, steps, log, marks, dueAt, skipped: again.skipped, isTouched }
}

/** Puts recorded updates to a life that may have gone apart from the record. */
class Again {
  readonly life: Life
  readonly skipped: { at: Instant; command: Command['kind']; refusal: string }[] = []
  /** Where a recorded event stands in this log, for undos that name it. */
  private readonly seqOf = new Map<number, number>()

  constructor(life: Life) {
    this.life = life
  }

  /** Lives one recorded update again. */
  live(update: RecordedUpdate): void {
    if (update.isEcho) {
      this.life.marks.add('depends_on_webhook')
      if (!this.toldWebhook(update)) return
    }
    const { before } = update
    const isAsRecorded =
      this.life.ticket === null || (before !== null && differing(this.life.ticket, before).length === 0)
    const events = isAsRecorded ? this.asRecorded(update.own) : this.askedAgain(update)
    const [first] = update.own
    if (events.length > 0 && first !== undefined) this.life.update(events, update.at, first.actor, update.id)
  }

  /** Whether the rule whose webhook brought an echo has told that webhook here, too. */
  private toldWebhook({ own }: RecordedUpdate): boolean {
    const causes = new Set(own.map(({ causeEventId }) => causeEventId))
    const ruleIds = this.life.past.log.flatMap(({ id, actor }) =>
      causes.has(id) && actor.type === 'rule' ? [actor.id] : [],
    )
    return this.life.steps.some(({ sent }) =>
      sent.some(({ kind, ruleId }) => kind === 'webhook' && ruleIds.includes(ruleId)),
    )
  }

  /** Same state, same request: what was decided then is what would be decided now. */
  private asRecorded(own: readonly TicketEvent[]): readonly NewEvent[] {
    let seq = this.life.ticket?.seq ?? 0
    return own.map((event) => {
      this.seqOf.set(event.seq, ++seq)
      const { kind, payload, actor, causeEventId } = event
      const renumbered =
        event.kind === 'undone'
          ? { ...event.payload, seqs: event.payload.seqs.flatMap((each) => this.seqOf.get(each) ?? []) }
          : payload
      const cause = causeEventId === null ? {} : { causeEventId }
      return { kind, payload: renumbered, actor, ...cause } as NewEvent
    })
  }

  /** The state is another one: the request is put to the ticket anew. What it refuses is left out and marked. */
  private askedAgain({ own, at }: RecordedUpdate): readonly NewEvent[] {
    const { commands, kept } = commandsOf(own)
    const configuration = this.life.configurations.at(at)
    const actor = own[0]?.actor ?? { type: 'system', id: null }
    const events: NewEvent[] = []
    let ticket = this.life.ticket
    for (const command of commands) {
      if (ticket === null) break
      const decision = decide(ticket, command, contextOf(actor, at, configuration, {}))
      if (!decision.ok) {
        this.skipped.push({ at, command: command.kind, refusal: decision.refusal.name })
        this.life.marks.add('skipped_command')
        continue
      }
      events.push(...decision.events)
      ticket = stamped(decision.events, ticket, at, actor).reduce<Ticket>(evolve, ticket)
    }
    const asTheyWere = kept.map((event) => this.fitting(event, ticket))
    return [...events, ...this.asRecorded(asTheyWere)]
  }

  /** An undo sets back only what is here as it was when it was undone. */
  private fitting(event: TicketEvent, ticket: Ticket | null): TicketEvent {
    if (event.kind !== 'undone' || ticket === null) return event
    const restores = event.payload.restores.filter((restore) => {
      const now = restore.field === 'fields' ? ticket.fields[restore.fieldId] : ticket[restore.field]
      return JSON.stringify(now ?? null) === JSON.stringify(restore.from)
    })
    return { ...event, payload: { ...event.payload, restores } }
  }
}
