// What a mail of a chat says: the answers that its customer left unread, or all that was said. Read when it leaves, so that what was
// taken back or erased meanwhile is not in it.
import type { OutboxEntry } from '#channels/outbox-store.ts'
import { shortAndLong, UNSENDABLE } from '#desk/outbound/automatic-text.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { TicketId } from '#kit/ids.ts'
import { personLanguages } from '#people/person-store.ts'
import { attachmentsOf } from '#tickets/message-store.ts'
import { saidAfter, type Placed } from '#tickets/said-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

const MOST_MESSAGES = 1_000

const words = {
  en: {
    missed: 'You had left our chat before you could read this:',
    back: 'Reply to this mail, and it reaches us in the same conversation.',
    transcript: 'This is what was said in our chat.',
    you: 'You',
    us: 'We',
  },
  de: {
    missed: 'Sie hatten unseren Chat verlassen, bevor Sie dies lesen konnten:',
    back: 'Antworten Sie auf diese Mail, so erreicht uns das im selben Gespräch.',
    transcript: 'Das wurde in unserem Chat gesagt.',
    you: 'Sie',
    us: 'Wir',
  },
} as const

type Mailed = { readonly text: string; readonly messageIds: readonly number[] }

/** The text of a chat's mail, and the messages whose files come along. */
export async function chatText(
  desk: Desk,
  entry: OutboxEntry & { readonly ticketId: TicketId; readonly sinceSeq: number },
  ticket: Ticket,
): Promise<Mailed> {
  const without = ticket.splitOff.flatMap(({ messageIds }) => messageIds)
  const page = { after: entry.sinceSeq, limit: MOST_MESSAGES }
  const all = (await saidAfter(desk.database, { id: ticket.id, without }, page)).filter(
    ({ redactedAt }) => redactedAt === null,
  )
  const isTranscript = entry.messageId === null
  const last = all.find(({ id }) => id === entry.messageId)?.seq ?? Infinity
  const said = isTranscript
    ? all
    : all.filter(({ direction, seq }) => direction === 'outbound' && seq <= last)
  if (said.length === 0) throw new Fault('The messages were removed', { retryable: false, code: UNSENDABLE })
  const saying = words[await languageOf(desk, entry)]
  const files = isTranscript
    ? await attachmentsOf(
        desk.database,
        said.map(({ id }) => id),
      )
    : []
  const parts = said.map((message) => {
    const line = lineOf(message, isOwn(message, ticket), saying, isTranscript)
    const names = files.flatMap(({ messageId, name }) => (messageId === message.id ? [name] : []))
    return [line, ...names.map((name) => `[${name}]`)].join('\n')
  })
  const text = isTranscript
    ? [saying.transcript, ...parts].join('\n\n')
    : [saying.missed, ...parts, saying.back].join('\n\n')
  return { text, messageIds: isTranscript ? [] : said.map(({ id }) => id) }
}

/** Whether the customer said it, and not somebody in copy. Before they were shown to be somebody they were somebody else. */
export function isOwn(
  { direction, authorId, clientId }: Pick<Placed, 'direction' | 'authorId' | 'clientId'>,
  { requesterId }: Pick<Ticket, 'requesterId'>,
): boolean {
  return direction === 'inbound' && (clientId !== null || authorId === requesterId)
}

type Saying = (typeof words)[keyof typeof words]

function lineOf(
  { authorName, bodyText, at }: Placed,
  isTheirs: boolean,
  saying: Saying,
  isTranscript: boolean,
): string {
  const who = isTheirs ? saying.you : authorName === '' ? saying.us : authorName
  const when = isTranscript ? `${at.slice(0, 16).replace('T', ' ')} UTC · ` : ''
  return `${when}${who}:\n${bodyText}`
}

async function languageOf(desk: Desk, { recipients }: OutboxEntry): Promise<keyof typeof words> {
  const to = recipients.to[0]?.email
  const spoken = to === undefined ? [] : await personLanguages(desk.database, to)
  const languages = [...spoken, (await desk.setup.now()).desk.language].flatMap(shortAndLong)
  return languages.find((each): each is keyof typeof words => each in words) ?? 'en'
}
