// M2: two hundred mails as services write them to prove an address are all known as such, and what customers write about codes is not.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '#mail/parse.ts'
import { provesAddress } from '#mail/verification.ts'
import { letters, senders } from '../../test/support/verification-mails.ts'
import { letter } from '../../test/support/customer.ts'

async function judged(raw: Buffer): Promise<string | null> {
  const parsed = await parse(raw)
  return parsed.ok ? provesAddress(parsed.mail) : 'not read'
}

test('M2: codes and links that prove an address are known in many languages and dresses', async () => {
  const missed: string[] = []
  let count = 0
  for (const [subject, text] of letters('482913'))
    for (const { from, headers } of senders) {
      count++
      const found = await judged(letter({ from, to: 'support@desk.example', subject, text, headers }))
      if (found === null) missed.push(`${from}: ${subject}`)
    }
  deepEqual(missed, [])
  equal(count >= 200, true, `${count} mails`)
})

test('what people write about codes, and what machines write about other things, goes its way', async () => {
  const person = { from: 'Cy Berg <cy.berg@customer.example>', headers: {} }
  const machine = { from: 'noreply@shop.example', headers: { 'Auto-Submitted': 'auto-generated' } }
  const through = { from: 'info@firm.example', headers: { 'List-ID': '<a.b>', Precedence: 'list' } }
  const fine: [string, string, typeof person | typeof machine][] = [
    ['I never got my verification code', 'Your site says it sent a security code. It never came.', person],
    ['Re: Reset your password', 'The link in "reset your password" does not work for me.', person],
    ['Bestätigungscode kommt nicht an', 'Ich warte seit gestern auf den Bestätigungscode.', person],
    ['No security code', 'We wait for the security code since Monday.', through],
    ['Order 4711 has shipped', 'Your parcel left us today. Track it in your order.', machine],
    ['Invoice 2026-113', 'Attached is the invoice for November.', machine],
    ['Backup failed on web-3', 'Exit code 12. See the log on the host.', machine],
    ['Build 991 is green', 'All 431 tests passed in 3 minutes.', machine],
    ['New comment on issue 77', 'Ada wrote: I think the parser drops the last line.', machine],
  ]
  for (const [subject, text, { from, headers }] of fine)
    equal(await judged(letter({ from, to: 'support@desk.example', subject, text, headers })), null, subject)
})
