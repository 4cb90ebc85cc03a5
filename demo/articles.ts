// What the company has written down for its customers and for itself, as if it had been written over the last half year.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { instant, type Instant } from '#kit/time.ts'
import { addArticle, findArticle, saveArticle } from '#knowledge/article-store.ts'
import { slugOf, type Written } from '#knowledge/article.ts'
import { written } from '#mail/written.ts'
import type { Cast } from './set-up.ts'

const article = z.strictObject({
  title: z.string(),
  body: z.string(),
  language: z.string().default('en'),
  section: z.string(),
  audience: z.enum(['public', 'agents']).default('public'),
  status: z.enum(['draft', 'published', 'archived']).default('published'),
  by: z.number(),
  days: z.number(),
  was: z.strictObject({ title: z.string(), days: z.number(), body: z.string() }).optional(),
})

const DAY_MS = 86_400_000

/** Writes the articles, some of them twice. */
export async function setUpArticles(desk: Desk, cast: Cast, until: Instant): Promise<void> {
  const articles = z
    .array(article)
    .parse(parse(readFileSync(new URL('articles.yaml', import.meta.url), 'utf8')))
  const before = (days: number) => instant(Date.parse(until) - days * DAY_MS)
  await desk.database.transaction(async (tx) => {
    for (const { by, days, was, ...rest } of articles) {
      const author = cast.agents[by] ?? (0 as PersonId)
      const first = was ?? { title: rest.title, days, body: rest.body }
      const to = writtenOf(rest)
      const id = await addArticle(tx, writtenOf({ ...rest, ...first }), author, before(first.days))
      if (id === null) throw new Error(`Two articles are called "${first.title}"`)
      const found = await findArticle(tx, id)
      if (was !== undefined && found !== null) await saveArticle(tx, found, to, author, before(days))
    }
  })
}

function writtenOf({ title, body, language, section, audience, status }: Omit<Written, 'slug'>): Written {
  // Lines are broken in the file for who edits it, not for readers.
  const flowing = body.replace(/^(?!#)(.+)\n(?!\n|[-#]|\d+\.)\s*(?=\S)/gm, '$1 ')
  const html = written(flowing, 'markdown').html ?? ''
  return { title, slug: slugOf(title, language), body: html, language, section, audience, status }
}
