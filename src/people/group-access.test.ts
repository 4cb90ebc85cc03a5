import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TeamId } from '#kit/ids.ts'
import { decidesRoles, grantedTo, type Grant } from '#people/group-access.ts'

const team = (id: number) => id as TeamId
const grants: readonly Grant[] = [
  { group: '*', role: 'viewer', teamId: null },
  { group: 'Support', role: 'agent', teamId: null },
  { group: 'Support', role: null, teamId: team(2) },
  { group: 'docket-admins', role: 'admin', teamId: null },
  { group: 'billing', role: null, teamId: team(5) },
]

test('the mightiest role of all groups counts, and every team', () => {
  assert.deepEqual(grantedTo(['support', 'Docket-Admins'], grants), {
    role: 'admin',
    teamIds: [2],
    decidedTeamIds: [2, 5],
  })
})

test('who is in no group that gives a role is what everybody is, and nobody where that is nothing', () => {
  assert.equal(grantedTo(['billing', 'lunch'], grants).role, 'viewer')
  assert.deepEqual(grantedTo(['billing'], grants).teamIds, [5])
  assert.equal(grantedTo(['lunch'], [{ group: '*', role: null, teamId: null }]).role, null)
})

test('a group that is called "*" gives nobody more than everybody has', () => {
  assert.equal(grantedTo(['*'], grants).role, 'viewer')
  assert.equal(decidesRoles([{ group: '*', role: 'agent', teamId: null }]), false)
  assert.equal(decidesRoles(grants), true)
})
