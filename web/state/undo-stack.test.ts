// `z` over random sequences of acts and undos: always the newest thing that still stands, or a word that it is too late for it.
import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { forget, remember, takeNewest, type Undoable } from './undo-stack.ts'

const empty = () => {
  while (takeNewest(0) !== null);
}

test('a reply on its way is what z takes back, not the change before it; once it has left, z says so and touches nothing', () => {
  empty()
  const undone: string[] = []
  const done = (title: string, until: number | null = null) =>
    remember({ title, until, undo: () => void undone.push(title) })
  done('Priority set to high')
  done('Reply sent', 10)
  const early = takeNewest(9)
  deepEqual([early?.done.title, early?.isLate], ['Reply sent', false])
  done('Reply sent', 10)
  const late = takeNewest(10)
  deepEqual([late?.done.title, late?.isLate], ['Reply sent', true])
  equal(takeNewest(10)?.done.title, 'Priority set to high')
  equal(takeNewest(10), null)
})

type Step =
  | { readonly kind: 'act'; readonly lasts: number | null }
  | { readonly kind: 'undo' | 'notice' | 'wait' }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('act' as const), lasts: fc.option(fc.integer({ min: 0, max: 3 })) }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'notice' as const, 'wait' as const) }),
)

test('whatever was done and undone, z means the newest thing that nobody has taken back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      empty()
      const standing: Undoable[] = []
      let now = 0
      steps.forEach((one, index) => {
        if (one.kind === 'wait') now++
        else if (one.kind === 'act') {
          const done = {
            title: String(index),
            until: one.lasts === null ? null : now + one.lasts,
            undo: () => {},
          }
          standing.unshift(done)
          remember(done)
        } else if (one.kind === 'notice') {
          const [taken] = standing.splice(Math.min(1, standing.length - 1), 1)
          if (taken !== undefined) forget(taken)
        } else {
          const expected = standing.shift()
          const taken = takeNewest(now)
          equal(taken?.done, expected)
          if (expected !== undefined) equal(taken?.isLate, expected.until !== null && now >= expected.until)
        }
      })
    }),
  )
})
