// Mail that came in is read again from its raw bytes by the reader of today; bodies that come out better are replaced. Tickets, events
// and files stay as they are.
import { forgetKept } from '#backtest/kept-store.ts'
import { findRawMail } from '#channels/raw-mail-store.ts'
import type { Desk } from '#desk/desk.ts'
import { shownBody } from '#desk/inbound/receive-message.ts'
import type { Parser } from '#mail/parser.ts'
import type { Database } from '#store/database.ts'
import { mailMessagesAfter, replaceBody } from '#tickets/message-store.ts'

const AT_ONCE = 50

export type Reparsed = { readonly read: number; readonly changed: number; readonly failed: number }

/** Reads every mail message again, or those of one ticket; tells `progress` after each batch. */
export async function reparse(
  desk: Pick<Desk, 'database' | 'blobs'>,
  parser: Parser,
  ticketId: number | null,
  progress: (sofar: Reparsed) => void,
): Promise<Reparsed> {
  const sofar = { read: 0, changed: 0, failed: 0 }
  for (let after = 0; ;) {
    const messages = await mailMessagesAfter(desk.database, { after, ticketId, limit: AT_ONCE })
    if (messages.length === 0) return sofar
    for (const message of messages) {
      const raw =
        message.rawMailId === null ? null : await findRawMail(desk.database, desk.blobs, message.rawMailId)
      const parsed = raw === null ? null : await parser.parse(raw.bytes)
      sofar.read++
      if (parsed === null || !parsed.ok) sofar.failed++
      else if (await replaced(desk.database, message.id, shownBody(parsed.mail))) sofar.changed++
    }
    after = messages.at(-1)?.id ?? after
    progress(sofar)
  }
}

/** Whether a message says something else now; what backtests kept of its ticket was judged by what it said before. */
function replaced(database: Database, id: number, body: ReturnType<typeof shownBody>): Promise<boolean> {
  return database.transaction(async (tx) => {
    const ticketId = await replaceBody(tx, id, body)
    if (ticketId !== null) await forgetKept(tx, [ticketId])
    return ticketId !== null
  })
}
