// A small world for conditions: random tickets as rows and as scenes, and random conditions about them, from one seed.
import { instant } from '#kit/time.ts'
import { noCalendars } from '#rules/calendar.ts'
import type { Cond, Leaf, Op } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import { isListable, opsOf, specOf, type PathSpec } from '#rules/paths.ts'
import { noContent, type MessageText, type PersonFacts, type Scene } from '#rules/scene.ts'
import type { Database } from '#store/database.ts'
import { join, raw, sql } from '#store/sql.ts'
import { columnsOf } from '#tickets/write/columns.ts'
import { indexTickets } from '#tickets/search-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { randomOf, type Random } from '../../demo/random.ts'

export const now = instant(Date.parse('2026-03-02T09:00:00Z'))
const DAY = 86_400_000
const words = [
  'refund',
  'refunds',
  'Größe',
  'straße',
  'late parcel',
  'café',
  '漢字です',
  'the bus',
  'AB-12',
  'ann@x.com',
  "can't",
]
const named = (id: number, name: string) => ({ id, name, archived: false })

export const directory: Directory = {
  teams: [named(1, 'North'), named(2, 'South East')],
  agents: [
    { ...named(1, 'Ada'), email: 'ada@desk.example' },
    { ...named(2, 'Bo Lee'), email: 'bo@desk.example' },
  ],
  categories: [
    { id: 1, path: 'billing', parentId: null, archived: false },
    { id: 2, path: 'billing/refund', parentId: 1, archived: false },
    { id: 3, path: 'shipping', parentId: null, archived: false },
  ],
  fields: [
    { id: 1, key: 'order', label: 'Order', type: 'text', options: [], personal: false, archived: false },
    { id: 2, key: 'amount', label: 'Amount', type: 'number', options: [], personal: false, archived: false },
    { id: 3, key: 'gift', label: 'Gift', type: 'checkbox', options: [], personal: false, archived: false },
    { id: 4, key: 'due', label: 'Due', type: 'date', options: [], personal: false, archived: false },
    {
      id: 5,
      key: 'size',
      label: 'Size',
      type: 'select',
      options: ['s', 'm', 'x l'],
      personal: false,
      archived: false,
    },
    {
      id: 6,
      key: 'colours',
      label: 'Colours',
      type: 'multi_select',
      options: ['red', 'blue'],
      personal: false,
      archived: false,
    },
  ],
  tags: new Set(['vip', 'billing', 'two words']),
  queues: [named(1, 'First line')],
  brands: [named(1, 'Docket'), named(2, 'Other')],
  mailboxes: [named(1, 'help@desk.example')],
  calendars: new Set(),
}

const languages = ['en', 'de', null]
const people: readonly (PersonFacts & { organizationId: number | null })[] = Array.from(
  { length: 6 },
  (_, index) => ({
    id: index + 1,
    name: ['Ada', 'Bo Lee', 'Cy Größe', 'Dee Refund', '', 'Eve'][index] ?? '',
    email: index === 4 ? null : `person${index}@${index % 2 === 0 ? 'acme.com' : 'x.org'}`,
    otherEmails: index === 1 || index === 2 ? [`home${index}@x.org`] : [],
    language: languages[index % 3] ?? null,
    tags: index === 2 ? ['vip'] : [],
    createdAt: instant(Date.parse(now) - index * 10 * DAY),
    organizationId: index % 2 === 0 ? 1 : null,
  }),
)
const organizations = [
  { id: 1, name: 'Acme Ltd', tags: ['vip'] },
  { id: 2, name: 'Other', tags: [] },
]

/** A ticket as the fold leaves it, with the content around it. */
export type Case = {
  readonly ticket: Ticket
  readonly messages: readonly MessageText[]
  readonly subject: string
  readonly readSeq: number
}

