// The worked examples of routing, as sentences, and what must hold of any match.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EXCLUDED_SECONDS, eligibleAtOf, goesBack } from '#routing/away.ts'
import { defaultUnits, usedUnits } from '#routing/load.ts'
import { mergeNeeds, presets, type Snapshot, type Waiting } from '#routing/model.ts'
import { placeOf } from '#routing/order.ts'
import { explain, linesOf, nextFor, route } from '#routing/route.ts'
import { agent, at, desk, office, queue, ticket } from '#routing/sentences.ts'
import { unroutable } from '#routing/unroutable.ts'
import type { TicketEvent } from '#tickets/event.ts'

const [ana, bo, cy] = [1, 2, 3]
const [billing, japanese, german, kubernetes] = [1, 2, 3, 4]

const winner = (snapshot: Snapshot) => {
  const [move] = route(snapshot).moves
  return move !== undefined && 'agentId' in move ? move.agentId : null
}
const first = (snapshot: Snapshot) => linesOf(snapshot).get(1)?.[0]?.ticket.id

test('T01 the one with less to do gets it', () => {
  const agents = [agent(ana, { used: 4 }), agent(bo, { used: 2 })]
  const snapshot = desk({ agents, tickets: [ticket(1)] })
  assert.equal(winner(snapshot), bo)
  assert.deepEqual(
    explain(snapshot, 1)?.candidates.map(({ agentId, criteria }) => [agentId, criteria.load]),
    [
      [bo, 0.3],
      [ana, 0.5],
    ],
  )
})

test('T02 of two with as much to do, the one who was idle longest', () => {
  const agents = [
    agent(ana, { used: 2, lastAssignedAt: at('10:00') }),
    agent(bo, { used: 2, lastAssignedAt: at('09:30') }),
  ]
  assert.equal(winner(desk({ agents, tickets: [ticket(1)] })), bo)
})

test('T03 who had it before gets it again', () => {
  const agents = [agent(ana, { used: 4 }), agent(bo, { used: 2 })]
  assert.equal(winner(desk({ agents, tickets: [ticket(1, { affinityAgentId: ana })] })), ana)
})

test('T04 a rare skill is kept free', () => {
  const agents = [
    agent(ana, { skills: { [billing]: 3, [japanese]: 3 } }),
    agent(bo, { used: 5, skills: { [billing]: 3 } }),
  ]
  const needs = [{ skillId: billing, minLevel: 1, tier: 0 }] as const
  const snapshot = desk({ agents, tickets: [ticket(1, { needs })] })
  assert.equal(winner(snapshot), bo)
  assert.deepEqual(
    explain(snapshot, 1)?.candidates.map(({ criteria }) => criteria.overqualification),
    [0, 1],
  )
})

test('of two with as much to do, the one with less that others may ask for', () => {
  const many = [5, 6, 7].map((id) => agent(id, { used: 9, skills: { [german]: 3 } }))
  const agents = [
    agent(ana, { used: 2, skills: { [german]: 3 }, lastAssignedAt: null }),
    agent(bo, { used: 2, lastAssignedAt: at('09:59') }),
    ...many,
  ]
  assert.equal(
    winner(desk({ agents, tickets: [ticket(1)] })),
    bo,
    'German is not rare here, and still spared',
  )
  const needs = [{ skillId: german, minLevel: 1, tier: 0 }] as const
  assert.equal(winner(desk({ agents, tickets: [ticket(1, { needs })] })), ana)
  const busier = [agent(ana, { used: 2, skills: { [german]: 3 } }), agent(bo, { used: 3 }), ...many]
  assert.equal(
    winner(desk({ agents: busier, tickets: [ticket(1)] })),
    ana,
    'whoever has less to do comes first',
  )
  const queues = [queue({ criteria: presets['round_robin'] ?? [] })]
  assert.equal(winner(desk({ agents, queues, tickets: [ticket(1)] })), ana, 'in turn is in turn')
})

test('T05 what nobody on staff can is unroutable and never relaxed', () => {
  const needs = [{ skillId: japanese, minLevel: 1, tier: 0 }] as const
  const agents = [agent(ana)]
  assert.deepEqual(unroutable(needs, queue(), agents), { skills: [japanese], nobodyInTeams: false })
  assert.equal(winner(desk({ at: at('10:00', '2027-01-01'), agents, tickets: [ticket(1, { needs })] })), null)
})

const hard = [
  { skillId: german, minLevel: 3, tier: 0 },
  { skillId: kubernetes, minLevel: 2, tier: 2 },
] as const

