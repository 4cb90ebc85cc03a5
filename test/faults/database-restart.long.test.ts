// Restarts of somebody else's PostgreSQL under eight writers: five of them, twenty with DOCKET_TEST_LONG=1.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { underRestarts } from '../support/restarts.ts'

const RESTARTS = process.env['DOCKET_TEST_LONG'] === undefined ? 3 : 20

test(
  `${RESTARTS} restarts under 8 writers: Docket lives, nothing is lost or doubled`,
  { timeout: 900_000 },
  async (t) => {
    const { acknowledged, lost, doubled } = await underRestarts(RESTARTS, 8)
    t.diagnostic(`acknowledged ${acknowledged}, lost ${lost}, doubled ${doubled}`)
    assert.ok(acknowledged >= RESTARTS * 16, `only ${acknowledged} were acknowledged`)
    assert.deepEqual({ lost, doubled }, { lost: 0, doubled: 0 })
  },
)
