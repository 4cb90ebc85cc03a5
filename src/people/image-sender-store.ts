// Senders whose remote images an agent always wants to see.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Which of these senders the agent always sees the images of. */
export async function imageSendersOf(
  db: Db,
  agentId: PersonId,
  senders: readonly PersonId[],
): Promise<ReadonlySet<number>> {
  if (senders.length === 0) return new Set()
  const rows = await db.rows<{ id: number }>(sql`select sender_id as id from image_sender
    where agent_id = ${agentId} and sender_id = any(${senders})`)
  return new Set(rows.map(({ id }) => id))
}

export async function addImageSender(
  db: Db,
  agentId: PersonId,
  senderId: number,
  at: Instant,
): Promise<void> {
  await db.rows(sql`insert into image_sender (agent_id, sender_id, at) values (${agentId}, ${senderId}, ${at})
    on conflict do nothing`)
}

export async function dropImageSender(db: Db, agentId: PersonId, senderId: number): Promise<void> {
  await db.rows(sql`delete from image_sender where agent_id = ${agentId} and sender_id = ${senderId}`)
}
