// What an import has told, in lines that read aloud.
import assert from 'node:assert/strict'
import { verifyAll } from '#commands/verify.ts'
import type { Import } from '#imports/import-store.ts'
import { raw, sql } from '#store/sql.ts'
import type { TestDesk } from './desk.ts'

/** Reads what was told on a desk. */
export function toldOn(desk: () => TestDesk) {
  const database = () => desk().running.desk.database
  const count = async (table: string) =>
    (await database().row<{ n: number }>(sql`select count(*) as n from ${raw(table)}`))?.n ?? 0
  return {
    count,
    linesOf: async (ticketId: number) =>
      (
        await database().rows<Record<'direction' | 'at' | 'name' | 'text', string>>(sql`
          select m.direction, m.at, p.name, m.body_text as text from message m join person p on p.id = m.author_id
          where m.ticket_id = ${ticketId} order by m.at, m.id`)
      ).map(({ direction, at, name, text }) => `${at} ${direction} ${name}: ${text}`),
    changesOf: async (ticketId: number) =>
      (
        await database().rows<{ at: string; to: string }>(sql`
          select at, payload->>'to' as "to" from ticket_event where ticket_id = ${ticketId} and kind = 'status_changed' order by seq`)
      ).map(({ at, to }) => `${at} ${to}`),
    ticketOf: (id: number) =>
      database().row<Record<string, unknown>>(sql`
        select t.subject, t.status, t.priority, t.tags, t.channel, (select name from team where id = t.team_id) as team,
          (select name from person where id = t.assignee_id) as assignee, (select name from person where id = t.requester_id) as requester
        from ticket t where t.id = ${id}`),
    filesOf: async (ticketId: number) =>
      (
        await database().rows<{ name: string; size: number }>(
          sql`select a.name, a.size from attachment a join message m on m.id = a.message_id where m.ticket_id = ${ticketId} order by 1`,
        )
      ).map(({ name, size }) => `${name} ${size}`),
    silentAndWhole: async () => {
      for (const table of ['outbox', 'webhook_delivery', 'alert']) assert.equal(await count(table), 0, table)
      assert.deepEqual((await verifyAll(database())).differences, [])
    },
  }
}

/** How many of each kind were seen and made. */
export function seenAndMade({ counts }: Pick<Import, 'counts'>) {
  return Object.fromEntries(
    Object.entries(counts).map(([kind, { seen, created }]) => [kind, [seen, created]]),
  )
}
