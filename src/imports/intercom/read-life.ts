// An Intercom conversation's life: what began it and its parts, each with how the conversation stood after it. Pure.
import type { Json } from '#imports/client.ts'
import { nameOf, secondsOf, within } from '#imports/intercom/read-records.ts'
import { begunAt, fixed, inTime, textOf, withOwnPictures } from '#imports/read-values.ts'
import type { FileStory, Step, TicketState, TicketStory } from '#imports/story.ts'
import type { Instant } from '#kit/time.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Channel, Status } from '#tickets/vocabulary.ts'

/** Closed there is what an answer opens again: resolved. What is snoozed waits. */
const STATUSES: Readonly<Record<string, Status>> = { open: 'open', closed: 'resolved', snoozed: 'pending' }
/** What a part does to the state, where it does not say how it stood. */
const DONE: Readonly<Record<string, Status>> = {
  open: 'open',
  assign_and_reopen: 'open',
  note_and_reopen: 'open',
  unsnoozed: 'open',
  timer_unsnooze: 'open',
  assign_and_unsnooze: 'open',
  close: 'resolved',
  snoozed: 'pending',
}
const CHANNELS: Readonly<Record<string, Channel>> = {
  email: 'email',
  phone_call: 'phone',
  phone_switch: 'phone',
}
/** Parts whose words the customer has read. What stands in any other, such as why it was handed on, stayed inside. */
const SAID = new Set(['comment', 'quick_reply', 'open', 'close'])

/** The story of a conversation as it is told whole. */
export function lifeOf(conversation: Json): TicketStory {
  const parts = within(conversation, 'conversation_parts', 'conversation_parts')
  const total = Number(
    (conversation['conversation_parts'] as Json | undefined)?.['total_count'] ?? parts.length,
  )
  const openedAt = begunAt([conversation, ...parts].map((each) => secondsOf(each['created_at'])))
  const contacts = within(conversation, 'contacts', 'contacts').flatMap(({ id }) => fixed(id) ?? [])
  const source = (conversation['source'] ?? {}) as Json
  const author = (source['author'] ?? {}) as Json
  const requester = isContact(author) ? String(author['id']) : (contacts[0] ?? null)
  const channel = CHANNELS[String(source['type'])] ?? 'chat'
  const id = String(conversation['id'])
  const begun = stepOf({ ...source, id: `s${id}`, part_type: 'comment' }, { openedAt, channel })
  const unlisted = new Map(
    [source, ...parts].flatMap((each) => {
      const by = (each['author'] ?? {}) as Json
      const name = fixed(by['name'])
      const called = whoIs(by)
      return called === null || name === null ? [] : [[called, name] as const]
    }),
  )
  return {
    label: `IC-${id}`,
    number: null,
    subject: textOfHtml(fixed(conversation['title']) ?? textOf(source['subject'])).trim(),
    requester: requester === null ? null : nameOf.contact(requester),
    channel,
    openedAt,
    participants: contacts
      .filter((each) => each !== requester)
      .map((each) => ({ person: nameOf.contact(each), role: 'cc' as const })),
    steps: inTime([begun, ...parts.map((part) => stepOf(part, { openedAt, channel }))]),
    end: { at: endOf(conversation, openedAt), set: endStateOf(conversation) },
    mergedInto: null,
    isSpam: false,
    unlisted,
    mended: total > parts.length ? `Intercom tells ${parts.length} of its ${total} parts` : null,
  }
}

const isContact = ({ type }: Json) => ['user', 'lead', 'contact', 'visitor'].includes(String(type))

/** Whoever it was; null for Intercom itself. A bot is one of the staff there. */
function whoIs(author: Json): string | null {
  const id = fixed(author['id'])
  if (id === null) return null
  if (isContact(author)) return nameOf.contact(id)
  return author['type'] === 'admin' || author['type'] === 'bot' ? nameOf.admin(id) : null
}

