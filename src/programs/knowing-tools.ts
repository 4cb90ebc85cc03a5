// Tools that read what the desk knows: its articles, its numbers, and why rules and routing did what they did.
import { z } from 'zod'
import { articleEntry, article, articlePage } from '#api/contract/articles.ts'
import { report, reportCatalogue, reportQuery } from '#api/contract/reports.ts'
import { ticketRouting } from '#api/contract/routing.ts'
import { explanation, type Explanation, type RuleTrace } from '#api/contract/rules.ts'
import { id, pageOf } from '#api/contract/shapes.ts'
import { customerText } from '#programs/fence.ts'
import { page } from '#programs/reading-tools.ts'
import { tool } from '#programs/tool.ts'

const searchArticles = tool({
  name: 'search_articles',
  title: 'Search articles',
  about: "Finds articles of the help center and of the agents' own knowledge in which every word occurs.",
  scopes: ['articles:read'],
  effect: 'reads',
  input: z.strictObject({ query: z.string().max(200).default(''), ...page }),
  output: pageOf(
    articleEntry.pick({
      id: true,
      title: true,
      language: true,
      section: true,
      audience: true,
      status: true,
      updatedAt: true,
      url: true,
      excerpt: true,
    }),
  ),
  run: async (api, { query, ...rest }) =>
    api.get('/articles', articlePage, { q: query || undefined, ...rest }),
})

const getArticle = tool({
  name: 'get_article',
  title: 'Read an article',
  about: 'One article, its body as HTML. An article for `agents` is not for customers to read.',
  scopes: ['articles:read'],
  effect: 'reads',
  input: z.strictObject({ articleId: id }),
  output: z.object({ article }),
  run: async (api, { articleId }) => ({ article: await api.get(`/articles/${articleId}`, article) }),
})

const getReport = tool({
  name: 'get_report',
  title: 'Read a report',
  about:
    'One measure over a window, the same numbers as on screen. Without `key` it lists the measures with what they mean. `from` and `to` are days (`2026-03-01`, `today`), moments, or `-7d`; durations are seconds.',
  scopes: ['tickets:read'],
  effect: 'reads',
  input: reportQuery.extend({ key: z.string().max(60).regex(/^\w+$/).optional() }),
  output: z.object({ report: report.nullable(), measures: reportCatalogue.shape.items }),
  run: async (api, { key, ...query }) =>
    key === undefined
      ? { report: null, measures: (await api.get('/reports', reportCatalogue)).items }
      : { report: await api.get(`/reports/${key}`, report, query), measures: [] },
})

const explainedRules = explanation.pick({ seq: true, at: true, kinds: true, notSettled: true }).extend({
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

const explainDecision = tool({
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
  output: z.object({ rules: explainedRules.nullable(), routing: ticketRouting.nullable() }),
  run: async (api, { ticketId, about, seq }) =>
    about === 'rules'
      ? {
          rules: showRules(await api.get(`/tickets/${ticketId}/rules/explain`, explanation, { seq })),
          routing: null,
        }
      : { rules: null, routing: await api.get(`/tickets/${ticketId}/routing`, ticketRouting) },
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

export const knowingTools = [searchArticles, getArticle, getReport, explainDecision]
