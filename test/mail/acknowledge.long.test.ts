// Who is acknowledged, and in which words: nobody can have us write to a stranger, or write their own words to one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dns } from '#channels/dns.ts'
import { letter, post } from '../support/customer.ts'
import { noDns, startDesk, until } from '../support/desk.ts'

const support = 'support@docket.localhost'
/** A domain that says: nobody sends in my name, and do no more than watch. */
const records: Readonly<Record<string, string>> = {
  'watched.org': 'v=spf1 -all',
  '_dmarc.watched.org': 'v=DMARC1; p=none; aspf=s; adkim=s',
}
const dns: Dns = (name, type) => {
  const text = type === 'TXT' ? records[name] : undefined
  return text === undefined ? noDns(name, type) : Promise.resolve([[text]])
}

test('an unproven sender is acknowledged in fixed words, a disproved one not at all', async (t) => {
  const desk = await startDesk({ dns })
  t.after(() => desk.close())
  const write = (email: string) =>
    post(desk.smtpPort, letter({ from: `"Buy now" <${email}>`, to: support, subject: 'Cheap things' }), {
      from: email,
      to: [support],
    })
  await write('victim@watched.org')
  await write('victim@elsewhere.org')
  await until(async () => (await desk.api('GET', '/mails')).body.items.length === 2)
  const [mail] = await until(async () => (desk.sink.mails.length > 0 ? desk.sink.mails : null))
  assert.match(mail?.mail.subject ?? '', /We have your message/)
  assert.doesNotMatch(mail?.raw.toString() ?? '', /Cheap things|Buy now/)
  await new Promise((done) => setTimeout(done, 500))
  assert.deepEqual(
    desk.sink.mails.map(({ to }) => to),
    [['victim@elsewhere.org']],
  )
})
