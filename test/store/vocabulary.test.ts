// The database holds no list of words that the code does not: each check of a column, and the index that ranks priorities,
// says what the arrays say.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { providerKinds } from '#people/provider-kind.ts'
import { roles } from '#people/role.ts'
import { visitorKinds } from '#people/visitor-kind.ts'
import { fieldTypes } from '#setup/field-type.ts'
import { identityAlgorithms } from '#setup/identity-words.ts'
import { CLOCK_STATES, POLICY_KINDS } from '#sla/policy.ts'
import { openDatabase, type Database } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { directions, hidings, messageKinds, priorities, surveyOutcomes } from '#tickets/vocabulary.ts'
import { freshDatabase, quiet } from '../support/database.ts'

let database: Database
let drop: () => Promise<void>
before(async () => {
  const fresh = await freshDatabase()
  drop = fresh.drop
  database = openDatabase(fresh.url, { log: quiet, size: 1, role: null })
})
after(async () => {
  await database.close()
  await drop()
})

const checked: Readonly<Record<string, readonly string[]>> = {
  'agent.role': roles,
  'factor_rule.role': roles,
  'draft.mode': messageKinds,
  'group_grant.role': roles,
  'field.type': fieldTypes,
  'macro.message_kind': messageKinds,
  'identity_provider.kind': providerKinds,
  'message.direction': directions,
  'message.kind': messageKinds,
  'sla_policy.kind': POLICY_KINDS,
  'survey.outcome': surveyOutcomes,
  'visitor.kind': visitorKinds,
  'widget_key.algorithm': identityAlgorithms,
  'ticket.hidden_as': hidings,
  'ticket_clock.state': CLOCK_STATES,
}

/** The checks of single columns. */
const checks = () =>
  database.rows<{ column: string; definition: string }>(sql`
    select c.relname || '.' || a.attname as "column", pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid and k.conkey = array[a.attnum] where k.contype = 'c'`)

/** The words in a definition as PostgreSQL prints it. */
const wordsIn = (definition: string) => [...definition.matchAll(/'(\w+)'::text/g)].map(([, word]) => word)

test('the checks of the database allow the words of the vocabulary, and no others', async () => {
  const rows = await checks()
  for (const [column, words] of Object.entries(checked)) {
    const found = rows.filter((row) => row.column === column)
    assert.equal(found.length, 1, `${column} has ${found.length} checks`)
    assert.deepEqual(wordsIn(found[0]?.definition ?? '').toSorted(), words.toSorted(), column)
  }
})

test('a column whose check has the words of a list is compared with it here', async () => {
  const lists = new Set(Object.values(checked).map((words) => words.toSorted().join()))
  const rows = await checks()
  const same = rows.filter(({ definition }) => lists.has(wordsIn(definition).toSorted().join()))
  assert.deepEqual(same.map(({ column }) => column).toSorted(), Object.keys(checked).toSorted())
})

test('the index by priority ranks them as the vocabulary does', async () => {
  const row = await database.row<{ definition: string }>(
    sql`select pg_get_indexdef('ticket_by_priority'::regclass) as definition`,
  )
  assert.deepEqual(wordsIn(row?.definition ?? ''), priorities.toReversed())
})
