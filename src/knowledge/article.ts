// An article: a page of knowledge with a language, an audience and a state. Nouns, its address, and what two writers did to it.
import { folded } from '#kit/words.ts'
import type { ArticleId, PersonId, SectionId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'

export type Audience = 'public' | 'agents'
export type ArticleStatus = 'draft' | 'published' | 'archived'

/** What is written and kept in versions. */
export type Written = {
  readonly title: string
  readonly slug: string
  /** Safe HTML. */
  readonly body: string
  readonly language: string
  /** What it is listed under. */
  readonly sectionId: SectionId | null
  readonly audience: Audience
  readonly status: ArticleStatus
}

export type Article = Written & {
  readonly id: ArticleId
  readonly version: number
  /** The name of its section in its language; '' where it lies in none. */
  readonly section: string
  readonly translatesId: ArticleId | null
  readonly authorId: PersonId
  readonly authorName: string
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly publishedAt: Instant | null
}

/** Whether strangers may read it. */
export function isPublic({ status, audience }: Pick<Written, 'status' | 'audience'>): boolean {
  return status === 'published' && audience === 'public'
}

/** Where strangers read it, after the desk's own address. */
export function pathOf({ language, slug }: Pick<Written, 'language' | 'slug'>): string {
  return `/help/${language}/${encodeURIComponent(slug)}`
}

const LONGEST_SLUG = 80
const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' }

/** The address a title makes: small letters and digits with dashes; '' when it has none of them. */
export function slugOf(title: string, language: string): string {
  const spelt = /^de\b/.test(language)
    ? title
        .normalize('NFC')
        .toLowerCase()
        .replace(/[äöü]/g, (letter) => GERMAN[letter] ?? letter)
    : title
  return folded(spelt)
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '')
}

export type Collision = {
  readonly field: string
  readonly base: unknown
  readonly theirs: unknown
  readonly yours: unknown
}

/** The fields that two writers set to different values since `base`, which the second started from. */
export function collisions(base: Written, theirs: Written, yours: Partial<Written>): Collision[] {
  return (Object.keys(yours) as (keyof Written)[])
    .filter((field) => yours[field] !== undefined)
    .filter((field) => theirs[field] !== base[field] && theirs[field] !== yours[field])
    .map((field) => ({ field, base: base[field], theirs: theirs[field], yours: yours[field] }))
}
