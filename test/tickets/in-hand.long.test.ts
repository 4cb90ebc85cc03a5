// A life told in one go leaves the same rows as one that is written and read back at every step.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begin, goOn } from '../../demo/run.ts'
import { setUp } from '../../demo/set-up.ts'
import { stories, type Story } from '../../demo/story.ts'
import type { Desk } from '#desk/desk.ts'
import { readAgain } from '#desk/in-hand.ts'
import { instant } from '#kit/time.ts'
import { raw, sql } from '#store/sql.ts'
import { startDesk } from '../support/desk.ts'

const until = Date.parse('2026-03-02T00:00:00Z')
const told = stories(60, 3, until)

test('a life told in one go is the life told step by step', { timeout: 120_000 }, async () => {
  const atOnce = await tell(async (desk, tx, cast, begun) => goOn(desk, tx, cast, begun, instant(until)))
  const byStep = await tell(async (desk, tx, cast, begun) => {
    for (const each of begun) {
      const { story } = each
      const part = async (steps: Story['steps'], to: number) => {
        const now = { ...each, story: { ...story, steps } }
        await goOn(desk, tx, cast, [now], instant(to))
        await readAgain(tx, each.inHand)
        Object.assign(each, { ...now, story })
      }
      for (const step of story.steps) await part([step], step.at)
      await part([], until)
    }
  })
  assert.ok(atOnce.ticket_event.length > 250)
  for (const table of tables) assert.ok(atOnce[table].length > 0, table)
  assert.deepEqual(atOnce, byStep)
})

const tables = [
  'ticket',
  'ticket_state',
  'ticket_event',
  'ticket_clock',
  'timer',
  'rule_timer',
  'message',
  'report_span',
  'report_fact',
] as const
type Rows = Record<(typeof tables)[number], string[]>
type Telling = (
  desk: Desk,
  tx: Parameters<typeof goOn>[1],
  cast: Parameters<typeof goOn>[2],
  begun: Awaited<ReturnType<typeof begin>>,
) => Promise<void>

/** Tells the stories on a fresh desk, and returns its rows without what says when and in which order they were written. */
async function tell(how: Telling): Promise<Rows> {
  const { running, close } = await startDesk({ work: false })
  const { desk } = running
  const first = instant(told[0]?.at ?? until)
  const cast = await desk.database.transaction((tx) => setUp(desk, tx, first))
  desk.setup.forget()
  await desk.database.transaction(async (tx) => how(desk, tx, cast, await begin(desk, tx, cast, told)))
  const rowsOf = async (table: string) => {
    const cause =
      table === 'ticket_event'
        ? sql`(select seq from ticket_event c where c.id = t.cause_event_id)`
        : sql`null`
    const rows = await desk.database.rows<{ row: Record<string, unknown> }>(
      sql`select to_jsonb(t) - 'id' - 'tx' - 'update_id' - 'as_of' - 'cause_event_id' || jsonb_build_object('cause', ${cause})
        as row from ${raw(table)} t`,
    )
    return rows.map(({ row }) => JSON.stringify(row)).toSorted()
  }
  const rows = Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, await rowsOf(table)] as const)),
  )
  await close()
  return rows as Rows
}
