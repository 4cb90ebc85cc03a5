// A Help Scout conversation's life by its threads: what was said, noted and done, each with how the conversation stood after it. Pure.
import type { Json } from '#imports/client.ts'
import { nameOf, within } from '#imports/helpscout/read-records.ts'
import { begunAt, fixed, inTime, momentOf, textOf, withOwnPictures } from '#imports/read-values.ts'
import type { FileStory, Step, TicketState, TicketStory } from '#imports/story.ts'
import type { Instant } from '#kit/time.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Channel, Status } from '#tickets/vocabulary.ts'

/** Closed there is what an answer opens again: resolved. */
const STATUSES: Readonly<Record<string, Status>> = {
  active: 'open',
  open: 'open',
  pending: 'pending',
  closed: 'resolved',
}
const CHANNELS: Readonly<Record<string, Channel>> = { email: 'email', chat: 'chat', phone: 'phone' }
/** Said by customers or to them; the rest stays inside. */
const OPEN = ['customer', 'message', 'chat', 'beaconchat', 'phone']

/** How the bytes of a file are had. */
type Bytes = (link: string) => Promise<Uint8Array>

/** The story of a conversation. */
export function lifeOf(conversation: Json, threads: readonly Json[], bytes: Bytes): TicketStory {
  const published = threads.filter(({ state }) => state === undefined || state === 'published')
  const openedAt = begunAt([conversation, ...published].map((each) => momentOf(each['createdAt'])))
  const customer = (conversation['primaryCustomer'] ?? {}) as Json
  const requester = fixed(customer['id'])
  const scene = {
    conversation,
    openedAt,
    requester: requester === null ? null : nameOf.customer(requester),
    bytes,
  }
  return {
    label: `HS-${String(conversation['number'])}`,
    number: Number(conversation['number']),
    subject: textOf(conversation['subject']),
    requester: scene.requester,
    channel: CHANNELS[String(conversation['type'])] ?? 'email',
    openedAt,
    participants: [],
    // The newest stands first there; of those of one moment the one that was written first comes first here.
    steps: inTime(published.toReversed().map((thread) => stepOf(scene, thread))),
    end: { at: endOf(conversation, openedAt), set: endStateOf(conversation) },
    mergedInto: null,
    isSpam: conversation['status'] === 'spam',
  }
}

type Scene = {
  readonly conversation: Json
  readonly openedAt: Instant
  readonly requester: string | null
  readonly bytes: Bytes
}

function stepOf({ conversation, openedAt, requester, bytes }: Scene, thread: Json): Step {
  const type = String(thread['type'])
  const creator = (thread['createdBy'] ?? {}) as Json
  const isStaff = creator['type'] === 'user' || creator['type'] === 'system_user'
  const maker = fixed(creator['id'])
  const by = maker === null ? null : (isStaff ? nameOf.user : nameOf.customer)(maker)
  const isSaid = type !== 'lineitem' && fixed(thread['body']) !== null
  const isTheirs = type === 'customer' || type === 'phone' || (OPEN.includes(type) && !isStaff)
  // What staff wrote down for a customer is the customer's word.
  const customer = fixed(((thread['customer'] ?? {}) as Json)['id'])
  const author = !(isTheirs && isStaff) ? by : customer === null ? requester : nameOf.customer(customer)
  const direction = isTheirs ? 'inbound' : OPEN.includes(type) ? 'outbound' : 'internal'
  return {
    id: String(thread['id']),
    at: momentOf(thread['createdAt']) ?? openedAt,
    by: isSaid ? author : by,
    message: isSaid ? { direction, ...bodyOf(thread, bytes), ...addressesOf(thread, conversation) } : null,
    set: stateAfter(thread),
  }
}

/** Addresses under which Help Scout keeps the pictures that stand in mails. */
const OWN_PICTURE = /^https:\/\/(?:[a-z0-9-]+\.helpscout\.(?:net|com)|d33v4339jhl8k0\.cloudfront\.net)\//i

function bodyOf(thread: Json, bytes: Bytes) {
  const { html, pictures } = withOwnPictures(textOf(thread['body']), OWN_PICTURE)
  const attached = within(thread, 'attachments').flatMap((each): FileStory[] => {
    const link = fixed(((each['_links'] as Json | undefined)?.['data'] as Json | undefined)?.['href'])
    if (link === null) return []
    const name = textOf(each['filename']) || 'file'
    return [
      {
        name,
        type: fixed(each['mimeType']) ?? 'application/octet-stream',
        contentId: null,
        bytes: () => bytes(link),
      },
    ]
  })
  return { text: textOfHtml(html), html, rfcMessageId: null, files: [...pictures.values(), ...attached] }
}

function addressesOf(thread: Json, conversation: Json) {
  const list = (value: unknown) => (Array.isArray(value) ? value.flatMap((each) => fixed(each) ?? []) : [])
  const source = String(((thread['source'] ?? conversation['source'] ?? {}) as Json)['type'])
  const channel = CHANNELS[String(thread['type'])] ?? CHANNELS[String(conversation['type'])]
  const isApi = source === 'api' && channel === 'email'
  return {
    channel: isApi ? ('api' as const) : (channel ?? ('email' as const)),
    to: list(thread['to']),
    cc: list(thread['cc']),
  }
}

/** How the conversation stood after a thread; where it says nothing it changed nothing. */
function stateAfter(thread: Json): TicketState {
  const status = STATUSES[String(thread['status'])]
  const assigned = thread['assignedTo'] as Json | undefined
  return { ...(status === undefined ? {} : { status }), ...(assigned == null ? {} : assigneeOf(assigned)) }
}

/** Whoever has it; there a team has it, or one of the staff, and "Anyone" is nobody. */
function assigneeOf(assigned: Json): TicketState {
  const id = fixed(assigned['id'])
  if (assigned['type'] === 'team' && id !== null) return { assignee: null, group: nameOf.team(id) }
  return { assignee: id === null || Number(id) <= 1 ? null : nameOf.user(id) }
}

function endStateOf(conversation: Json): TicketState {
  const status = STATUSES[String(conversation['status'])]
  const tags = conversation['tags']
  const fields = conversation['customFields']
  const mailbox = fixed(conversation['mailboxId'])
  return {
    status: status ?? 'open',
    assignee: null,
    group: mailbox === null ? null : nameOf.mailbox(mailbox),
    ...assigneeOf((conversation['assignee'] ?? {}) as Json),
    tags: Array.isArray(tags) ? tags.map((each: Json) => textOf(each['tag'])) : [],
    fields: Object.fromEntries(
      (Array.isArray(fields) ? (fields as Json[]) : []).map((each) => [
        String(each['id']),
        // Of a choice the number is kept, and what it is called stands beside.
        fixed(each['text']) ?? fixed(each['value']),
      ]),
    ),
  }
}

function endOf(conversation: Json, openedAt: Instant): Instant {
  const moments = ['userUpdatedAt', 'closedAt'].flatMap((name) => momentOf(conversation[name]) ?? [])
  return moments.toSorted().at(-1) ?? openedAt
}
