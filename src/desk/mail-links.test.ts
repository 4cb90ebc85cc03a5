// Links to customers: each opens what it was made for, and nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  readSignInToken,
  readSurveyToken,
  readTicketToken,
  signInToken,
  surveyToken,
  ticketToken,
} from '#desk/mail-links.ts'
import { instant } from '#kit/time.ts'

const secret = 'a secret for tests'
const number = fc.integer({ min: 1, max: 2 ** 45 })

test('a link names what it was made for', () => {
  fc.assert(
    fc.property(number, number, fc.integer({ min: 0, max: 4e9 }), (ticketId, personId, seconds) => {
      const link = { ticketId, personId, at: instant(seconds * 1000) }
      assert.deepEqual(readTicketToken(ticketToken(link, secret), secret), link)
      assert.equal(readSignInToken(signInToken(ticketId, secret), secret), ticketId)
      assert.equal(readSurveyToken(surveyToken(ticketId, secret), secret), ticketId)
    }),
  )
})

test('a link of one kind, of another desk, or with one letter changed opens nothing', () => {
  const token = signInToken(7, secret)
  assert.equal(readSurveyToken(token, secret), null)
  assert.equal(readTicketToken(token, secret), null)
  assert.equal(readSignInToken(token, 'another secret'), null)
  const link = ticketToken({ ticketId: 12, personId: 3, at: instant(0) }, secret)
  fc.assert(
    fc.property(fc.nat(link.length - 1), fc.constantFrom(...'0a.Z_'), (at, letter) => {
      const forged = link.slice(0, at) + letter + link.slice(at + 1)
      if (forged !== link) assert.equal(readTicketToken(forged, secret), null)
    }),
  )
  for (const odd of ['', '.', '..', 'a.b.c.d', '01.1.1.x', '-1.x', '__proto__.x', `${'z'.repeat(40)}.x`])
    for (const read of [readTicketToken, readSignInToken, readSurveyToken])
      assert.equal(read(odd, secret), null)
})
