// Plays the stories on a desk, through the same `act` as everybody, at their own times. Nothing is mailed.
import { act, bySystem, open, type By, type Content } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { asRequester } from '#desk/receive-message.ts'
import type {
  BrandId,
  CategoryId,
  MailboxId,
  MessageId,
  PersonId,
  SubjectRevisionId,
  TeamId,
  TicketId,
} from '#kit/ids.ts'
import { instant, type Instant } from '#kit/time.ts'
import { addAgent, addTeam, setTeamsOf } from '#people/agent-store.ts'
import { identify } from '#people/person-store.ts'
import { hashPassword } from '#people/secrets.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Command } from '#tickets/command.ts'
import { defaultMailbox, setDefaultMailbox } from '#tickets/mailbox-store.ts'
import { readSettings, writeSettings } from '#tickets/settings-store.ts'
import { addCategory, addField, findCategory, noteTags } from '#tickets/taxonomy-store.ts'
import type { NewMessageRow } from '#tickets/write-store.ts'
import { agents, categories, company, products, tags, teams, type TeamName } from './company.ts'
import type { Step, Story } from './story.ts'

export const PASSWORD = 'lumen and lark'

export type Cast = {
  readonly agents: readonly PersonId[]
  readonly teams: ReadonlyMap<TeamName, TeamId>
  readonly categories: ReadonlyMap<string, CategoryId>
  readonly mailboxId: MailboxId
  readonly brandId: BrandId
}

/** Sets the company up: settings, mailbox, teams, agents, categories, tags, fields. */
export async function setUp(desk: Desk, tx: Transaction, at: Instant): Promise<Cast> {
  const settings = await readSettings(tx)
  await writeSettings(tx, { ...settings, deskName: company.name, signature: company.signature }, at, null)
  await setDefaultMailbox(tx, company.address, company.name)
  const mailbox = await defaultMailbox(tx)
  if (mailbox === null) throw new Error('Bug: no mailbox')
  const byTeam = new Map<TeamName, TeamId>()
  for (const name of teams) byTeam.set(name, (await addTeam(tx, name)) ?? (0 as TeamId))
  const passwordHash = await hashPassword(PASSWORD)
  const ids: PersonId[] = []
  for (const { name, role, team } of agents) {
    const id = await addAgent(tx, { email: emailOf(name), name, role, passwordHash, at })
    if (id === null) throw new Error(`${name} is there already`)
    await setTeamsOf(tx, id, [byTeam.get(team) ?? 0])
    ids.push(id)
  }
  await noteTags(tx, tags)
  const field = { options: [], help: null, requiredOnResolve: false, personal: false }
  await addField(tx, { ...field, key: 'orderNumber', label: 'Order number', type: 'text' })
  await addField(tx, { ...field, key: 'product', label: 'Product', type: 'select', options: products })
  desk.rules.forget()
  const paths = await setUpCategories(tx)
  return {
    agents: ids,
    teams: byTeam,
    categories: paths,
    mailboxId: mailbox.id as MailboxId,
    brandId: mailbox.brandId as BrandId,
  }
}

export function emailOf(name: string): string {
  return `${name
    .normalize('NFKD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(' ', '.')}@lumenandlark.example`
}

async function setUpCategories(tx: Transaction): Promise<Map<string, CategoryId>> {
  const paths = new Map<string, CategoryId>()
  for (const [name, { below }] of Object.entries(categories)) {
    const parentId = await addCategory(tx, name, null)
    const parent = parentId === null ? null : await findCategory(tx, parentId)
    for (const leaf of below)
      paths.set(`${name}/${leaf}`, (await addCategory(tx, leaf, parent)) ?? (0 as CategoryId))
  }
  return paths
}

/** Plays some stories in one transaction: first they all begin, in order, then each goes on. */
export async function play(desk: Desk, tx: Transaction, cast: Cast, some: readonly Story[]): Promise<void> {
  const begun: { story: Story; ticketId: TicketId; requesterId: PersonId }[] = []
  for (const story of some) begun.push({ story, ...(await begin(desk, tx, cast, story)) })
  for (const { story, ...ids } of begun)
    for (const step of story.steps) await take(desk, tx, cast, { ...ids, requester: story.requester }, step)
}

