// Tools that read what the desk knows: its articles, its numbers, and why it did what it did.
import { z } from 'zod'
import { articleEntry, article, articlePage } from '#api/contract/articles.ts'
import { report, reportRow, reportCatalogue, reportQuery } from '#api/contract/reports.ts'
import { id, pageOf } from '#api/contract/shapes.ts'
import { explainDecision } from '#programs/explain-decision.ts'
import { page } from '#programs/reading-tools.ts'
import { moment, tool } from '#programs/tool.ts'

const searchArticles = tool({
  name: 'search_articles',
  title: 'Search articles',
  about: "Finds articles of the help center and of the agents' own knowledge in which every word occurs.",
  scopes: ['articles:read'],
  effect: 'reads',
  input: z.strictObject({ query: z.string().max(200).default(''), ...page }),
  output: pageOf(
    articleEntry
      .pick({
        id: true,
        title: true,
        language: true,
        section: true,
        audience: true,
        status: true,
        url: true,
        excerpt: true,
      })
      .extend({ updatedAt: moment }),
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
  output: z.object({
    article: article.extend({ createdAt: moment, updatedAt: moment, publishedAt: moment.nullable() }),
  }),
  run: async (api, { articleId }) => ({ article: await api.get(`/articles/${articleId}`, article) }),
})

const shownReport = report.extend({
  from: moment,
  to: moment,
  rows: z.array(reportRow.extend({ at: moment.optional() })),
})

const getReport = tool({
  name: 'get_report',
  title: 'Read a report',
  about:
    'One measure over a window, the same numbers as on screen. Without `key` it lists the measures with what they mean. `from` and `to` are days (`2026-03-01`, `today`), moments, or `-7d`; durations are seconds.',
  scopes: ['tickets:read'],
  effect: 'reads',
  input: reportQuery.extend({ key: z.string().max(60).regex(/^\w+$/).optional() }),
  output: z.object({ report: shownReport.nullable(), measures: reportCatalogue.shape.items }),
  run: async (api, { key, ...query }) =>
    key === undefined
      ? { report: null, measures: (await api.get('/reports', reportCatalogue)).items }
      : { report: await api.get(`/reports/${key}`, report, query), measures: [] },
})

export const knowingTools = [searchArticles, getArticle, getReport, explainDecision]
