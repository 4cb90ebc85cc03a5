// What rules ask for beyond changing the ticket, made of the ticket as the run has left it: notes and replies become messages,
// mails and webhooks rows that leave after the commit. Nothing is sent here.
import { answerOf } from '#desk/answer.ts'
import type { NewOutboxEntry, Recipient as Addressee } from '#channels/outbox-store.ts'
import type { NewDelivery } from '#channels/webhook-store.ts'
import type { Desk } from '#desk/desk.ts'
import { carrierOf } from '#desk/outbound/carrier.ts'
import { isOurs, mailboxOf, newMessageId } from '#desk/outbound/mails.ts'
import { addresseesOf } from '#desk/rules/recipients.ts'
import { matchOf, textsOf, type Texts } from '#desk/rules/texts.ts'
import type { UpdateScene } from '#desk/rules/scene.ts'
import type { Decided } from '#desk/update.ts'
import type { MessageId } from '#kit/ids.ts'
import { never } from '#kit/never.ts'
import { plus } from '#kit/time.ts'
import type { Effect } from '#rules/effect.ts'
import type { Addressed } from '#rules/recipients.ts'
import { render } from '#rules/render.ts'
import type { ReadyRule, Settled } from '#rules/settle.ts'
import { mailsByRule } from '#rules/scene-store.ts'
import type { Db } from '#store/database.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { Actor, NewEvent, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import { newTicketIds } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { type NewMessageRow } from '#tickets/write/message-store.ts'
import type { NewRuleLink } from '#tickets/write/ticket-write.ts'

/** What rules add to an update. */
export type CarriedOut = {
  readonly ticket: Ticket
  readonly events: readonly TicketEvent[]
  readonly messages: readonly NewMessageRow[]
  readonly outbox: readonly NewOutboxEntry[]
  readonly deliveries: readonly NewDelivery[]
  readonly links: readonly NewRuleLink[]
}

export function nothingDone(ticket: Ticket): CarriedOut {
  return { ticket, events: [], messages: [], outbox: [], deliveries: [], links: [] }
}

/** A rule may write so many mails to people outside in ten minutes; what is more waits for an administrator. */
const MOST_MAILS = 500
const BRAKE_SECONDS = 600

/** Turns a run into what is written. A new ticket gets its number here when a text has to name it. */
export async function carryOut(
  desk: Desk,
  db: Db,
  decided: Decided,
  settled: Settled,
  scene: UpdateScene,
): Promise<CarriedOut> {
  const isUnnumbered = decided.now.id === 0 && settled.effects.length > 0
  const [id = decided.now.id] = isUnnumbered ? await newTicketIds(db, 1) : []
  const writing = new Writing(desk, db, decided, { ...settled.ticket, id }, scene)
  writing.tellOwners(writing.add(settled.events, decided.now.seq))
  if (settled.effects.length > 0) await writing.carryOutAll(settled.effects)
  return writing.done()
}

/** Lives while the effects of one update are carried out. */
class Writing {
  private readonly desk: Desk
  private readonly db: Db
  private readonly decided: Decided
  private readonly scene: UpdateScene
  private readonly events: TicketEvent[] = []
  private readonly messages: NewMessageRow[] = []
  private readonly outbox: NewOutboxEntry[] = []
  private readonly deliveries: NewDelivery[] = []
  private readonly links: NewRuleLink[] = []
  private ticket: Ticket
  private texts: Texts | null = null
  private braked: ReadonlyMap<number, number> = new Map()

  constructor(desk: Desk, db: Db, decided: Decided, ticket: Ticket, scene: UpdateScene) {
    this.desk = desk
    this.db = db
    this.decided = decided
    this.ticket = ticket
    this.scene = scene
  }

  /** Events that the ticket holds already, or that are folded into it now. */
  add(events: readonly NewEvent[], afterSeq: number): readonly TicketEvent[] {
    const { at, by, updateId } = this.decided
    const how = { ticketId: this.ticket.id, firstSeq: afterSeq + 1, at, updateId, actor: by.actor }
    const stamped = stamp(events, how)
    this.events.push(...stamped)
    return stamped
  }

  /** Whoever owns a rule hears that it was switched off on this ticket. */
  tellOwners(events: readonly TicketEvent[]): void {
    const { setup, updateId } = this.decided
    for (const event of events) {
      if (event.kind !== 'rule_circuit_opened') continue
      const rule = setup.rulebook.byId.get(event.payload.ruleId)?.rule
      const owner = setup.directory.agents.find(({ id, archived }) => id === rule?.ownerId && !archived)
      if (rule === undefined || owner === undefined) continue
      const subject = `The rule “${rule.title}” was switched off on a ticket`
      const bodyText = `It fired so often on ticket #${this.ticket.id} that it is switched off there for an hour.\nLook at why: ${this.desk.baseUrl}/tickets/${this.ticket.id}`
      const byRule = { ruleId: rule.id, subject, bodyText, toAgent: true, held: false }
      this.post(`circuit:${updateId}:${rule.id}`, [owner], null, byRule)
    }
  }

