// Who may be one person: suggested by mailbox, telephone, or name with organisation or domain; nobody else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { likelyDuplicates } from '#people/duplicate-store.ts'
import { addAgent } from '#people/agent-store.ts'
import { changePerson, identify } from '#people/person-store.ts'
import { instant } from '#kit/time.ts'
import { openDatabase } from '#store/database.ts'
import { freshDatabase, quiet } from '../support/database.ts'

test('the surest first, each once, no colleagues', async () => {
  const { url, drop } = await freshDatabase()
  const db = openDatabase(url, { log: quiet, size: 2, role: null })
  const cy = await identify(db, 'cy@work.example', 'Cy Berg')
  await changePerson(db, cy, { phone: '+49 30 1234-56', organization: 'Acme' })
  const tagged = await identify(db, 'cy+shop@work.example', 'Cy Berg')
  const phone = await identify(db, 'office@home.example', 'Office')
  await changePerson(db, phone, { phone: '0049' })
  await changePerson(db, phone, { phone: '+493012 3456' })
  const domain = await identify(db, 'c.berg@work.example', 'cy berg')
  const organization = await identify(db, 'cy.berg@home.example', 'Cy Berg')
  await changePerson(db, organization, { organization: 'Acme' })
  await identify(db, 'cy@other.example', 'Cy Berg')
  await identify(db, 'dy@work.example', 'Dy Berg')
  const agent = { email: 'cyb@work.example', name: 'Cy Berg', role: 'agent', passwordHash: null } as const
  await addAgent(db, { ...agent, at: instant(0) })
  const found = await likelyDuplicates(db, cy)
  assert.deepEqual(
    found.map(({ id, reason }) => [id, reason]),
    [
      [tagged, 'mailbox'],
      [phone, 'phone'],
      [domain, 'name'],
      [organization, 'name'],
    ],
  )
  assert.deepEqual(await likelyDuplicates(db, await identify(db, 'alone@else.example', '')), [])
  await db.close()
  await drop()
})