async function begin(desk: Desk, db: Db, cast: Cast, story: Story) {
  const at = instant(story.at)
  const requesterId = await identify(db, story.requester.email, story.requester.name)
  const subjectRevisionId = (await desk.ids.next()) as SubjectRevisionId
  const message = await row(desk, {
    at,
    direction: 'inbound',
    kind: 'reply',
    authorId: requesterId,
    text: story.text,
    channel: story.channel,
  })
  const attachments = story.attachment ? [await photo(desk)] : []
  const outcome = await open(
    desk,
    db,
    {
      kind: 'open',
      messageId: message.id,
      messageKind: 'reply',
      direction: 'inbound',
      requesterId,
      brandId: cast.brandId,
      mailboxId: cast.mailboxId,
      channel: story.channel,
      set: { subjectRevisionId },
    },
    asRequester(requesterId),
    {
      at,
      silent: true,
      subject: { id: subjectRevisionId, text: story.subject },
      messages: [{ ...message, attachments }],
    },
  )
  if (!outcome.ok) throw new Error(`A story could not begin: ${outcome.refusal.name}`)
  return { ticketId: outcome.ticket.id, requesterId }
}

type Said = {
  at: Instant
  direction: 'inbound' | 'outbound' | 'internal'
  kind: 'reply' | 'note'
  authorId: PersonId
  text: string
  channel: 'email' | 'form'
  quoted?: string | null
  to?: readonly { name: string; email: string }[]
}

async function row(desk: Desk, said: Said): Promise<NewMessageRow> {
  return {
    id: (await desk.ids.next()) as MessageId,
    kind: said.kind,
    direction: said.direction,
    authorId: said.authorId,
    authorType: said.direction === 'inbound' ? 'requester' : 'agent',
    channel: said.channel,
    at: said.at,
    bodyText: said.text,
    bodyHtml: null,
    quotedText: said.quoted ?? null,
    recipients: { to: said.to ?? [], cc: [] },
    rfcMessageId: null,
    rfcReferences: [],
    rawMailId: null,
    attachments: [],
    uploadIds: [],
  }
}

/** One pixel of warm light. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
)

async function photo(desk: Desk) {
  return {
    sha256: await desk.blobs.put(PNG),
    name: 'photo.png',
    type: 'image/png',
    size: PNG.length,
    contentId: null,
    inline: false,
  }
}

/** Refusals are part of life: an agent who comes too late simply does not. */
async function take(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  ids: { ticketId: TicketId; requesterId: PersonId; requester: Story['requester'] },
  step: Step,
): Promise<void> {
  const at = instant(step.at)
  const { command, by, content } = await asCommand(desk, cast, ids, step, at)
  await act(desk, tx, ids.ticketId, command, by, { ...content, at, silent: true })
}

async function asCommand(
  desk: Desk,
  cast: Cast,
  { requesterId, requester }: { requesterId: PersonId; requester: Story['requester'] },
  step: Step,
  at: Instant,
): Promise<{ command: Command; by: By; content: Content }> {
  const agent = 'agent' in step ? byAgent(cast, step.agent) : bySystem
  const plain = (command: Command) => ({ command, by: agent, content: {} })
  switch (step.does) {
    case 'triage': {
      const categoryId = cast.categories.get(step.category) ?? null
      const teamId = cast.teams.get(step.team) ?? null
      return plain({ kind: 'set', categoryId, teamId, priority: step.priority, addTags: step.tags })
    }
    case 'assign':
      return plain({ kind: 'set', assigneeId: cast.agents[step.to] ?? null })
    case 'snooze':
      return plain({ kind: 'snooze', until: instant(step.until) })
    case 'spam':
      return plain({ kind: 'markSpam' })
    case 'close':
      return plain({ kind: 'autoClose' })
    case 'note':
    case 'reply': {
      const isNote = step.does === 'note'
      const authorId = cast.agents[step.agent] ?? requesterId
      const message = await row(desk, {
        at,
        kind: step.does,
        direction: isNote ? 'internal' : 'outbound',
        authorId,
        text: step.text,
        channel: 'email',
        to: isNote ? [] : [requester],
      })
      const about = {
        messageId: message.id,
        channel: 'email',
        attachmentCount: 0,
        recipientCount: isNote ? 0 : 1,
      } as const
      const command: Command = isNote
        ? { kind: 'note', ...about }
        : { kind: 'reply', ...about, set: { status: step.status } }
      return { command, by: agent, content: { messages: [message] } }
    }
    case 'customer': {
      const message = await row(desk, {
        at,
        kind: 'reply',
        direction: 'inbound',
        authorId: requesterId,
        text: step.text,
        channel: 'email',
        quoted: step.quoted,
      })
      const command: Command = {
        kind: 'receive',
        authorId: requesterId,
        messageId: message.id,
        channel: 'email',
        thanks: step.thanks,
        attachmentCount: 0,
        recipientCount: 0,
      }
      return { command, by: asRequester(requesterId), content: { messages: [message] } }
    }
  }
}

function byAgent(cast: Cast, index: number): By {
  const id = cast.agents[index] ?? null
  return {
    actor: { type: 'agent', id },
    role: agents[index]?.role ?? 'agent',
    personId: id,
    mayReopenClosed: true,
  }
}