test('T06 a softer requirement is dropped after a quarter of an hour', () => {
  const waits = { agents: [agent(cy, { skills: { [german]: 4 } })], queues: [queue({ calendar: office })] }
  const tickets = [ticket(1, { needs: hard })]
  const early = route(desk({ ...waits, tickets, at: at('10:14') }))
  assert.deepEqual(early.moves, [])
  assert.equal(early.nextAt, at('10:15'))
  assert.equal(winner(desk({ ...waits, tickets, at: at('10:15') })), cy)
})

test('T07 the quarter of an hour is counted in working time', () => {
  const waits = { agents: [agent(cy, { skills: { [german]: 4 } })], queues: [queue({ calendar: office })] }
  const tickets = [ticket(1, { needs: hard, enteredAt: at('16:55', '2026-03-06') })]
  assert.equal(winner(desk({ ...waits, tickets, at: at('09:09', '2026-03-09') })), null)
  assert.equal(winner(desk({ ...waits, tickets, at: at('09:10', '2026-03-09') })), cy)
})

test('T08 a chat is more than there is room for', () => {
  const snapshot = desk({
    agents: [agent(ana, { used: 8 })],
    tickets: [ticket(1, { channel: 'chat', units: 3 })],
  })
  assert.equal(winner(snapshot), null)
  assert.deepEqual(explain(snapshot, 1)?.ineligible, [
    { agentId: ana, because: 'capacity', used: 8, units: 3, max: 10 },
  ])
})

test('T09 long waiting beats a higher priority', () => {
  const a = ticket(1, { priority: 'high', eligibleAt: at('09:00') })
  const b = ticket(2, { eligibleAt: at('07:00') })
  const score = (one: Waiting) => Math.round(placeOf(one, queue(), at('10:00')).score * 1000) / 1000
  assert.deepEqual([score(a), score(b)], [0.917, 1.083])
  assert.equal(first(desk({ tickets: [a, b] })), 2)
})

test('T10 what is overdue comes before what is urgent', () => {
  const a = ticket(1, { priority: 'low', secondsLeft: -60, percentUsed: 1.1 })
  const b = ticket(2, { priority: 'urgent', secondsLeft: 3_000, percentUsed: 0.8 })
  assert.equal(first(desk({ tickets: [b, a] })), 1)
})

test('T11 the lane comes before everything', () => {
  const tickets = [ticket(2, { secondsLeft: -60, percentUsed: 1.1 }), ticket(1, { lane: 1 })]
  assert.equal(first(desk({ tickets })), 1)
})

test('T12 an offer that expired leaves the place as it was, and the next best gets it', () => {
  const until = at('10:10') + EXCLUDED_SECONDS * 1000
  const excluded = [{ agentId: ana, why: 'expired', until }] as const
  const agents = [agent(ana), agent(bo, { used: 5 })]
  const tickets = [ticket(1, { excluded }), ticket(2, { eligibleAt: at('10:05') })]
  const { moves } = route(desk({ agents, tickets, at: at('10:10') }))
  assert.deepEqual(
    moves.map((move) => [move.ticketId, 'agentId' in move && move.agentId]),
    [
      [1, bo],
      [2, ana],
    ],
  )
  assert.equal(winner(desk({ agents, tickets: [ticket(1, { excluded })], at: until })), ana)
})

test('T14 customers who wait do not wait for somebody who is away; the rest stays', () => {
  assert.equal(
    goesBack({ status: 'open', unansweredSince: '2026-03-02T09:00:00.000Z' as never, secondsLeft: null }),
    true,
  )
  assert.equal(goesBack({ status: 'open', unansweredSince: null, secondsLeft: 18_000 }), false)
  assert.equal(goesBack({ status: 'pending', unansweredSince: null, secondsLeft: null }), false)
  assert.equal(goesBack({ status: 'open', unansweredSince: null, secondsLeft: 3_599 }), true)
})

const logged = (kind: string, time: string, payload: object) =>
  ({ kind, at: `2026-03-02T${time}:00.000Z`, payload }) as TicketEvent

test('T15 what the assistant does costs nobody their place', () => {
  const log = [logged('ticket_opened', '10:00', {}), logged('assistant_escalated', '10:40', {})]
  assert.equal(eligibleAtOf(log), '2026-03-02T10:00:00.000Z')
})

test('T16 a reopened ticket waits from its reopening', () => {
  const log = [
    logged('ticket_opened', '09:00', {}),
    logged('status_changed', '10:00', { from: 'open', to: 'resolved' }),
    logged('status_changed', '14:00', { from: 'resolved', to: 'open' }),
    logged('status_changed', '14:30', { from: 'open', to: 'pending' }),
  ]
  assert.equal(eligibleAtOf(log), '2026-03-02T14:00:00.000Z')
})

