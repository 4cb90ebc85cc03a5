// Which language a ticket's customer is answered in: the one they are known to speak, else the one that their first words are in.
import { languageOf } from '#knowledge/language.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { messagesAfter } from '#tickets/message-store.ts'
import { shownOn } from '#tickets/shown.ts'
import type { TicketRow } from '#tickets/ticket-store.ts'

/** The first words of a ticket's customer and the language to answer in; null where nothing tells. */
export async function spokenOn(
  db: Db,
  { ticket, subject }: TicketRow,
): Promise<{ readonly text: string; readonly language: string | null }> {
  const [[first], [requester]] = await Promise.all([
    messagesAfter(db, shownOn(ticket), { limit: 1, after: null }),
    peopleById(db, [ticket.requesterId]),
  ])
  const text = first?.bodyText ?? ''
  return { text, language: requester?.language ?? languageOf(`${subject} ${text}`) }
}
