// Values are the same whatever the order of their keys, as a database may give them back.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { sameValue } from '#tickets/value.ts'

test('the order of keys says nothing, the order of lists does', () => {
  assert(
    sameValue({ role: 'cc', person: { id: 1, at: [1, 2] } }, { person: { at: [1, 2], id: 1 }, role: 'cc' }),
  )
  assert(!sameValue(['a', 'b'], ['b', 'a']))
  assert(!sameValue(null, { valueId: 1 }))
  assert(!sameValue('1', 1))
})
