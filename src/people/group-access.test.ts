import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TeamId } from '#kit/ids.ts'
import { completed, lightAgent, partOf, type Action } from '#people/rights.ts'
import { decidesRoles, grantedTo, type Grant } from '#people/group-access.ts'

const team = (id: number) => id as TeamId
const grants: readonly Grant[] = [
  { group: '*', role: 'viewer', teamId: null, customRole: null },
  { group: 'Support', role: 'agent', teamId: null, customRole: null },
  { group: 'Support', role: null, teamId: team(2), customRole: null },
  { group: 'docket-admins', role: 'admin', teamId: null, customRole: null },
  { group: 'billing', role: null, teamId: team(5), customRole: null },
]

test('the mightiest role of all groups counts, and every team', () => {
  assert.deepEqual(grantedTo(['support', 'Docket-Admins'], grants), {
    role: 'admin',
    roleId: null,
    teamIds: [2],
    decidedTeamIds: [2, 5],
  })
})

test('who is in no group that gives a role is what everybody is, and nobody where that is nothing', () => {
  assert.equal(grantedTo(['billing', 'lunch'], grants).role, 'viewer')
  assert.deepEqual(grantedTo(['billing'], grants).teamIds, [5])
  assert.equal(grantedTo(['lunch'], [{ group: '*', role: null, teamId: null, customRole: null }]).role, null)
})

test('a group that is called "*" gives nobody more than everybody has', () => {
  assert.equal(grantedTo(['*'], grants).role, 'viewer')
  assert.equal(decidesRoles([{ group: '*', role: 'agent', teamId: null, customRole: null }]), false)
  assert.equal(decidesRoles(grants), true)
})

test('a role of the desk’s own counts by the rights that it gives', () => {
  const own = (id: number, actions: readonly Action[]): Grant => ({
    group: `own ${id}`,
    role: partOf(actions),
    customRole: { id, name: `Own ${id}`, actions },
    teamId: null,
  })
  const all = [...grants, own(1, lightAgent), own(2, completed(['ticket.close', 'articles.write']))]
  const of = (...groups: string[]) => {
    const { role, roleId } = grantedTo(groups, all)
    return [role, roleId]
  }
  assert.deepEqual(of('own 1'), ['viewer', 1])
  assert.deepEqual(of('own 1', 'own 2'), ['lead', 2])
  assert.deepEqual(of('own 1', 'support'), ['agent', null])
  assert.deepEqual(of('own 2', 'docket-admins'), ['admin', null])
})
