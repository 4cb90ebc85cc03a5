// Where a message would go: the live rules are asked as if it had just come, then the queues. Nothing is written.
import { contextOf } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { asRequester, type Decided } from '#desk/update.ts'
import { snapshotAround } from '#desk/routing/look.ts'
import { sceneOf } from '#desk/rules/scene.ts'
import { wouldSettle } from '#desk/rules/settle.ts'
import type {
  BrandId,
  MailboxId,
  MessageId,
  PersonId,
  SubjectRevisionId,
  TicketId,
  UpdateId,
} from '#kit/ids.ts'
import { peopleByEmail } from '#people/person-store.ts'
import { askedBy, queueOf } from '#routing/ask.ts'
import { unitsOf } from '#routing/load.ts'
import type { Requirement } from '#routing/model.ts'
import { explain } from '#routing/route.ts'
import { needsOfPaths } from '#rules/rulebook.ts'
import type { Db } from '#store/database.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { plainText } from '#tickets/write/message-store.ts'

export type Traced = {
  readonly ruleIds: readonly number[]
  readonly queueId: number | null
  readonly needs: readonly Requirement[]
  /** How many agents could take it at this moment. */
  readonly couldTake: number
}

type Asked = {
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly mailbox: { readonly id: number; readonly brandId: number } | null
}

/** Follows a mail through rules and queues. Refuses nothing. */
export async function traceMessage(desk: Desk, db: Db, asked: Asked): Promise<Traced> {
  const setup = await desk.setup.now()
  const opened = await wouldOpen(desk, db, asked)
  const { ticket, ruleIds } = await wouldSettle(db, opened)
  const all = needsOfPaths(new Set(['subject', 'text', 'requester', 'organization', 'participants']))
  const scene = { ...(await sceneOf(db, { ...opened, now: ticket }, all)), now: ticket }
  const named = setup.routing.queues.find(({ id }) => id === ticket.queueId)
  const queue = named ?? queueOf(setup.routing, scene)
  if (queue === null) return { ruleIds, queueId: null, needs: [], couldTake: 0 }
  const needs = askedBy(setup.routing, queue, scene)
  const live = await snapshotAround(desk, db, queue.id)
  const now = live.snapshot.at
  const waiting = {
    id: 0,
    queueId: queue.id,
    enteredAt: now,
    eligibleAt: now,
    lane: 0,
    priority: ticket.priority,
    channel: ticket.channel,
    teamId: ticket.teamId,
    units: unitsOf(setup.routing.units, ticket.channel, ticket.categoryId, 1),
    needs,
    secondsLeft: null,
    percentUsed: 0,
    handleSeconds: null,
    affinityAgentId: null,
    reserved: null,
    excluded: [],
    outOfSightOf: [],
  }
  const seen = explain({ ...live.snapshot, tickets: [waiting] }, 0)
  return { ruleIds, queueId: queue.id, needs, couldTake: seen?.candidates.length ?? 0 }
}

async function wouldOpen(desk: Desk, db: Db, { from, subject, text, mailbox }: Asked): Promise<Decided> {
  const setup = await desk.setup.now()
  const at = desk.clock.now()
  const [known] = await peopleByEmail(db, [from.toLowerCase()])
  const requesterId = known?.id ?? (0 as PersonId)
  const by = asRequester(requesterId)
  const messageId = 0 as MessageId
  const decision = decide(
    null,
    {
      kind: 'open',
      messageId,
      messageKind: 'reply',
      direction: 'inbound',
      requesterId,
      brandId: (mailbox?.brandId ?? 1) as BrandId,
      ...(mailbox === null ? {} : { mailboxId: mailbox.id as MailboxId }),
      channel: 'email',
      set: { subjectRevisionId: 0 as SubjectRevisionId },
    },
    contextOf(by, at, setup, {}),
  )
  if (!decision.ok) throw new Error(`Bug: a traced message was refused: ${decision.refusal.name}`)
  const updateId = 0 as UpdateId
  const events = stamp(decision.events, {
    ticketId: 0 as TicketId,
    firstSeq: 1,
    at,
    updateId,
    actor: by.actor,
  })
  const now = events.reduce<Ticket | null>(evolve, null)
  if (now === null) throw new Error('Bug: a traced message folded to nothing')
  const message = {
    ...plainText,
    id: messageId,
    kind: 'reply',
    direction: 'inbound',
    authorId: requesterId,
    authorType: 'requester',
    channel: 'email',
    at,
    bodyText: text,
  } as const
  const content = {
    subject: { id: 0 as SubjectRevisionId, text: subject },
    messages: [message],
    via: 'mail',
  } as const
  return { before: null, now, events, by, at, setup, content, updateId }
}
