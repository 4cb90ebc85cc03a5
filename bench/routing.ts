// How fast work finds people: ten thousand waiting tickets and five hundred agents, and one pick with its explanation.
import { presets, type Agent, type Snapshot } from '#routing/model.ts'
import { route } from '#routing/route.ts'
import { agent, at, desk, queue, ticket } from '#routing/sentences.ts'
import { median, type Bench } from './bench.ts'

const TICKETS = 10_000
const AGENTS = 500

export const run: Bench = async () => {
  const all = crowd()
  const times = Array.from({ length: 5 }, () => timed(() => route(all)))
  const single: Snapshot = { ...all, tickets: all.tickets.slice(0, 1) }
  const picks = Array.from({ length: 200 }, () => timed(() => route(single, { explain: true })))
  const busy = oneFree()
  const freed = Array.from({ length: 40 }, () => timed(() => route(busy, { limit: 20, explain: true })))
  const matchMs = median(times)
  const freedMs = median(freed)
  const pickMs = median(picks)
  return {
    rows: [
      { name: `${TICKETS} waiting, ${AGENTS} agents, all matched`, value: `${matchMs.toFixed(0)} ms` },
      { name: `one of ${AGENTS} is free and 5,000 wait, explained`, value: `${freedMs.toFixed(1)} ms` },
      { name: `one pick among ${AGENTS}, explained`, value: `${pickMs.toFixed(2)} ms` },
    ],
    results: { matchMs, pickMs, freedMs, moves: route(all).moves.length },
  }
}

/** Everybody has all they can take but one. */
function oneFree(): Snapshot {
  const all = crowd()
  const agents = all.agents.map((each) => ({
    ...each,
    used: each.id === 8 ? each.maxUnits - 1 : each.maxUnits,
  }))
  return { ...all, agents, tickets: all.tickets.slice(0, 5_000) }
}

function timed(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

function crowd(): Snapshot {
  const pick = (index: number, of: number) => (index * 7_919) % of
  return desk({
    at: at('12:00'),
    queues: [1, 2, 3, 4, 5].map((id) =>
      queue({ id, teams: { primary: [id], secondary: [(id % 5) + 1] }, criteria: presets['balanced'] ?? [] }),
    ),
    agents: Array.from({ length: AGENTS }, (_, index): Agent =>
      agent(index + 1, {
        teams: [(index % 5) + 1],
        used: pick(index, 4),
        maxUnits: 20,
        skills: { [1 + pick(index, 12)]: 3, [1 + pick(index + 3, 12)]: 4, [1 + pick(index + 7, 12)]: 2 },
      }),
    ),
    tickets: Array.from({ length: TICKETS }, (_, index) =>
      ticket(index + 1, {
        queueId: 1 + pick(index, 5),
        eligibleAt: at('09:00') + pick(index, 10_800) * 1000,
        enteredAt: at('10:00') + pick(index, 7_200) * 1000,
        secondsLeft: index % 3 === 0 ? pick(index, 7_200) : null,
        ...(index % 6 === 0 ? { channel: 'chat', units: 3 } : {}),
        needs: index % 2 === 0 ? [] : [{ skillId: 1 + pick(index, 12), minLevel: 2, tier: (index % 4) as 0 }],
      }),
    ),
  })
}