export function randomCase(random: Random, id: number): Case {
  const past = (days: number) => instant(Date.parse(now) - random.whole(0, days * 86_400) * 1000)
  const maybe = <T>(value: () => T): T | null => (random.chance(0.6) ? value() : null)
  const some = <T>(items: readonly T[]) => items.filter(() => random.chance(0.4))
  const status = random.pick(['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const)
  const openedAt = past(40)
  const fields: Record<string, unknown> = {}
  const set = (field: number, value: unknown) => random.chance(0.6) && (fields[field] = value)
  set(1, random.pick(['A-1', 'a-1', '', 'B "2"']))
  set(2, random.pick([0, 1.5, -3, 100]))
  set(3, random.chance(0.5))
  set(4, random.pick(['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03']))
  set(5, random.pick(['s', 'm', 'x l']))
  set(6, some(['red', 'blue']))
  const ticket = {
    id,
    seq: 3,
    subjectRevisionId: null,
    status,
    statusSince: past(5),
    labelId: maybe(() => random.whole(1, 2)),
    priority: random.pick(['low', 'normal', 'high', 'urgent'] as const),
    type: maybe(() => random.pick(['question', 'incident'] as const)),
    categoryId: maybe(() => random.whole(1, 3)),
    tags: some(['billing', 'two words', 'vip']),
    fields,
    requesterId: random.whole(1, 6),
    organizationId: maybe(() => random.whole(1, 2)),
    participants: some([
      { personId: 2, role: 'cc' },
      { personId: 3, role: 'follower' },
    ]),
    assigneeId: maybe(() => random.whole(1, 2)),
    previousAssigneeId: null,
    teamId: maybe(() => random.whole(1, 2)),
    queueId: maybe(() => 1),
    brandId: random.whole(1, 2),
    mailboxId: maybe(() => 1),
    channel: random.pick(['email', 'form', 'api'] as const),
    formId: null,
    snoozedUntil: random.chance(0.2) ? instant(Date.parse(now) + DAY) : null,
    customerReplied: false,
    flags: {
      spam: random.chance(0.1),
      deleted: random.chance(0.1),
      purged: false,
      mergedInto: random.chance(0.1) ? 1 : null,
    },
    openedAt,
    updatedAt: past(3),
    resolvedAt: status === 'resolved' ? past(2) : null,
    closedAt: status === 'closed' ? past(1) : null,
    closeReason: null,
    reopenCount: random.whole(0, 3),
    links: [],
    mergedIn: [],
    splitOff: [],
    splitFrom: null,
    sideConversations: [],
    newestPublic: null,
    inboundCount: random.whole(0, 3),
    replyCount: random.whole(0, 3),
    lastInboundAt: maybe(() => past(4)),
    lastReplyAt: maybe(() => past(4)),
    unansweredSince: null,
  } as unknown as Ticket
  const messages = Array.from({ length: random.whole(1, 3) }, (_, index) => ({
    id: id * 10 + index,
    kind: 'reply' as const,
    direction: 'inbound' as const,
    authorId: ticket.requesterId,
    authorRole: 'requester' as const,
    text: random.chance(0.9) ? `${random.pick(words)} ${random.pick(words)}` : null,
    thanks: false,
    attachmentCount: random.chance(0.15) ? 1 : 0,
    recipients: [],
    isAutoReply: false,
  }))
  const subject = `${random.pick(words)}${random.chance(0.5) ? ` ${random.pick(words)}` : ''}`
  return { ticket, messages, subject, readSeq: random.whole(0, 4) }
}

/** The scene of a case, as a reader of lists sees it. */
export function sceneOf({ ticket, messages, subject, readSeq }: Case, zone: string): Scene {
  const requester = people.find(({ id }) => id === ticket.requesterId) ?? null
  return {
    before: null,
    now: ticket,
    at: now,
    zone,
    update: null,
    directory,
    calendars: noCalendars,
    reader: { agentId: 1, readSeq, lastMessageSeq: 3 },
    content: {
      ...noContent,
      subject,
      messages,
      requester,
      organization: organizations.find(({ id }) => id === ticket.organizationId) ?? null,
      participantEmails: new Map(
        people.flatMap(({ id, email, otherEmails = [] }) =>
          email === null ? [] : [[id, [email, ...otherEmails]]],
        ),
      ),
    },
  }
}

/** Writes the world's people and the cases' rows into an empty database of its own. */
export async function writeWorld(db: Database, cases: readonly Case[]): Promise<void> {
  for (const { id, name, tags } of organizations)
    await db.rows(
      sql`insert into organization (id, name, tags) overriding system value values (${id}, ${name}, ${tags})`,
    )
  for (const { id, name, email, otherEmails = [], language, tags, createdAt, organizationId } of people) {
    await db.rows(sql`insert into person (id, name, email, language, tags, created_at, organization_id)
      overriding system value values (${id}, ${name}, ${email}, ${language}, ${tags}, ${createdAt}, ${organizationId})`)
    for (const address of otherEmails)
      await db.rows(sql`insert into person_address (address, person_id) values (${address}, ${id})`)
  }
  for (const { ticket, messages, subject, readSeq } of cases) {
    const { id, ...state } = ticket
    const row = columnsOf(ticket)
    const columns = join(Object.keys(row).map((name) => raw(name)))
    await db.hot(sql`insert into ticket (id, subject, last_message_seq, ${columns})
      select ${id}, ${subject}, 3, ${columns} from jsonb_populate_record(null::ticket, ${JSON.stringify(row)})`)
    await db.hot(sql`insert into ticket_state (ticket_id, state) values (${id}, ${JSON.stringify(state)})`)
    await db.hot(sql`insert into ticket_read (ticket_id, agent_id, seq) values (${id}, 1, ${readSeq})`)
    for (const each of messages) {
      await db.hot(sql`insert into message (id, ticket_id, kind, direction, author_id, author_type, channel, at, body_text, redacted_at)
        values (${each.id}, ${id}, ${each.kind}, ${each.direction}, ${each.authorId}, 'requester', 'email', ${now},
          ${each.text ?? 'a secret refund'}, ${each.text === null ? now : null})`)
      if (each.attachmentCount > 0)
        await db.hot(
          sql`insert into attachment (message_id, sha256, name, type, size) values (${each.id}, '', 'a', 'b', 1)`,
        )
    }
  }
  await indexTickets(
    db,
    cases.map(({ ticket }) => ticket.id),
  )
}

const paths =
  `status priority type channel team assignee category queue brand mailbox onHoldLabel language tags participants
  number flag snoozed unread hasAttachment subject text anyMessage.text requester requester.name requester.email
  requester.domain requester.language requester.tags requester.createdAt organization organization.name organization.tags
  count.reopens count.publicReplies count.inbound created updated resolved closed age timeInStatus timeSinceInbound
  timeSinceReply timeSinceUpdate field.order field.amount field.gift field.due field.size field.colours`.split(
    /\s+/,
  )

/** A condition that a list can ask, up to three groups deep. */
export function randomCondition(random: Random, depth = 0): Cond {
  const kind = depth >= 3 ? 1 : random.next()
  const parts = () =>
    Array.from({ length: random.whole(depth === 0 ? 1 : 2, 3) }, () => randomCondition(random, depth + 1))
  if (kind < 0.25) return { all: parts() }
  if (kind < 0.4) return { any: parts() }
  if (kind < 0.5) return { not: randomCondition(random, depth + 1) }
  return randomLeaf(random)
}

function randomLeaf(random: Random): Leaf {
  const field = random.pick(paths)
  const spec = specOf(field, directory)
  if (spec === null) throw new Error(`Bug: ${field}`)
  const op = random.pick(opsOf(field, spec).filter((each) => isListable(field, each, spec)))
  if (op === 'empty') return { field, op, value: random.chance(0.5) }
  if (spec.type === 'yes_no') return { field, op, value: random.chance(0.5) }
  const one = () => oneValue(random, field, spec)
  if (op === 'between') {
    const ends = [one(), one()].toSorted((a, b) => (a < b ? -1 : 1))
    return { field, op, value: { from: ends[0] ?? 0, to: ends[1] ?? 0 } }
  }
  const isList: readonly Op[] = ['in', 'not_in', 'has_any', 'has_all', 'has_none']
  if (isList.includes(op))
    return { field, op, value: [...new Set(Array.from({ length: random.whole(1, 3) }, one))] as string[] }
  return { field, op, value: one() }
}

function oneValue(random: Random, field: string, spec: PathSpec): string | number {
  if (field === 'assignee' && random.chance(0.2)) return 'me'
  if (spec.refers !== undefined)
    return random.whole(
      1,
      spec.refers === 'category' ? 3 : spec.refers === 'queue' || spec.refers === 'mailbox' ? 1 : 2,
    )
  if (spec.choices !== undefined) return random.pick(spec.choices)
  if (field === 'tags' || field.endsWith('.tags')) return random.pick(['vip', 'billing', 'two words'])
  switch (spec.type) {
    case 'people':
      return random.pick(['2', '3', 'person1@x.org', 'home2@x.org', 'person2@acme.com'])
    case 'word':
      return random.pick([
        'acme.com',
        'x.org',
        'person0@acme.com',
        'person1@x.org',
        'home1@x.org',
        'en',
        'de',
        'acme ltd',
        'Other',
      ])
    case 'text':
      return spec.field === undefined ? random.pick(words) : random.pick(['A-1', 'B "2"', 'none such'])
    case 'number':
      return spec.field === undefined ? random.whole(0, 6) : random.pick([0, 1.5, -3, 99])
    case 'duration':
      return random.pick([60, 3_600, 86_400, 3 * 86_400])
    default:
      return random.pick(['2026-03-01', 'today', '-2d', '-12h', '2026-02-20', '2026-03-01T12:00:00Z'])
  }
}

export { randomOf }
