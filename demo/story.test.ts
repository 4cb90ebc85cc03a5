// The demo's stories: the same seed tells the same, nobody speaks before the beginning or after the end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asksCarrier } from './asides.ts'
import { pictureIn } from './files.ts'
import { stories } from './story.ts'

const until = Date.parse('2026-11-01T12:00:00Z')

test('the same seed and day tell the same stories, another seed others', () => {
  assert.deepEqual(stories(200, 7, until), stories(200, 7, until))
  assert.notDeepEqual(stories(200, 7, until), stories(200, 8, until))
})

test('stories begin in order, their steps follow each other, and none lies in the future', () => {
  const all = stories(500, 1, until)
  all.slice(1).forEach((story, index) => assert.ok(story.at >= (all[index]?.at ?? 0)))
  for (const { at, steps } of all) {
    const moments = [at, ...steps.map((step) => step.at)]
    assert.deepEqual(
      moments,
      moments.toSorted((a, b) => a - b),
    )
    assert.ok(steps.every((step) => step.at < until))
  }
})

test('several languages are spoken, some tickets come back, some are spam', () => {
  const all = stories(1_000, 1, until)
  for (const greeting of [/^(Hallo|Guten Tag|Sehr)/, /^(Bonjour|Madame)/, /^(Hola|Buenos|Estimados)/]) {
    assert.ok(all.filter(({ text }) => greeting.test(text)).length > 30)
  }
  const resolvedTwice = all.filter(
    ({ steps }) => steps.filter((step) => step.does === 'reply' && step.status === 'resolved').length > 1,
  )
  assert.ok(resolvedTwice.length > 20)
  for (const kind of ['spam', 'merge', 'cc', 'bounce', 'snooze'])
    assert.ok(
      all.some(({ steps }) => steps.some(({ does }) => does === kind)),
      kind,
    )
  assert.ok(all.filter(({ html }) => html).length > 200)
  assert.ok(all.filter((story) => pictureIn(story) !== '').length > 20)
  assert.ok(all.filter((story) => story.steps.some((step) => asksCarrier(story, step))).length > 10)
  for (const { text } of all) assert.doesNotMatch(text, /\{|\b(?:2[123]th|[123]th|1[123](?:st|nd|rd))\b/)
})
