// `route explain`: why this person, and why nobody else.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDesk } from '#commands/with-desk.ts'
import { routingOf, type SeenRouting } from '#desk/routing/look.ts'
import { instant } from '#kit/time.ts'
import { readStaff } from '#routing/staff-store.ts'
import { reasonWords } from '#routing/words.ts'
import type { Explanation } from '#routing/match.ts'

type Names = {
  readonly agents: ReadonlyMap<number, string>
  readonly skills: ReadonlyMap<number, string>
  readonly queues: ReadonlyMap<number, string>
}

export const routeExplain: Command = {
  usage: 'route explain TICKET [--json]',
  about: 'Shows who got a ticket and why, who else could have, and what kept the others from it.',
  run: async (args) => {
    const { values, positionals } = readArguments(routeExplain, args, { json: { type: 'boolean' } })
    const ticketId = Number(positionals[0]?.replace(/^#/, ''))
    if (!Number.isInteger(ticketId) || positionals.length !== 1)
      throw new Stop(64, `Usage: ./docket ${routeExplain.usage}`)
    const { seen, names } = await withDesk(async (desk) => {
      const { routing, directory } = await desk.setup.now()
      const staff = await readStaff(desk.database)
      return {
        seen: await routingOf(desk, desk.database, ticketId),
        names: {
          agents: new Map([...directory.agents, ...staff].map((each) => [each.id, each.name])),
          skills: new Map(routing.skills.map((each) => [each.id, each.name])),
          queues: new Map(directory.queues.map((each) => [each.id, each.name])),
        },
      }
    })
    if (values.json === true) return console.log(JSON.stringify(jsonOf(seen, names), null, 2))
    console.log(linesOf(ticketId, seen, names).join('\n'))
  },
}

function jsonOf({ waiting, decisions }: SeenRouting, names: Names) {
  return {
    decisions: decisions.map(({ id, at, queueId, agentId, kind, explanation }) => ({
      id,
      at,
      queue: names.queues.get(queueId) ?? null,
      kind,
      agentId,
      ...partsOf(explanation, names),
    })),
    waiting:
      waiting === null
        ? null
        : {
            queue: names.queues.get(waiting.row.queueId) ?? null,
            since: waiting.row.enteredAt,
            unroutable: waiting.row.unroutable,
            ...(waiting.explanation === null ? {} : partsOf(waiting.explanation, names)),
          },
  }
}

function partsOf({ rank, of, candidates, ineligible, relaxed }: Explanation, { skills }: Names) {
  return {
    rank,
    of,
    candidates: candidates.map(({ agentId, criteria }) => ({
      agentId,
      criteria: {
        ...criteria,
        lastAssignedAt:
          criteria.lastAssignedAt === null ? null : instant(Math.floor(criteria.lastAssignedAt)),
      },
    })),
    ineligible: ineligible.map((each) => ({ agentId: each.agentId, reason: reasonWords(each, skills) })),
    relaxed: relaxed.steps,
  }
}

function linesOf(ticketId: number, { waiting, decisions }: SeenRouting, names: Names): string[] {
  const lines = decisions.flatMap(({ at, queueId, agentId, kind, explanation }) => [
    `${at}  ${names.agents.get(agentId) ?? agentId} (${kind}) from ${names.queues.get(queueId) ?? queueId}`,
    ...explanationLines(explanation, names),
  ])
  if (waiting !== null)
    lines.push(
      `Waits in ${names.queues.get(waiting.row.queueId) ?? waiting.row.queueId} since ${waiting.row.enteredAt}`,
      ...(waiting.explanation === null ? [] : explanationLines(waiting.explanation, names)),
    )
  return lines.length === 0 ? [`#${ticketId} has not been routed.`] : lines
}

function explanationLines(found: Explanation, { agents, skills }: Names): string[] {
  const name = (id: number) => agents.get(id) ?? String(id)
  return [
    `  place ${found.rank} of ${found.of}`,
    ...found.candidates.map(({ agentId, criteria }, index) => {
      const { teamRank, overqualification, shortfall, load, breadth } = criteria
      return `  ${index + 1}. ${name(agentId)}: team ${teamRank}, spare skills ${overqualification}, below level ${shortfall}, load ${load}, other skills ${breadth ?? 'not looked at'}`
    }),
    ...found.ineligible.map((each) => `  ✗ ${name(each.agentId)}: ${reasonWords(each, skills)}`),
  ]
}
