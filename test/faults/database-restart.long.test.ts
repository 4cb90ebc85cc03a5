// Twenty restarts of somebody else's PostgreSQL under eight writers, with DOCKET_TEST_LONG=1; two of them, under four, are in every run
// (database-away).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { underRestarts } from '../support/restarts.ts'

const RESTARTS = 20
const skip = process.env['DOCKET_TEST_LONG'] === undefined && 'asked for with DOCKET_TEST_LONG=1'

test(
  `${RESTARTS} restarts under 8 writers: Docket lives, nothing is lost or doubled`,
  { timeout: 900_000, skip },
  async (t) => {
    const { acknowledged, lost, doubled } = await underRestarts(RESTARTS, 8)
    t.diagnostic(`acknowledged ${acknowledged}, lost ${lost}, doubled ${doubled}`)
    assert.ok(acknowledged >= RESTARTS * 16, `only ${acknowledged} were acknowledged`)
    assert.deepEqual({ lost, doubled }, { lost: 0, doubled: 0 })
  },
)
