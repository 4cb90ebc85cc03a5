// A person's data as they may have it (GDPR, Articles 15 and 20): what they could read at the portal, as pages to read and as JSON, with
// the files. No notes of the desk, no addresses of others; one ticket at a time, so that memory holds no more.
import type { Readable } from 'node:stream'
import type { Desk } from '#desk/desk.ts'
import { indexPage, ticketPage, type ReadTicket } from '#desk/privacy/data-html.ts'
import { personalValues, selfOf, ticketsToRead } from '#desk/privacy/data-store.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { readSettings } from '#setup/settings-store.ts'
import type { Db } from '#store/database.ts'
import { saidOn, type Said } from '#tickets/customer-store.ts'
import { attachmentsOf, type Attachment } from '#tickets/message-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'

/** One file of what is given out; bytes of others are opened when it is their turn. */
export type Entry = {
  readonly path: string
  readonly at: Instant
  readonly content: string | (() => Promise<Readable>)
}

const AT_ONCE = 100

/** All of it, in order. Nothing when there is no such person. */
export async function* dataOf(desk: Desk, db: Db, personId: PersonId): AsyncGenerator<Entry> {
  const self = await selfOf(db, personId)
  if (self === null) return
  const at = desk.clock.now()
  yield { path: 'person.json', at, content: json(self) }
  const language = String(self['language'] ?? (await readSettings(db)).language).startsWith('de')
    ? 'de'
    : 'en'
  const read: ReadTicket[] = []
  for (let after = 0; ;) {
    const ids = await ticketsToRead(db, personId, after, AT_ONCE)
    for (const id of ids) {
      const ticket = await readTicket(db, id, personId)
      if (ticket === null) continue
      const { files, ...told } = ticket
      yield { path: `tickets/${id}.json`, at: told.openedAt, content: json(told) }
      yield { path: `tickets/${id}.html`, at: told.openedAt, content: ticketPage(told, language) }
      for (const { path, sha256, at: sentAt } of files)
        yield { path, at: sentAt, content: async () => (await desk.blobs.open(sha256)).read() }
      read.push({ ...told, messages: [] })
    }
    after = ids.at(-1) ?? after
    if (ids.length < AT_ONCE) break
  }
  yield { path: 'index.html', at, content: indexPage(self, read, at, language) }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

type File = { readonly path: string; readonly sha256: string; readonly at: Instant }

async function readTicket(
  db: Db,
  id: TicketId,
  personId: PersonId,
): Promise<(ReadTicket & { files: File[] }) | null> {
  const found = await findTicket(db, id)
  if (found === null || found.ticket.flags.purged) return null
  const { ticket, subject } = found
  const said: Said[] = []
  for (let before: number | null = null; ;) {
    const page: Said[] = await saidOn(db, ticket, { limit: AT_ONCE, before })
    said.unshift(...page)
    before = page[0]?.id ?? null
    if (page.length < AT_ONCE) break
  }
  const carried = await attachmentsOf(
    db,
    said.filter(({ redactedAt }) => redactedAt === null).map((each) => each.id),
  )
  const files = carried.map((file) => ({
    path: pathOf(id, file),
    sha256: file.sha256,
    at: said.find((each) => each.id === file.messageId)?.at ?? ticket.openedAt,
  }))
  const isTheirs = ticket.requesterId === personId
  return {
    id,
    subject,
    status: ticket.status,
    openedAt: ticket.openedAt,
    askedByThem: isTheirs,
    fields: isTheirs ? await personalValues(db, id) : {},
    messages: said.map((message) => ({
      at: message.at,
      from: message.authorName ?? '',
      byThem: message.authorId === personId,
      text: message.redactedAt === null ? message.bodyText : null,
      files: carried.filter((file) => file.messageId === message.id).map((file) => pathOf(id, file)),
    })),
    files,
  }
}

/** A stranger's name of a file is no path. */
function pathOf(ticketId: number, { id, name }: Attachment): string {
  const safe = name
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .replace(/^\.+/, '_')
    .slice(-120)
    // The cut may have gone through the middle of a sign.
    .toWellFormed()
  return `files/${ticketId}/${id}-${safe}`
}
