// What the company has written down for its customers and for itself, as if it had been written over the last half year.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Desk } from '#desk/desk.ts'
import type { ArticleId, BrandId, PersonId, SectionId } from '#kit/ids.ts'
import { instant, type Instant } from '#kit/time.ts'
import { addArticle, findArticle, saveArticle, tieTranslation } from '#knowledge/article-store.ts'
import { slugOf, type Written } from '#knowledge/article.ts'
import { countReads } from '#knowledge/public-store.ts'
import { addSection } from '#knowledge/section-store.ts'
import { written } from '#mail/written.ts'
import type { Transaction } from '#store/database.ts'
import type { Cast } from './set-up.ts'

const article = z.strictObject({
  title: z.string(),
  body: z.string(),
  language: z.string().default('en'),
  section: z.string(),
  translates: z.string().optional(),
  reads: z.number().default(0),
  audience: z.enum(['public', 'agents']).default('public'),
  status: z.enum(['draft', 'published', 'archived']).default('published'),
  by: z.number(),
  days: z.number(),
  was: z.strictObject({ title: z.string(), days: z.number(), body: z.string() }).optional(),
})

const DAY_MS = 86_400_000

/** By their English names; those below another name it. */
const sections: readonly { en: string; de: string; below?: string }[] = [
  { en: 'Lamps and bulbs', de: 'Lampen und Leuchtmittel' },
  { en: 'Hub and app', de: 'Hub und App' },
  { en: 'Hub One', de: 'Hub One', below: 'Hub and app' },
  { en: 'App', de: 'App', below: 'Hub and app' },
  { en: 'Orders and returns', de: 'Bestellungen und Rückgabe' },
  { en: 'Subscription', de: 'Abo' },
  { en: 'Warranty', de: 'Garantie' },
  { en: 'For agents', de: 'Für das Team' },
]

/** Writes the articles, some of them twice. */
export async function setUpArticles(desk: Desk, cast: Cast, until: Instant): Promise<void> {
  const articles = z
    .array(article)
    .parse(parse(readFileSync(new URL('articles.yaml', import.meta.url), 'utf8')))
  const before = (days: number) => instant(Date.parse(until) - days * DAY_MS)
  await desk.database.transaction(async (tx) => {
    const placed = await setUpSections(tx, cast.brandId)
    const byTitle = new Map<string, ArticleId>()
    for (const { by, days, was, section, translates, reads, ...rest } of articles) {
      const author = cast.agents[by] ?? (0 as PersonId)
      const first = was ?? { title: rest.title, days, body: rest.body }
      const sectionId = placed.get(section) ?? null
      const to = writtenOf({ ...rest, sectionId })
      const id = await addArticle(tx, writtenOf({ ...rest, ...first, sectionId }), author, before(first.days))
      if (id === null) throw new Error(`Two articles are called "${first.title}"`)
      byTitle.set(rest.title, id)
      const found = await findArticle(tx, id)
      if (was !== undefined && found !== null) await saveArticle(tx, found, to, author, before(days))
      const original = await findArticle(tx, byTitle.get(translates ?? '') ?? 0)
      if (found !== null && original !== null) await tieTranslation(tx, found, original)
      if (reads > 0) await countReads(tx, until, new Map([[id, reads]]))
    }
  })
}

async function setUpSections(tx: Transaction, brandId: BrandId): Promise<Map<string, SectionId>> {
  const placed = new Map<string, SectionId>()
  for (const { below, ...names } of sections) {
    const parentId = placed.get(below ?? '') ?? null
    const made = { brandId, parentId, level: parentId === null ? 0 : 1, slug: slugOf(names.en, 'en'), names }
    const id = await addSection(tx, made)
    if (id === null) throw new Error(`Two sections are called "${names.en}"`)
    placed.set(names.en, id)
  }
  return placed
}

function writtenOf({ title, body, language, sectionId, audience, status }: Omit<Written, 'slug'>): Written {
  // Lines are broken in the file for who edits it, not for readers.
  const flowing = body.replace(/^(?!#)(.+)\n(?!\n|[-#]|\d+\.)\s*(?=\S)/gm, '$1 ')
  const html = written(flowing, 'markdown').html ?? ''
  return { title, slug: slugOf(title, language), body: html, language, sectionId, audience, status }
}