  /** A row of the outbox; nothing in a simulation, or where there is no mailbox to send from. */
  private post(
    key: string,
    to: readonly Addressee[],
    messageId: MessageId | null,
    byRule: NonNullable<NewOutboxEntry['byRule']>,
  ): void {
    const mailbox = mailboxOf(this.ticket, this.decided.setup)
    if (mailbox === null || this.decided.content.silent === true) return
    this.outbox.push({
      key,
      kind: 'notification',
      messageId,
      mailboxId: mailbox.id,
      recipients: { to: to.slice(0, 1).map(plain), cc: to.slice(1).map(plain) },
      rfcMessageId: newMessageId(mailbox),
      sendAt: this.decided.at,
      byRule,
    })
  }

  private happen(events: readonly NewEvent[]): void {
    this.ticket = this.add(events, this.ticket.seq).reduce<Ticket>(evolve, this.ticket)
  }

  async carryOutAll(effects: readonly Effect[]): Promise<void> {
    const mailing = effects
      .filter(({ kind }) => kind === 'reply' || kind === 'notify')
      .map(({ ruleId }) => ruleId)
    if (mailing.length > 0)
      this.braked = await mailsByRule(this.db, mailing, plus(this.decided.at, -BRAKE_SECONDS))
    for (const effect of effects) await this.carryOut(effect)
  }

  private async carryOut(effect: Effect): Promise<void> {
    const ready = this.decided.setup.rulebook.byId.get(effect.ruleId)
    if (ready === undefined) return
    switch (effect.kind) {
      case 'note':
      case 'reply':
      case 'notify': {
        const text = await this.textOf(effect, ready)
        if (text === null) return
        if (effect.kind === 'note') return this.write(effect, ready, text.body, [])
        const to = await addresseesOf(this.db, this.decided, this.ticket, effect, ready.rule)
        const others = to.filter(({ email }) => !isOurs(email, this.decided.setup))
        if (effect.kind === 'reply') return this.write(effect, ready, text.body, others)
        for (const one of others) this.mail(effect, [one], { ...text, messageId: null })
        return
      }
      case 'assistant':
        return this.askAssistant(effect, ready)
      case 'webhook':
        return this.tellWebhook(effect, ready)
      case 'link': {
        const key = this.keyOf(effect)
        const { ruleId, ruleVersion, linkType, ticketId: otherId } = effect
        this.links.push({ key, otherId, linkType, ruleId, ruleVersion })
        return
      }
      default:
        never(effect)
    }
  }

  /** The fact is what its lane listens to; without a live assistant there is nobody to ask. */
  private askAssistant(effect: Effect & { readonly kind: 'assistant' }, ready: ReadyRule): void {
    if (this.decided.setup.assistant.config === null)
      return void this.refuse(effect, ready, { name: 'assistant_not_available', what: effect.config })
    const payload = { effectKind: 'assistant', key: this.keyOf(effect) }
    this.happen([{ kind: 'effect_queued', payload, actor: actorOf(ready), causeSeq: this.firingOf(effect) }])
  }

  private async tellWebhook(
    effect: Effect & { readonly kind: 'webhook' },
    { rule }: ReadyRule,
  ): Promise<void> {
    if (this.decided.content.silent === true) return
    const texts = await this.data()
    const key = this.keyOf(effect)
    const actor: Actor = { type: 'rule', id: effect.ruleId, version: effect.ruleVersion }
    const causeSeq = this.firingOf(effect)
    this.happen([{ kind: 'effect_queued', payload: { effectKind: 'webhook', key }, actor, causeSeq }])
    const data = {
      ticket: texts.ticket,
      requester: texts.requester,
      rule: { id: rule.id, key: rule.key, title: rule.title },
    }
    const payload = { type: 'ticket.rule_fired', timestamp: this.decided.at, data }
    this.deliveries.push({ key, endpoint: effect.endpoint, ruleId: rule.id, causeSeq, payload })
  }

  private keyOf({ ruleId, index }: Effect): string {
    return `rule:${this.decided.updateId}:${ruleId}:${index}`
  }

