// One life, step by step: what somebody wrote or changed, as a command at its own moment. What the rules of this desk would refuse was
// lawful there: it is said as it stood.
import { NOBODY, type Cast } from '#imports/people.ts'
import { valueFor } from '#imports/read-field-value.ts'
import type { ReadyTicket } from '#imports/ready.ts'
import { safeHtml } from '#imports/safe-html.ts'
import type { Step, TicketState, TicketStory } from '#imports/story.ts'
import { act } from '#desk/act.ts'
import { begin as beginTicket } from '#desk/begin.ts'
import type { Desk } from '#desk/desk.ts'
import type { InHand } from '#desk/in-hand.ts'
import { asParticipant, asRequester, bySystem, type By, type Content } from '#desk/update.ts'
import type { MessageId, PersonId, SubjectRevisionId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Transaction } from '#store/database.ts'
import { wordsIn } from '#tickets/property.ts'
import type { Changes, Command } from '#tickets/command.ts'
import { plainText, type NewMessageRow } from '#tickets/write/message-store.ts'

type Target = { readonly id: TicketId; readonly inHand?: InHand }
const SILENT = { silent: true, via: 'import' } as const

/** Opens a ticket with the first of its messages; the steps that are left. */
export async function begin(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  inHand: InHand,
  ticket: ReadyTicket,
): Promise<readonly Step[]> {
  const { story } = ticket
  const first = story.steps.findIndex(({ message }) => message !== null)
  const opening = story.steps[first]
  if (opening === undefined) throw new Error('a ticket without any message')
  const set = Object.assign({}, ...story.steps.slice(0, first + 1).map((step) => step.set)) as TicketState
  const requesterId = personOf(cast, story.requester)
  const message = await messageOf(desk, cast, ticket, opening)
  const { status, ...changes } = await changesOf(desk, cast, { ...set, subject: undefined as never })
  const at = opening.at < story.openedAt ? opening.at : story.openedAt
  const outcome = await beginTicket(desk, tx, {
    requesterId,
    message,
    subject: set.subject ?? story.subject,
    by: message.direction === 'inbound' ? asRequester(requesterId) : byOf(cast, opening.by),
    set: changes,
    from: {
      openedFor: 'import',
      importedStatus: status ?? 'new',
      participants: story.participants.map(({ person, role }) => ({
        personId: personOf(cast, person),
        role,
      })),
    },
    content: { ...SILENT, at, inHand },
  })
  if (!outcome.ok) throw new Error(`it could not begin: ${outcome.refusal.name}`)
  return story.steps.slice(first + 1)
}

/** What somebody wrote, and what was changed with it. */
export async function takeStep(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  target: Target,
  ticket: ReadyTicket,
  step: Step,
): Promise<void> {
  const content: Content = {
    ...SILENT,
    at: step.at,
    ...(target.inHand === undefined ? {} : { inHand: target.inHand }),
  }
  if (step.message !== null) {
    const message = await messageOf(desk, cast, ticket, step)
    const said = { ...content, messages: [message] }
    const command = commandOf(message)
    const by = message.direction === 'inbound' ? byCustomer(cast, step.by, ticket.story) : byOf(cast, step.by)
    const outcome = await act(desk, tx, target.id, command, by, said)
    if (!outcome.ok) {
      // There somebody could still write: here it has to be open for that.
      await act(desk, tx, target.id, { kind: 'restate', status: 'open' }, bySystem, content)
      const again = await act(desk, tx, target.id, command, by, said)
      if (!again.ok) throw new Error(`a message could not be told: ${again.refusal.name}`)
    }
  }
  await restate(desk, tx, cast, target, step.set, byOf(cast, step.by), content)
}

/** How it stands at last; spam is marked. */
export async function endIt(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  target: Target,
  story: TicketStory,
): Promise<void> {
  const content: Content = {
    ...SILENT,
    at: story.end.at,
    ...(target.inHand === undefined ? {} : { inHand: target.inHand }),
  }
  const { subject: _, ...set } = story.end.set
  await restate(desk, tx, cast, target, set, bySystem, content)
  if (story.isSpam) await act(desk, tx, target.id, { kind: 'markSpam' }, bySystem, content)
}