test('T18 an agent serves the queue that waits beyond its share', () => {
  const queues = [queue({ id: 1, share: 0.5 }), queue({ id: 2, share: 0.5 })]
  const waiting = (queueId: number, count: number, from: number) =>
    Array.from({ length: count }, (_, index) => ticket(from + index, { queueId }))
  const tickets = [...waiting(1, 30, 100), ...waiting(2, 10, 1)]
  const { moves } = route(desk({ queues, tickets, agents: [agent(ana, { used: 9 })] }))
  assert.deepEqual(
    moves.map(({ queueId }) => queueId),
    [1],
  )
})

test('T19 who is full may take more by hand', () => {
  const snapshot = desk({ agents: [agent(ana, { used: 10 })], tickets: [ticket(1)] })
  assert.equal(winner(snapshot), null)
  assert.deepEqual(nextFor(snapshot, ana), [{ ticketId: 1, queueId: 1 }])
})

test('T20 pending tickets count half when the desk says so', () => {
  const held = [{ channel: 'email', status: 'pending', categoryId: null, count: 7 }] as const
  assert.equal(usedUnits({ ...defaultUnits, pending: 0.5 }, held, 10).used, 3.5)
  assert.equal(usedUnits(defaultUnits, held, 10).used, 0)
})

test('the same skill asked twice takes the higher level and the lower tier', () => {
  const needs = mergeNeeds([
    { skillId: german, minLevel: 4, tier: 2 },
    { skillId: german, minLevel: 2, tier: 0 },
  ])
  assert.deepEqual(needs, [{ skillId: german, minLevel: 4, tier: 0 }])
})

test('a queue that points at itself keeps its tickets; another one takes them over', () => {
  const relax = [{ after: 60, do: { overflow: true } }] as const
  const late = { tickets: [ticket(1)], at: at('10:05') }
  assert.deepEqual(route(desk({ ...late, queues: [queue({ relax, overflowQueueId: 1 })] })).moves, [])
  const queues = [queue({ relax, overflowQueueId: 2 }), queue({ id: 2 })]
  assert.deepEqual(route(desk({ ...late, queues })).moves, [
    { kind: 'overflow', ticketId: 1, queueId: 1, toQueueId: 2 },
  ])
})

test('nobody gets anything with no capacity, while away, or outside their hours, and each says why', () => {
  const agents = [
    agent(1, { maxUnits: 0 }),
    agent(2, { presence: 'away', presenceSince: at('09:40') }),
    agent(3, { calendar: office }),
    agent(4, { channelsOff: ['email'] }),
    agent(5, { seesAll: false, teams: [1] }),
  ]
  const snapshot = desk({ agents, tickets: [ticket(1, { teamId: 9 })], at: at('18:00') })
  assert.deepEqual(
    explain(snapshot, 1)?.ineligible.map(({ because }) => because),
    ['capacity', 'presence', 'outside_hours', 'channel_off', 'may_not_see'],
  )
  assert.deepEqual(route(snapshot).moves, [])
  assert.equal(
    route(desk({ agents: [agent(3, { calendar: office })], tickets: [ticket(1)], at: at('18:00') })).nextAt,
    at('09:00', '2026-03-03'),
  )
})

test('a secondary team helps only after its step', () => {
  const agents = [agent(1, { teams: [2] })]
  assert.equal(winner(desk({ agents, tickets: [ticket(1)], at: at('10:44') })), null)
  assert.equal(winner(desk({ agents, tickets: [ticket(1)], at: at('10:45') })), 1)
})

test('a substitute is asked alone for a while; then everybody is', () => {
  const agents = [agent(ana), agent(bo, { used: 9 })]
  const kept = ticket(1, { reserved: { agentId: bo, until: at('10:10') } })
  assert.equal(winner(desk({ agents, tickets: [kept] })), bo)
  const away = [agent(ana), agent(bo, { presence: 'away' })]
  const waits = route(desk({ agents: away, tickets: [kept] }))
  assert.deepEqual([waits.moves, waits.nextAt], [[], at('10:05')], 'the next step of relaxation comes first')
  assert.equal(winner(desk({ agents: away, tickets: [kept], at: at('10:10') })), ana)
})

test('a queue may wait a little for the agent who had a ticket before', () => {
  const queues = [queue({ affinitySeconds: 300 })]
  const agents = [agent(ana, { used: 10 }), agent(bo)]
  const back = ticket(1, { affinityAgentId: ana })
  assert.equal(winner(desk({ queues, agents, tickets: [back] })), null)
  assert.equal(winner(desk({ queues, agents, tickets: [back], at: at('10:05') })), bo)
})