type Scene = { readonly openedAt: Instant; readonly channel: Channel }

function stepOf(part: Json, { openedAt, channel }: Scene): Step {
  const type = String(part['part_type'])
  const author = (part['author'] ?? {}) as Json
  const direction = isContact(author) ? 'inbound' : SAID.has(type) ? 'outbound' : 'internal'
  const files = filesOf(part)
  const isSaid = part['redacted'] !== true && (fixed(part['body']) !== null || files.length > 0)
  return {
    id: String(part['id']),
    at: secondsOf(part['created_at']) ?? openedAt,
    by: whoIs(author),
    message: isSaid ? { direction, channel, ...bodyOf(part, files), ...addressesOf(part) } : null,
    set: stateAfter(part, type),
  }
}

function bodyOf(part: Json, attached: readonly FileStory[]) {
  const { html, pictures } = withOwnPictures(textOf(part['body']), OWN_FILE)
  const beside = attached.filter((file) => !('url' in file) || !pictures.has(file.url))
  return { text: textOfHtml(html), html, rfcMessageId: null, files: [...pictures.values(), ...beside] }
}

/** Where Intercom keeps what was uploaded: not where it answers. */
const OWN_FILE = /^https:\/\/(?:[a-z0-9-]+\.)*(?:intercom-attachments-[1-9]\.com|intercomcdn\.(?:com|eu))\//i

function filesOf(part: Json): FileStory[] {
  const list = part['attachments']
  return (Array.isArray(list) ? (list as Json[]) : []).flatMap((each): FileStory[] => {
    const url = fixed(each['url'])
    if (url === null) return []
    const type = fixed(each['content_type']) ?? 'application/octet-stream'
    return [{ name: textOf(each['name']) || 'file', type, url, contentId: null }]
  })
}

/** The addresses of a part that went by mail. */
function addressesOf(part: Json): { readonly to: readonly string[]; readonly cc: readonly string[] } {
  const headers = within(part, 'email_message_metadata', 'email_address_headers')
  const of = (type: string) =>
    headers.filter((each) => each['type'] === type).flatMap((each) => fixed(each['email_address']) ?? [])
  return { to: of('to'), cc: of('cc') }
}

/** How the conversation stood after a part; where it says nothing it changed nothing. */
function stateAfter(part: Json, type: string): TicketState {
  const status = DONE[type] ?? STATUSES[String(part['state'])]
  const to = part['assigned_to'] as Json | null | undefined
  return { ...(status === undefined ? {} : { status }), ...(to == null ? {} : assignedTo(to)) }
}

function assignedTo({ type, id }: Json): TicketState {
  if (type === 'team') return { group: nameOf.team(id) }
  return { assignee: type === 'admin' && fixed(id) !== null ? nameOf.admin(id) : null }
}

function endStateOf(conversation: Json): TicketState {
  const admin = fixed(conversation['admin_assignee_id'])
  const team = fixed(conversation['team_assignee_id'])
  return {
    status: STATUSES[String(conversation['state'])] ?? (conversation['open'] === false ? 'resolved' : 'open'),
    priority: conversation['priority'] === 'priority' ? 'high' : 'normal',
    // Nobody is the number 0 there.
    assignee: admin === null || admin === '0' ? null : nameOf.admin(admin),
    group: team === null || team === '0' ? null : nameOf.team(team),
    tags: within(conversation, 'tags', 'tags').map(({ name }) => textOf(name)),
    fields: Object.fromEntries(
      Object.entries((conversation['custom_attributes'] ?? {}) as Json).map(([name, value]) => [
        name,
        typeof value === 'boolean' ? value : fixed(value),
      ]),
    ),
  }
}

function endOf(conversation: Json, openedAt: Instant): Instant {
  const { last_close_at: closed } = (conversation['statistics'] ?? {}) as Json
  return [closed, conversation['updated_at']].flatMap((each) => secondsOf(each) ?? [])[0] ?? openedAt
}
