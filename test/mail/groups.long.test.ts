// Mails that are stored and read in groups: each fares as if it had come alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRush } from '#channels/rush.ts'
import { acceptMail, mailReader } from '#desk/inbound/receive.ts'
import { Fault } from '#kit/fault.ts'
import { createParser } from '#mail/parser.ts'
import { sql } from '#store/sql.ts'
import { letter, type Letter } from '../support/customer.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

const TO = 'support@docket.localhost'

/** A desk whose mail is read when the test says so. */
async function startReader(t: { after: (end: () => Promise<unknown>) => void }) {
  const desk = await startDesk({ work: false })
  const inside = desk.running.desk
  const parser = createParser()
  t.after(() => Promise.all([parser.close(), desk.close()]))
  const accept = ({ file = false, ...mail }: Omit<Letter, 'to'> & { file?: boolean }) =>
    acceptMail(inside, inside.database, {
      bytes: file ? withFile(letter({ to: TO, ...mail })) : letter({ to: TO, ...mail }),
      envelope: { from: mail.from, to: [TO], remoteAddress: null },
      source: 'api',
    })
  const reader = (isForLarge: boolean) => mailReader(inside, parser, createRush(), { isForLarge })
  return { desk, inside, accept, read: reader(true), readSmall: reader(false) }
}

/** The same mail as one file. */
function withFile(bytes: Buffer): Buffer {
  const type = 'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf'
  return Buffer.from(bytes.toString().replace(/^Content-Type: .*$/m, type))
}

async function outcomes(desk: TestDesk) {
  return desk.running.desk.database.rows<{ state: string; attempts: number; outcome: object | null }>(
    sql`select state, attempts, outcome from raw_mail order by id`,
  )
}

test('one that fails delays nobody else of its group, and is held at last', async (t) => {
  const { desk, inside, accept, read } = await startReader(t)
  await accept({ from: 'a@x.example' })
  await accept({ from: 'bad@x.example', subject: 'With a file', file: true })
  await accept({ from: 'c@x.example' })
  const failWith = (error: Error) => Object.assign(inside.blobs, { put: () => Promise.reject(error) })
  // A store that is away is no failure of the mail.
  failWith(new Fault('away', { retryable: true }))
  for (let round = 0; round < 8; round++) {
    await read()
    desk.clock.pass(120)
  }
  const { state, attempts } = (await outcomes(desk))[1] ?? {}
  assert.deepEqual([state, attempts], ['waiting', 0])
  failWith(new Error('stumbled'))
  for (let round = 0; round < 4; round++) await read()
  const states = async () => (await outcomes(desk)).map(({ state }) => state)
  assert.deepEqual(await states(), ['done', 'waiting', 'done'])
  for (let round = 0; round < 4; round++) {
    desk.clock.pass(120)
    await read()
  }
  assert.deepEqual(await states(), ['done', 'quarantined', 'done'])
  assert.deepEqual((await outcomes(desk))[1]?.outcome, { held: 'unparseable' })
})

test('a mail that answers another of its group joins that one’s ticket', async (t) => {
  const { desk, accept, read } = await startReader(t)
  await accept({ from: 'cy@x.example', messageId: 'first@x.example' })
  await accept({ from: 'cy@x.example', inReplyTo: 'first@x.example', text: 'One more thing.' })
  await accept({ from: 'eve@x.example', inReplyTo: 'first@x.example' })
  await read()
  const [first, second, third] = (await outcomes(desk)).map(({ outcome }) => outcome)
  assert.deepEqual(second, { joined: (first as { opened: number }).opened })
  assert.deepEqual(third, { held: 'unknown_author_update' })
})

test('a flood is counted mail by mail, in order', async (t) => {
  const { desk, inside, accept, read } = await startReader(t)
  await desk.api('PATCH', '/mail-policy', { senderPerHour: 3 })
  inside.setup.forget()
  for (let count = 0; count < 5; count++) await accept({ from: 'cy@x.example', text: `Mail ${count}` })
  await accept({ from: 'bo@x.example' })
  await read()
  const held = (await outcomes(desk)).map(({ outcome }) => (outcome as { held?: string }).held ?? null)
  assert.deepEqual(held, [null, null, null, 'sender_flood', 'sender_flood', null])
  // What was asked for in vain is not owed: a third of an hour later there is one more.
  desk.clock.pass(1_200)
  await accept({ from: 'cy@x.example', text: 'Later' })
  await read()
  assert.equal('opened' in ((await outcomes(desk)).at(-1)?.outcome ?? {}), true)
})

test('the same mail twice at one moment is one', async (t) => {
  const { accept } = await startReader(t)
  const mail = { from: 'cy@x.example', messageId: 'once@x.example' }
  const stored = await Promise.all([accept(mail), accept(mail), accept({ from: 'bo@x.example' })])
  assert.equal(stored[0]?.id, stored[1]?.id)
  assert.notEqual(stored[0]?.id, stored[2]?.id)
  assert.deepEqual(
    stored.map(({ fresh }) => fresh),
    [true, false, true],
  )
})

test('L1: of two readers one alone takes what is large, and the other does not wait for it', async (t) => {
  const { desk, accept, read, readSmall } = await startReader(t)
  await accept({ from: 'large@x.example', text: 'Much to say.\r\n'.repeat(700_000) })
  await accept({ from: 'small@x.example' })
  const states = async () => (await outcomes(desk)).map(({ state }) => state)
  assert.equal(await readSmall(), 'more')
  assert.deepEqual(await states(), ['waiting', 'done'])
  assert.equal(await readSmall(), null, 'it does not look again for what it leaves')
  assert.equal(await read(), 'more')
  assert.deepEqual(await states(), ['quarantined', 'done'], 'more than is read line by line is held')
})