async function restate(
  desk: Desk,
  tx: Transaction,
  cast: Cast,
  { id }: Target,
  set: TicketState,
  by: By,
  content: Content,
): Promise<void> {
  if (Object.keys(set).length === 0) return
  const changes = await changesOf(desk, cast, set)
  const subject =
    changes.subjectRevisionId === undefined
      ? {}
      : { subject: { id: changes.subjectRevisionId, text: set.subject ?? '' } }
  // Customers change nothing here: what they changed there was done for them.
  const outcome = await act(desk, tx, id, { kind: 'restate', ...changes }, by.role === null ? bySystem : by, {
    ...content,
    ...subject,
  })
  if (!outcome.ok) throw new Error(`a change could not be told: ${outcome.refusal.name}`)
}

async function changesOf(desk: Desk, cast: Cast, set: TicketState): Promise<Changes> {
  const { status, assignee, group, organization, tags, fields, subject } = set
  const teamId = group == null ? null : (cast.teams.get(group) ?? null)
  const organizationId = organization == null ? null : (cast.organizations.get(organization) ?? null)
  const values = Object.entries(fields ?? {}).flatMap(([name, value]) => {
    const field = cast.fields.get(name)
    const plain = field === undefined || field.personal ? undefined : valueFor(field.type, value)
    return field === undefined || plain === undefined ? [] : [[String(field.id), plain] as const]
  })
  return {
    ...(status === undefined ? {} : { status }),
    ...wordsIn(set),
    ...(assignee === undefined ? {} : { assigneeId: assignee === null ? null : personOf(cast, assignee) }),
    ...(group === undefined ? {} : { teamId: teamId as never }),
    ...(organization === undefined ? {} : { organizationId: organizationId as never }),
    ...(tags === undefined ? {} : { tags }),
    ...(values.length === 0 ? {} : { fields: Object.fromEntries(values) }),
    ...(subject === undefined ? {} : { subjectRevisionId: (await desk.ids.next()) as SubjectRevisionId }),
  }
}

async function messageOf(desk: Desk, cast: Cast, { files }: ReadyTicket, step: Step): Promise<NewMessageRow> {
  const { id, at, by, message } = step
  if (message === null) throw new Error('Bug: a step without a message')
  const { direction, text, html, quoted = null, channel, rfcMessageId } = message
  return {
    ...plainText,
    id: (await desk.ids.next()) as MessageId,
    kind: direction === 'internal' ? 'note' : 'reply',
    direction,
    authorId: personOf(cast, by),
    authorType: direction === 'inbound' ? 'requester' : 'agent',
    channel,
    at: at as Instant,
    bodyText: text,
    bodyHtml: html === null ? null : safeHtml(html),
    quotedText: quoted,
    rfcMessageId,
    attachments: files.get(id) ?? [],
  }
}

function commandOf(message: NewMessageRow): Command {
  const { id: messageId, channel, direction, authorId, attachments } = message
  const about = { messageId, channel, attachmentCount: attachments.length, recipientCount: 0 }
  if (direction === 'inbound')
    return { kind: 'receive', ...about, authorId: authorId as PersonId, thanks: false }
  return { kind: direction === 'internal' ? 'note' : 'reply', ...about }
}

function personOf({ people }: Cast, name: string | null): PersonId {
  const found = people.get(name ?? NOBODY)
  if (found === undefined) throw new Error('Bug: a story names somebody who is not in its cast')
  return found.id
}

/** Staff by the rights of their past; whoever else changed something is nobody here. */
function byOf({ people }: Cast, name: string | null): By {
  const found = name === null ? undefined : people.get(name)
  if (found === undefined || found.role === null) return bySystem
  return { actor: { type: 'agent', id: found.id }, role: 'admin', personId: found.id, mayReopenClosed: true }
}

function byCustomer(cast: Cast, name: string | null, { requester }: TicketStory): By {
  const id = personOf(cast, name)
  return name === requester ? asRequester(id) : asParticipant(id)
}
