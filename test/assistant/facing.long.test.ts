// Two desks whose assistants answer alone, facing each other: whoever begins, they fall silent.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { goLive, writeHelp } from '../support/assistant.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

const [ourAddress, theirAddress] = ['support@docket.localhost', 'help@other.localhost']
let ours: TestDesk
let theirs: TestDesk

before(async () => {
  ours = await startDesk()
  theirs = await startDesk({ clock: ours.clock })
  await theirs.running.desk.database.rows(sql`update mailbox set address = ${theirAddress}`)
  theirs.running.desk.setup.forget()
  for (const desk of [ours, theirs]) {
    const category = (await desk.api('POST', '/categories', { name: 'returns' })).body.id as number
    await publishRules(desk, [aRule(1, { do: [{ setCategory: category }] })])
    await writeHelp(desk)
    await goLive(desk, category)
  }
})
after(async () => {
  await theirs.close()
  await ours.close()
})

/** Until nothing waits to be read or looked at; answers in their delay leave as time passes. */
const settled = ({ running: { desk } }: TestDesk) =>
  until(async () => {
    const rows = await desk.database.rows(sql`select from raw_mail where state = 'waiting'
      union all select from assistant_due
      union all select from outbox where state = 'sending' or (state = 'queued' and send_at <= ${desk.clock.now()})`)
    return rows.length === 0
  }, 20_000)

/** An hour of mail between them; how many mails each sent. */
async function anHour(strip: (raw: string) => string) {
  const sent = { ours: ours.sink.mails.length, theirs: theirs.sink.mails.length }
  const began = { ...sent }
  const carry = async (from: TestDesk, to: TestDesk, already: number) => {
    await settled(from)
    for (const mail of from.sink.mails.slice(already))
      await post(to.smtpPort, Buffer.from(strip(mail.raw.toString('latin1')), 'latin1'), mail)
    return from.sink.mails.length
  }
  for (let round = 0; round < 12; round++) {
    sent.ours = await carry(ours, theirs, sent.ours)
    sent.theirs = await carry(theirs, ours, sent.theirs)
    ours.clock.pass(300)
  }
  return { ours: sent.ours - began.ours, theirs: sent.theirs - began.theirs }
}

const subject = 'Returning a lamp'
const text = 'How can I return my lamp?'
const ask = () =>
  post(ours.smtpPort, letter({ from: theirAddress, to: ourAddress, subject, text }), {
    from: theirAddress,
    to: [ourAddress],
  })

test('the first is answered, and the answer says of itself that a machine wrote it: silence', async () => {
  await ask()
  const sent = await anHour((raw) => raw)
  assert.ok(sent.ours >= 1, 'the first mail was answered')
  assert.ok(sent.ours + sent.theirs <= 3, JSON.stringify(sent))
})

test('where what machines say of themselves is lost on the way, a few answers, then silence', async () => {
  await ask()
  const bare = (raw: string) =>
    raw.replace(/^(?:auto-submitted|x-auto-response-suppress|precedence):.*\r\n/gim, '')
  const sent = await anHour(bare)
  assert.ok(sent.ours + sent.theirs <= 8, JSON.stringify(sent))
  assert.deepEqual(await anHour(bare), { ours: 0, theirs: 0 })
})
