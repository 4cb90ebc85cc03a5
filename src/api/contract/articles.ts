// /articles: pages of the help center and of the agents' own knowledge, each with all its versions.
import { z } from 'zod'

import { id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'

export const articleStatus = z.enum(['draft', 'published', 'archived'])
export type ArticleStatus = z.infer<typeof articleStatus>
/** Who may read it once it is published: everybody at /help, or agents alone. */
export const articleAudience = z.enum(['public', 'agents'])
export type ArticleAudience = z.infer<typeof articleAudience>

const title = z.string().trim().min(1).max(200)
/** Letters and digits, with single dashes between them: the end of its address. */
const slug = z
  .string()
  .max(100)
  .regex(/^[\p{Ll}\p{Lo}\p{Lm}\p{N}]+(-[\p{Ll}\p{Lo}\p{Lm}\p{N}]+)*$/u)
/** Such as `en` or `pt-BR`, as every page can name it and sort by it; kept as it is usually written. */
export const articleLanguage = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/)
  .refine((tag) => usual(tag) !== null, { error: 'is no language', abort: true })
  .overwrite((tag) => usual(tag) ?? tag)

function usual(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

/** In lists: without its body, with the start of its text. */
export const articleEntry = z.object({
  id,
  title: z.string(),
  slug: z.string(),
  language: z.string(),
  /** By its name in the article's language. */
  section: nameRef.nullable(),
  audience: articleAudience,
  status: articleStatus,
  version: z.number().int(),
  author: nameRef,
  createdAt: instant,
  updatedAt: instant,
  /** First published. */
  publishedAt: instant.nullable(),
  /** Where customers read it; null while they may not. */
  url: z.string().nullable(),
  excerpt: z.string(),
})
export type ArticleEntry = z.infer<typeof articleEntry>
export const articlePage = pageOf(articleEntry)

/** An article that says the same in another language. */
export const articleTranslation = z.object({
  id,
  language: z.string(),
  title: z.string(),
  status: articleStatus,
})

/** GET /articles/{id}; `body` is safe HTML. */
export const article = articleEntry.extend({
  body: z.string(),
  translations: z.array(articleTranslation),
})
export type Article = z.infer<typeof article>

/**
 * GET /articles. `q`: every word is in the article, those with all of them in the title first; `typing=true` takes the
 * last word as a beginning. Without `status`: drafts and published ones. Who may not write sees published ones only.
 */
export const articleQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  typing: z.enum(['true', 'false']).optional(),
  status: articleStatus.optional(),
  language: articleLanguage.optional(),
  /** With those below it. */
  section: z.coerce.number().pipe(id).optional(),
  audience: articleAudience.optional(),
})

/** POST /articles. Without `slug` the title makes one; without `language` it is the desk's. A draft for everybody unless said. */
export const newArticle = z.strictObject({
  title,
  /** HTML, cleaned like every message. */
  body: z.string().max(200_000).optional(),
  slug: slug.optional(),
  language: articleLanguage.optional(),
  section: id.nullable().optional(),
  /** The article that it says in another language; null: it stands alone. */
  translationOf: id.nullable().optional(),
  audience: articleAudience.optional(),
  status: articleStatus.optional(),
})
export type NewArticle = z.infer<typeof newArticle>

/**
 * PATCH /articles/{id}: every save is a version. With `expectedVersion`, fields that somebody else has changed since are
 * not overwritten: 409 `/conflict` names them; other fields are applied on top.
 */
export const articlePatch = newArticle.partial().extend({ expectedVersion: z.int32().positive().optional() })
export type ArticlePatch = z.infer<typeof articlePatch>

/** POST /articles/files takes multipart/form-data with one part `file`; `url` is what an image or a link of a body names. */
export const articleFile = z.object({
  url: z.string(),
  name: z.string(),
  size: z.number().int(),
  isPicture: z.boolean(),
})
export type ArticleFile = z.infer<typeof articleFile>

/** GET /articles/{id}/versions, newest first; POST /articles/{id}/restore makes an earlier one the newest. */
export const articleVersion = z.object({
  version: z.number().int(),
  at: instant,
  by: z.string(),
  title: z.string(),
  slug: z.string(),
  body: z.string(),
  language: z.string(),
  section: nameRef.nullable(),
  audience: articleAudience,
  status: articleStatus,
  /** What it changed of the version before. */
  changed: z.array(z.string()),
})
export type ArticleVersion = z.infer<typeof articleVersion>
export const articleVersionPage = pageOf(articleVersion)
export const articleRestore = z.strictObject({ version: z.int32().positive() })

/** GET /tickets/{id}/articles: at most five that fit its subject and first message, those in its language first. */
export const fittingArticle = z.object({
  id,
  title: z.string(),
  language: z.string(),
  section: nameRef.nullable(),
  audience: articleAudience,
  updatedAt: instant,
  url: z.string().nullable(),
})
export type FittingArticle = z.infer<typeof fittingArticle>
export const fittingArticlePage = pageOf(fittingArticle)
