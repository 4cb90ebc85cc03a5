// Drafts of side conversations as rows: per ticket, agent and thread.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type SideDraft = {
  /** A side conversation's number, `new`, or `forward-` with the message that is to be forwarded. */
  readonly thread: string
  /** As it was typed: perhaps no address yet. */
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly attachments: readonly number[]
  readonly updatedAt: Instant
}
type Writer = { readonly ticketId: number; readonly agentId: PersonId }

/** An agent's drafts on a ticket, the newest first. */
export async function sideDraftsOf(db: Db, { ticketId, agentId }: Writer): Promise<SideDraft[]> {
  return db.rows<SideDraft>(sql`select thread, recipients as "to", subject, body, attachments, updated_at as "updatedAt"
    from side_draft where ticket_id = ${ticketId} and agent_id = ${agentId} order by updated_at desc limit 50`)
}

/** Keeps a draft in place of the one before. */
export async function putSideDraft(db: Db, { ticketId, agentId }: Writer, draft: SideDraft): Promise<void> {
  await db.rows(sql`insert into side_draft (ticket_id, agent_id, thread, recipients, subject, body, attachments, updated_at)
    values (${ticketId}, ${agentId}, ${draft.thread}, ${draft.to}, ${draft.subject}, ${draft.body}, ${draft.attachments},
      ${draft.updatedAt})
    on conflict (ticket_id, agent_id, thread) do update
      set recipients = excluded.recipients, subject = excluded.subject, body = excluded.body,
        attachments = excluded.attachments, updated_at = excluded.updated_at`)
}

/** Throws a draft away. */
export async function dropSideDraft(db: Db, { ticketId, agentId }: Writer, thread: string): Promise<void> {
  await db.rows(sql`delete from side_draft
    where ticket_id = ${ticketId} and agent_id = ${agentId} and thread = ${thread}`)
}
