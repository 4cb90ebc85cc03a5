// Files of messages that were told before their files could be had.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { NewAttachmentRow } from '#tickets/write/message-store.ts'

/** A file with the moment and direction of its message. */
export type LateFile = NewAttachmentRow & { readonly at: Instant; readonly direction: string }

/** Gives files to the messages of a ticket that lack them; how many. Where two messages share a moment nobody can say whose one is, and what was blacked out stays so. */
export async function addLateFiles(db: Db, ticketId: number, files: readonly LateFile[]): Promise<number> {
  if (files.length === 0) return 0
  const rows = files.map(({ contentId, ...file }) => ({ ...file, content_id: contentId }))
  const added = await db.rows(sql`with lone as (
      select min(id) as id, at, direction from message where ticket_id = ${ticketId}
      group by at, direction having count(*) = 1)
    insert into attachment (message_id, sha256, name, type, size, content_id, inline)
    select m.id, x.sha256, x.name, x.type, x.size, x.content_id, x.inline
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(at timestamptz, direction text, sha256 text, name text, type text,
      size integer, content_id text, inline boolean)
    join lone using (at, direction) join message m on m.id = lone.id and m.redacted_at is null and m.voided_at is null
    where not exists (select from attachment a where a.message_id = m.id and a.sha256 = x.sha256 and a.name = x.name)
    returning id`)
  return added.length
}