  private async data(): Promise<Texts> {
    return (this.texts ??= await textsOf(this.desk, this.db, this.decided, this.ticket, this.scene))
  }

  private async textOf(effect: Effect & { readonly template: string }, ready: ReadyRule) {
    const { rulebook } = this.decided.setup.rulebook
    const template = rulebook.templates.find(({ key }) => key === effect.template)
    if (template === undefined)
      return this.refuse(effect, ready, { name: 'not_found', what: `template ${effect.template}` })
    const rule = { title: ready.rule.title }
    const rendered = render(template, {
      ...(await this.data()),
      rule,
      match: matchOf(ready.rule, this.scene),
    })
    if (!rendered.ok) return this.refuse(effect, ready, { name: 'template_error', what: rendered.message })
    return rendered
  }

  /** An effect that could not be made is written down; the rest of the rule stands. */
  private refuse(effect: Effect, ready: ReadyRule, detail: { name: string; what: string }): null {
    const payload = {
      ruleId: effect.ruleId,
      ruleVersion: effect.ruleVersion,
      detail: { ...detail, effect: effect.kind },
    }
    this.happen([{ kind: 'action_refused', payload, actor: actorOf(ready), causeSeq: this.firingOf(effect) }])
    return null
  }

  /** The seq of the firing that asked for an effect: its cause. */
  private firingOf({ ruleId }: Effect): number {
    const fired = this.events.findLast(
      (event) => event.kind === 'rule_fired' && event.payload.ruleId === ruleId,
    )
    return fired?.seq ?? this.ticket.seq
  }

  private async write(
    effect: Effect,
    ready: ReadyRule,
    body: string,
    to: readonly Addressed[],
  ): Promise<void> {
    const openedBy = this.decided.before === null ? this.decided.by.actor : null
    const { message, command } = await answerOf(this.desk, {
      ticket: this.ticket,
      kind: effect.kind === 'note' ? 'note' : 'reply',
      author: { authorId: null, authorType: 'rule' },
      channel: (await carrierOf(this.db, this.ticket, openedBy)).channel,
      openedBy,
      at: this.decided.at,
      words: { bodyText: body },
      recipients: { to: to.map(plain), cc: [] },
    })
    const decision = decide(this.ticket, command, {
      at: this.decided.at,
      actor: actorOf(ready),
      actorRole: null,
      actorPersonId: null,
      mayReopenClosed: false,
      settings: this.decided.setup.settings,
      facts: {},
    })
    if (!decision.ok)
      return void this.refuse(effect, ready, { name: decision.refusal.name, what: effect.kind })
    const cause = { actor: actorOf(ready), causeSeq: this.firingOf(effect) }
    this.happen(decision.events.map((event) => ({ ...event, ...cause })))
    this.messages.push(message)
    if (message.kind === 'reply' && message.recipients.to.length > 0)
      this.mail(effect, to, { subject: null, body: null, messageId: message.id })
  }

  private mail(
    effect: Effect,
    to: readonly Addressed[],
    text: {
      readonly subject: string | null
      readonly body: string | null
      readonly messageId: MessageId | null
    },
  ): void {
    const [first] = to
    if (first === undefined || this.decided.content.silent === true) return
    const key = `${this.keyOf(effect)}:${first.personId}`
    const effectOf = { effectKind: effect.kind, key, recipientId: first.personId }
    const payload = text.messageId === null ? effectOf : { ...effectOf, messageId: text.messageId }
    const actor: Actor = { type: 'rule', id: effect.ruleId, version: effect.ruleVersion }
    this.happen([{ kind: 'effect_queued', payload, actor, causeSeq: this.firingOf(effect) }])
    const toAgent = to.every(({ isAgent }) => isAgent)
    const said = { ruleId: effect.ruleId, subject: text.subject, bodyText: text.body, toAgent }
    // Where they may answer by mail, each gets one of their own: its address is theirs alone.
    if (toAgent && this.decided.setup.desk.mail.agentAnswers !== 'off')
      for (const each of to)
        this.post(`${this.keyOf(effect)}:${each.personId}`, [each], text.messageId, { ...said, held: false })
    else
      this.post(key, to, text.messageId, {
        ...said,
        held: !toAgent && (this.braked.get(effect.ruleId) ?? 0) >= MOST_MAILS,
      })
  }

  done(): CarriedOut {
    const { ticket, events, messages, outbox, deliveries, links } = this
    return { ticket, events, messages, outbox, deliveries, links }
  }
}

function plain({ name, email }: Addressee): Addressee {
  return { name, email }
}

function actorOf({ rule, version }: ReadyRule): Actor {
  return { type: 'rule', id: rule.id, version }
}
