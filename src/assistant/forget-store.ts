// What the assistant keeps of people's words beside the tickets they stand on: scenarios that were taken from tickets, what it would have
// said in simulations, and notes beside verdicts. It goes when those words go.
import type { Scenario, Turn } from '#assistant/scenario.ts'
import { isWorded } from '#assistant/run-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

type Words = {
  readonly id: number
  readonly title: string
  readonly subject: string
  readonly turns: readonly Turn[]
  readonly lookedUp: Scenario['lookedUp']
}

/** Forgets the scenarios of tickets, and what was noted beside verdicts on their answers. Their messages must still be there. */
export async function forgetTold(db: Db, ticketIds: readonly number[]): Promise<void> {
  await db.rows(sql`delete from assistant_scenario where ticket_id = any(${[...ticketIds]})`)
  await forgetWorded(db, ticketIds)
  await forgetNotes(db, ticketIds)
}

/** Lets the scenarios of a ticket say something else; what was noted beside verdicts on its answers is forgotten. */
export async function retellScenarios(
  db: Db,
  ticketId: number,
  retold: (text: string) => string,
): Promise<void> {
  const kept = await db.rows<Words>(
    sql`select id, title, subject, turns, looked_up as "lookedUp" from assistant_scenario where ticket_id = ${ticketId} for update`,
  )
  for (const { id, title, subject, turns, lookedUp } of kept) {
    const said = turns.map((turn) => ({ ...turn, text: retold(turn.text) }))
    const found = Object.entries(lookedUp).map(([from, value]) => [
      from,
      value === null ? null : retold(value),
    ])
    await db.rows(sql`update assistant_scenario set title = ${retold(title)}, subject = ${retold(subject)},
      turns = ${JSON.stringify(said)}, looked_up = ${JSON.stringify(Object.fromEntries(found))} where id = ${id}`)
  }
  await forgetWorded(db, [ticketId])
  await forgetNotes(db, [ticketId])
}

/** A model's words may repeat the customer's, and so do a procedure's; an article's never do. */
async function forgetWorded(db: Db, ticketIds: readonly number[]): Promise<void> {
  await db.rows(sql`update assistant_run r set answer = null, sentences = '[]'
    where r.ticket_id = any(${[...ticketIds]}) and (${isWorded} or r.procedure is not null)`)
  await db.rows(sql`update assistant_simulated set answer = null where ticket_id = any(${[...ticketIds]})`)
  await db.rows(sql`update assistant_run r set procedure = r.procedure || '{"facts": [], "outside": []}'
    where r.ticket_id = any(${[...ticketIds]}) and r.procedure is not null`)
}

async function forgetNotes(db: Db, ticketIds: readonly number[]): Promise<void> {
  const of = [...ticketIds]
  await db.rows(sql`update assistant_verdict set note = '' where note <> '' and (
    message_id in (select id from message where ticket_id = any(${of}))
    or run_id in (select id from assistant_run where ticket_id = any(${of})))`)
}
