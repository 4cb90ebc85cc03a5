// Twenty restarts of somebody else's PostgreSQL under eight writers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { underRestarts } from '../support/restarts.ts'

test(
  '20 restarts under 8 writers: Docket lives, nothing is lost or doubled',
  { timeout: 900_000 },
  async (t) => {
    const { acknowledged, lost, doubled } = await underRestarts(20, 8)
    t.diagnostic(`acknowledged ${acknowledged}, lost ${lost}, doubled ${doubled}`)
    assert.ok(acknowledged > 200, `only ${acknowledged} were acknowledged`)
    assert.deepEqual({ lost, doubled }, { lost: 0, doubled: 0 })
  },
)
