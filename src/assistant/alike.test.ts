// Which open incident a new ticket is about, and when many at once are one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alikeOf, HOURS_SECONDS, type Other } from './alike.ts'

const hour = 3_600
const other = (ticketId: number, text: string, more: Partial<Other> = {}): Other => ({
  ticketId,
  ofId: ticketId,
  type: null,
  ageSeconds: hour,
  isActive: true,
  text,
  ...more,
})
const daily = [
  'How can I return my lamp?',
  'The invoice of May names a wrong address',
  'Do you have the brass shade in green?',
  'My parcel was left with a neighbour',
  'Please delete my account',
  'The receipt for the warranty is lost',
].map((text, at) => other(at + 1, text, { ageSeconds: 50 * hour + at }))
const outage = 'Checkout fails\nThe checkout page shows error 502 when I pay by card'
const same = 'Cannot pay: the checkout ends with error 502'

test('an open problem before an incident, an incident before nothing; the rest of the day is no incident', () => {
  const incident = other(20, outage, { type: 'incident', ageSeconds: 90 * hour })
  assert.deepEqual(
    [alikeOf(same, [...daily, incident])?.ticketId, alikeOf(same, [...daily, incident])?.linkType],
    [20, 'duplicates'],
  )
  const problem = other(21, outage, { type: 'problem' })
  assert.equal(alikeOf(same, [...daily, incident, problem])?.linkType, 'incident')
  assert.equal(alikeOf(same, daily), null)
  assert.equal(alikeOf('How can I send my lamp back?', [...daily.slice(1), incident]), null)
})

test('what people linked with an incident says what it is about as well', () => {
  const incident = other(20, 'Payment provider away', { type: 'incident' })
  const linked = other(22, outage, { ofId: 20, type: 'incident' })
  assert.equal(alikeOf(same, [...daily, incident]), null)
  assert.equal(alikeOf(same, [...daily, incident, linked])?.ticketId, 20)
})

test('many of the last hours are one where they are more than usual, and are still open', () => {
  const burst = [30, 31, 32, 33].map((id) => other(id, `${outage}, number ${id}`))
  const found = alikeOf(same, [...daily, ...burst])
  assert.deepEqual([found?.ticketId, found?.linkType, found?.count], [30, 'duplicates', 4])
  assert.equal(alikeOf(same, [...daily, ...burst.slice(1)]), null)
  assert.equal(alikeOf(same, [...daily, ...burst.map((each) => ({ ...each, isActive: false }))]), null)
  const always = Array.from({ length: 24 }, (_, at) =>
    other(100 + at, `${outage}, again`, { ageSeconds: HOURS_SECONDS + (at * 2 + 1) * hour }),
  )
  assert.equal(alikeOf(same, [...daily, ...burst, ...always]), null)
})

test('one word in common, and no words at all, are nothing', () => {
  assert.equal(alikeOf('checkout', [other(20, 'checkout', { type: 'incident' })]), null)
  assert.equal(alikeOf('', [other(20, '', { type: 'incident' })]), null)
})
