// Scenarios as people keep them.
import type { Scenario } from '#assistant/scenario.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { empty, sql } from '#store/sql.ts'

export type KeptScenario = Scenario & {
  readonly id: number
  readonly ticketId: number | null
  readonly createdBy: { readonly id: number; readonly name: string }
  readonly updatedAt: Instant
}

const columns = sql`s.id, s.title, s.subject, s.category_id as "categoryId", s.brand_id as "brandId", s.channel, s.turns, s.looked_up as "lookedUp",
  s.ticket_id as "ticketId", s.updated_at as "updatedAt",
  json_build_object('id', s.created_by, 'name', (select p.name from person p where p.id = s.created_by)) as "createdBy"`

/** Of none, and of tickets in sight; of all where nobody reads. Those of tickets that were deleted or are spam count for nothing meanwhile. */
const shownTo = (reader: Reader | null) =>
  sql`(s.ticket_id is null or exists (select from ticket t where t.id = s.ticket_id
    and coalesce(t.hidden_as, 'merged') = 'merged' and ${reader === null ? sql`true` : inSight(reader)}))`

/** Scenarios, newest first; only those that people wrote, where `isWritten`. */
export async function listScenarios(
  db: Db,
  reader: Reader | null,
  page: { limit: number; before: number | null; isWritten?: boolean },
): Promise<KeptScenario[]> {
  return db.rows(sql`select ${columns} from assistant_scenario s where s.id < ${page.before ?? Number.MAX_SAFE_INTEGER}
    and ${shownTo(reader)} ${page.isWritten === true ? sql`and s.ticket_id is null` : empty} order by s.id desc limit ${page.limit}`)
}

/** How many there are; of two who add to them at once the second waits, so that both count right. */
export async function countScenarios(tx: Transaction): Promise<number> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('scenarios'))`)
  const row = await tx.row<{ n: number }>(
    sql`select count(*)::int as n from assistant_scenario s where ${shownTo(null)}`,
  )
  return row?.n ?? 0
}

/** The keys of procedures that some scenario says are called. */
export async function calledProcedures(db: Db): Promise<Set<string>> {
  const rows = await db.rows<{
    key: string
  }>(sql`select distinct c ->> 'value' as key from assistant_scenario s,
    jsonb_array_elements(s.turns) t, jsonb_array_elements(t -> 'checks') c where c ->> 'kind' = 'called' and ${shownTo(null)}`)
  return new Set(rows.map(({ key }) => key))
}

/** One scenario. */
export async function findScenario(db: Db, reader: Reader, id: number): Promise<KeptScenario | null> {
  return db.row(sql`select ${columns} from assistant_scenario s where s.id = ${id} and ${shownTo(reader)}`)
}

/** Keeps a scenario and answers its number. */
export async function addScenario(
  db: Db,
  scenario: Scenario,
  of: { ticketId: number | null; by: PersonId; at: Instant },
): Promise<number> {
  const { title, subject, categoryId, brandId, channel, turns, lookedUp } = scenario
  const row = await db.row<{ id: number }>(sql`insert into assistant_scenario
      (title, subject, category_id, brand_id, channel, turns, looked_up, ticket_id, created_by, updated_at)
    values (${title}, ${subject}, ${categoryId}, ${brandId}, ${channel}, ${JSON.stringify(turns)}, ${JSON.stringify(lookedUp)}, ${of.ticketId}, ${of.by}, ${of.at})
    returning id`)
  return row?.id ?? 0
}

/** Writes a scenario anew. */
export async function changeScenario(db: Db, id: number, scenario: Scenario, at: Instant): Promise<void> {
  const { title, subject, categoryId, brandId, channel, turns, lookedUp } = scenario
  await db.rows(sql`update assistant_scenario set title = ${title}, subject = ${subject}, category_id = ${categoryId},
    brand_id = ${brandId}, channel = ${channel}, turns = ${JSON.stringify(turns)}, looked_up = ${JSON.stringify(lookedUp)}, updated_at = ${at} where id = ${id}`)
}

/** Forgets a scenario. */
export async function dropScenario(db: Db, id: number): Promise<void> {
  await db.rows(sql`delete from assistant_scenario where id = ${id}`)
}

/** What a customer wrote on a ticket up to an event of its log, in order. */
export async function customersWords(db: Db, ticketId: number, seq: number): Promise<string[]> {
  const rows = await db.rows<{ text: string }>(sql`select left(m.body_text, 5000) as text from message m
    where m.ticket_id = ${ticketId} and m.direction = 'inbound' and m.side_conversation_id is null and m.voided_at is null
      and m.redacted_at is null and exists (select from ticket_event e where e.ticket_id = m.ticket_id and e.seq <= ${seq}
        and e.kind in ('ticket_opened', 'message_added') and (e.payload ->> 'messageId')::bigint = m.id) order by m.id`)
  return rows.map(({ text }) => text)
}