test('round robin goes round, whatever anybody has to do', () => {
  const agents = [agent(1, { used: 5 }), agent(2), agent(3, { used: 3 })]
  const queues = [queue({ criteria: presets['round_robin'] ?? [] })]
  const { moves } = route(desk({ agents, queues, tickets: [1, 2, 3, 4].map((id) => ticket(id)) }))
  assert.deepEqual(
    moves.map((move) => 'agentId' in move && move.agentId),
    [1, 2, 3, 1],
  )
})

/** A desk out of a hat; the same number gives the same desk. */
function randomDesk(seed: number): Snapshot {
  let state = seed
  const roll = (below: number) => ((state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 8) % below
  const level = () => (1 + roll(5)) as 1
  return desk({
    at: at('12:00'),
    queues: [queue({ share: 0.3 }), queue({ id: 2, teams: { primary: [2], secondary: [1] } })],
    agents: Array.from({ length: 1 + roll(12) }, (_, index) =>
      agent(index + 1, {
        used: roll(9),
        maxUnits: roll(11),
        teams: [1 + roll(2)],
        capacity: roll(3) === 0 ? { chat: 3 } : {},
        presence: roll(5) === 0 ? 'away' : 'online',
        skills: { [1 + roll(3)]: level(), [1 + roll(3)]: level() },
      }),
    ),
    tickets: Array.from({ length: roll(40) }, (_, index) =>
      ticket(index + 1, {
        queueId: 1 + roll(2),
        eligibleAt: at('09:00') + roll(7_200_000),
        enteredAt: at('11:00') + roll(3_600_000),
        lane: roll(8) === 0 ? 1 : 0,
        ...(roll(4) === 0 ? { channel: 'chat', units: 3 } : {}),
        needs: roll(2) === 0 ? [] : [{ skillId: 1 + roll(3), minLevel: level(), tier: roll(4) as 0 }],
      }),
    ),
  })
}

test('of 2,000 desks: nobody beyond capacity, none without what is still asked, none twice, none left that somebody could take', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const snapshot = randomDesk(seed)
    const { moves } = route(snapshot, { explain: true })
    const used = new Map(snapshot.agents.map(({ id, used: units }) => [id, units]))
    const seen = new Set<number>()
    for (const move of moves) {
      assert(move.kind !== 'overflow' && !seen.has(move.ticketId))
      seen.add(move.ticketId)
      const [one, who] = [
        snapshot.tickets.find(({ id }) => id === move.ticketId),
        snapshot.agents.find(({ id }) => id === move.agentId),
      ]
      assert(one !== undefined && who !== undefined && move.explanation !== null)
      for (const { skillId, minLevel } of move.explanation.relaxed.needs)
        assert((who.skills.get(skillId) ?? 0) >= minLevel)
      for (const { tier } of move.explanation.relaxed.dropped) assert.notEqual(tier, 0)
      assert.equal(move.explanation.candidates[0]?.agentId, who.id)
      used.set(who.id, (used.get(who.id) ?? 0) + one.units)
      assert((used.get(who.id) ?? 0) <= who.maxUnits)
    }
    const after: Snapshot = {
      ...snapshot,
      agents: snapshot.agents.map((each) => {
        const given = moves.flatMap((move) =>
          'agentId' in move && move.agentId === each.id ? [move.ticketId] : [],
        )
        const chats = given.filter(
          (id) => snapshot.tickets.find((one) => one.id === id)?.channel === 'chat',
        ).length
        return { ...each, used: used.get(each.id) ?? 0, usedBy: { chat: chats * 3 } }
      }),
      tickets: snapshot.tickets.filter(({ id }) => !seen.has(id)),
    }
    assert.deepEqual(route(after).moves, [], `desk ${seed} left something that could be given`)
    assert.deepEqual(
      route({
        ...snapshot,
        tickets: snapshot.tickets.toReversed(),
        agents: snapshot.agents.toReversed(),
      }).moves.map(({ ticketId }) => ticketId),
      moves.map(({ ticketId }) => ticketId),
    )
  }
})

test('nothing starves: however many urgent ones keep coming, an old ticket comes first in the end', () => {
  const old = ticket(1, { priority: 'low' })
  let hour = 0
  for (; hour < 24; hour++) {
    const now = at('10:00') + hour * 3_600_000
    const fresh = Array.from({ length: 20 }, (_, index) =>
      ticket(100 + index, { priority: 'urgent', eligibleAt: now }),
    )
    if (first(desk({ at: now, tickets: [...fresh, old] })) === 1) break
  }
  assert.equal(hour, 4, 'one point of priority is four hours of waiting')
})
