// The tool that says why: what became of each rule at an update, and why a ticket went to whom it went.
import { z } from 'zod'
import { ticketRouting, type RouteExplanation, type TicketRouting } from '#api/contract/routing.ts'
import { explanation, type Explanation, type RuleTrace } from '#api/contract/rules.ts'
import { id } from '#api/contract/shapes.ts'
import { customerText } from '#programs/fence.ts'
import { moment, tool } from '#programs/tool.ts'

const explainedRules = z.object({
  seq: z.number().int(),
  at: moment,
  kinds: z.array(z.string()),
  notSettled: z.string().nullable(),
  rules: z.array(
    z.object({
      ruleId: id,
      title: z.string(),
      outcome: z.string(),
      words: z.string(),
      tests: z.array(z.object({ words: z.string(), holds: z.boolean(), saw: z.string() })),
    }),
  ),
})

const explainedRoute = z.object({
  rank: z.number().int().describe('Its place in line'),
  of: z.number().int(),
  needs: z.array(z.object({ skill: z.string(), level: z.number(), state: z.string() })),
  candidates: z.array(z.string()).describe('Who could have it, the best first'),
  ineligible: z.array(z.object({ agent: z.string(), because: z.string() })),
})

const explainedRouting = z.object({
  waiting: z.object({ queue: z.string(), enteredAt: moment, why: explainedRoute.nullable() }).nullable(),
  decisions: z.array(
    z.object({
      at: moment,
      queue: z.string(),
      kind: z.string(),
      agent: z.string(),
      waitedSeconds: z.number(),
      why: explainedRoute,
    }),
  ),
})

export const explainDecision = tool({
  name: 'explain_decision',
  title: 'Explain a decision',
  about:
    'Why each rule did or did not fire at an update of a ticket (`about: "rules"`; the newest update, or that of the event `seq`), or why the ticket went to whom it went, and why nobody else (`about: "routing"`).',
  scopes: ['tickets:read'],
  effect: 'reads',
  input: z.strictObject({
    ticketId: id,
    about: z.enum(['rules', 'routing']),
    seq: z.int32().positive().optional(),
  }),
  output: z.object({ rules: explainedRules.nullable(), routing: explainedRouting.nullable() }),
  run: async (api, { ticketId, about, seq }) =>
    about === 'rules'
      ? {
          rules: showRules(await api.get(`/tickets/${ticketId}/rules/explain`, explanation, { seq })),
          routing: null,
        }
      : { rules: null, routing: showRouting(await api.get(`/tickets/${ticketId}/routing`, ticketRouting)) },
})

function showRules({ rules, ...update }: Explanation): z.output<typeof explainedRules> {
  return {
    ...update,
    rules: rules.map(({ trace, ...rule }) => ({
      ...rule,
      tests: trace === null ? [] : testsOf(trace, rule.ruleId),
    })),
  }
}

/** The tests of a condition one by one; what they saw may be the customer's words. */
function testsOf(
  trace: RuleTrace,
  ruleId: number,
): z.output<typeof explainedRules>['rules'][number]['tests'] {
  if ('parts' in trace) return trace.parts.flatMap((part) => testsOf(part, ruleId))
  const { words, holds, actual } = trace
  return [{ words, holds, saw: customerText(`rule-${ruleId}`, JSON.stringify(actual) ?? '') }]
}

/** A ticket's routing with names for numbers: a program has no list to look them up in. */
export function showRouting(routing: TicketRouting): z.output<typeof explainedRouting> {
  const named = (all: TicketRouting['agents'], what: string) => (number: number) =>
    all.find((each) => each.id === number)?.name ?? `${what} ${number}`
  const agent = named(routing.agents, 'agent')
  const skill = named(routing.skills, 'skill')
  const why = ({ rank, of, needs, candidates, ineligible }: RouteExplanation) => ({
    rank,
    of,
    needs: needs.map(({ skillId, minLevel, state }) => ({ skill: skill(skillId), level: minLevel, state })),
    candidates: candidates.map(({ agentId }) => agent(agentId)),
    ineligible: ineligible.map(({ agentId, because }) => ({ agent: agent(agentId), because })),
  })
  const { waiting, decisions } = routing
  return {
    waiting: waiting && {
      queue: waiting.queue.name,
      enteredAt: waiting.enteredAt,
      why: waiting.explanation && why(waiting.explanation),
    },
    decisions: decisions.map(({ at, queue, kind, agentId, waitedSeconds, explanation: reasons }) => ({
      at,
      queue: queue.name,
      kind,
      agent: agent(agentId),
      waitedSeconds,
      why: why(reasons),
    })),
  }
}
