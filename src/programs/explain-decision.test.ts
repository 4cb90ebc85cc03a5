// Routing told to a program: names, not numbers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TicketRouting } from '#api/contract/routing.ts'
import { showRouting } from '#programs/explain-decision.ts'

const AT = '2026-03-02T09:00:00.000Z'
const criteria = {
  affinity: 0,
  teamRank: 0,
  overqualification: 0,
  shortfall: 0,
  load: 0,
  lastAssignedAt: null,
}
const place = { lane: 0, band: 0, score: 0, eligibleAt: AT }

const routing: TicketRouting = {
  waiting: null,
  agents: [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Bo' },
  ],
  skills: [{ id: 5, name: 'French' }],
  decisions: [
    {
      id: 9,
      at: AT,
      queue: { id: 3, name: 'Mail' },
      queueVersion: 1,
      rulebookVersion: 1,
      kind: 'assigned',
      agentId: 1,
      overCapacity: false,
      passedOver: false,
      waitedSeconds: 4,
      units: 1,
      explanation: {
        rank: 1,
        of: 2,
        place,
        neighbours: [],
        needs: [{ skillId: 5, minLevel: 2, tier: 1, state: 'asked' }],
        relaxed: [],
        candidates: [{ agentId: 1, criteria }],
        ineligible: [
          { agentId: 2, because: 'skill' },
          { agentId: 7, because: 'capacity' },
        ],
      },
    },
  ],
}

test('who got a ticket, who could have had it, and why nobody else', () => {
  assert.deepEqual(showRouting(routing).decisions, [
    {
      at: AT,
      queue: 'Mail',
      kind: 'assigned',
      agent: 'Ada',
      waitedSeconds: 4,
      why: {
        rank: 1,
        of: 2,
        needs: [{ skill: 'French', level: 2, state: 'asked' }],
        candidates: ['Ada'],
        ineligible: [
          { agent: 'Bo', because: 'skill' },
          { agent: 'agent 7', because: 'capacity' },
        ],
      },
    },
  ])
})
