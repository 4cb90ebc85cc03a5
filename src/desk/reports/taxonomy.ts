// How tidy the desk's categories and tags are, of the tickets opened in the last 90 days, with what would help most.
import { newestClassifiers } from '#assistant/classifier-store.ts'
import { pointedAt, type PointedAt } from '#desk/pointed-at.ts'
import type { Question } from '#desk/reports/ask.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { Interval } from '#kit/statistics.ts'
import { plus } from '#kit/time.ts'
import { languageOf } from '#knowledge/language.ts'
import { SPLIT_EACH } from '#reporting/boards.ts'
import { categoryHygiene, pairKey, type CategoryHygiene, type CategoryUse } from '#reporting/categories.ts'
import { shareDifference } from '#reporting/difference.ts'
import { centroidsOf, type Centroid } from '#reporting/likeness.ts'
import type { Scope } from '#reporting/scope-store.ts'
import { SPLIT_FROM, splitOf, type Split } from '#reporting/split.ts'
import { ENOUGH, IMPLIED, tagHygiene, type TagHygiene, type TagUse } from '#reporting/tags.ts'
import { scoreOf, type Penalty } from '#reporting/taxonomy-score.ts'
import {
  resorted,
  tagsInUse,
  tagsTogether,
  textsByCategory,
  ticketsByCategory,
  ticketsToSplit,
} from '#reporting/taxonomy-store.ts'
import { mergedInto, type Directory } from '#rules/directory.ts'
import type { Db } from '#store/database.ts'
import type { ActorType } from '#tickets/vocabulary.ts'

const WINDOW_DAYS = 90
/** Fewer tickets say nothing of a taxonomy. */
const FEWEST = 30
const TEXTS_EACH = 40
const FEWEST_TEXTS = 10

export type Taxonomy = {
  readonly since: string
  readonly n: number
  readonly unset: number
  /** Tickets whose category was changed once it was set, in all and by who did it. */
  readonly churn: number
  readonly churnBy: readonly { readonly by: ActorType; readonly count: number }[]
  readonly categories: readonly Omit<CategoryUse, 'teams'>[]
  readonly hygiene: CategoryHygiene
  /** Categories that hold two kinds of tickets. */
  readonly splits: readonly Split[]
  readonly tags: readonly TagUse[]
  readonly tagHygiene: TagHygiene
  /** Null where there are too few tickets. */
  readonly score: number | null
  readonly penalties: readonly Penalty[]
  /** The same of the 90 days before, as its tickets are sorted now, and how each share changed. */
  readonly before: Before
}

type Shares = Readonly<Record<'unset' | 'churn' | 'other', { readonly hits: number; readonly n: number }>>
type Before = {
  readonly n: number
  readonly effective: number
  readonly shares: Readonly<
    Record<keyof Shares, { readonly share: number | null; readonly change: Interval | null }>
  >
}

/** Answers within the scope of a question; what it asks besides does not matter. */
export async function taxonomyOf(db: Db, { scope }: Question, { directory }: Setup): Promise<Taxonomy> {
  const since = plus(scope.now, -WINDOW_DAYS * 86_400)
  const pointed = await pointedAt(db)
  const rows = await ticketsByCategory(db, since, scope)
  const categories = categoriesOf(directory, rows, pointed)
  const hygiene = categoryHygiene(categories, await centroids(db, since, scope), await confused(db))
  const tags = (await tagsInUse(db, since, scope)).map((tag) => ({
    ...tag,
    isRead: pointed.isRead({ kind: 'tag', id: tag.name }),
  }))
  const ofTags = tagHygiene(tags, await tagsTogether(db, since, scope, Math.floor(ENOUGH * IMPLIED)))
  const changed = await resorted(db, since, scope)
  const is = sharesIn(rows, changed, hygiene)
  const { n, hits: unset } = is.unset
  const churn = is.churn.hits
  const splits = await splitsOf(db, since, scope, categories)
  const { score, penalties } = scoreOf({
    ...sharesOf(categories, hygiene, splits),
    unset: shareOf(unset, n),
    churn: shareOf(churn, n),
    tags: shareOf(odd(ofTags).size, tags.length),
  })
  return {
    since,
    n,
    unset,
    churn,
    churnBy: changed.flatMap(({ by, count }) => (by === null ? [] : [{ by, count }])),
    categories,
    hygiene,
    splits,
    tags,
    tagHygiene: ofTags,
    score: n < FEWEST ? null : score,
    penalties,
    before: await beforeOf(db, { ...scope, now: since }, is, (found) =>
      categoriesOf(directory, found, pointed),
    ),
  }
}

/** Tickets without a category, those that were sorted anew, and those in categories that say nothing, of all that could be. */
function sharesIn(
  rows: Awaited<ReturnType<typeof ticketsByCategory>>,
  changed: Awaited<ReturnType<typeof resorted>>,
  { other }: CategoryHygiene,
): Shares {
  const n = rows.reduce((sum, { count }) => sum + count, 0)
  const unset = rows.reduce((sum, { categoryId, count }) => sum + (categoryId === null ? count : 0), 0)
  return {
    unset: { hits: unset, n },
    churn: { hits: changed.find(({ by }) => by === null)?.count ?? 0, n },
    other: { hits: Math.round(other * (n - unset)), n: n - unset },
  }
}

/** The window before: its end is `now` of the scope. */
async function beforeOf(
  db: Db,
  scope: Scope,
  is: Shares,
  sorted: (rows: Awaited<ReturnType<typeof ticketsByCategory>>) => readonly CategoryUse[],
): Promise<Before> {
  const since = plus(scope.now, -WINDOW_DAYS * 86_400)
  const rows = await ticketsByCategory(db, since, scope)
  const hygiene = categoryHygiene(sorted(rows), new Map())
  const was = sharesIn(rows, await resorted(db, since, scope), hygiene)
  const told = (key: keyof Shares) => ({
    share: was[key].n === 0 ? null : was[key].hits / was[key].n,
    change: shareDifference(is[key], was[key]),
  })
  return {
    n: was.unset.n,
    effective: hygiene.effective,
    shares: { unset: told('unset'), churn: told('churn'), other: told('other') },
  }
}

const shareOf = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)

function categoriesOf(
  directory: Directory,
  rows: Awaited<ReturnType<typeof ticketsByCategory>>,
  { isUsed }: PointedAt,
): CategoryUse[] {
  const { categories } = directory
  // Closed tickets keep a category that was merged: it is read as what it has become.
  const byCategory = Map.groupBy(rows, ({ categoryId }) => categoryId && mergedInto(categoryId, directory))
  const known = new Map(categories.map((category) => [category.id, category]))
  // Whoever asks for a branch asks for all below it.
  const isAskedFor = (id: number | null): boolean => {
    const found = id === null ? undefined : known.get(id)
    if (found === undefined) return false
    const names = [found.id, found.path]
    return names.some((name) => isUsed({ kind: 'category', id: name })) || isAskedFor(found.parentId)
  }
  return categories.flatMap(({ id, path, archived }) => {
    const own = byCategory.get(id) ?? []
    if (archived && own.length === 0) return []
    const teams = new Map<number, number>()
    for (const { teamId, count } of own) teams.set(teamId ?? 0, (teams.get(teamId ?? 0) ?? 0) + count)
    const count = own.reduce((sum, each) => sum + each.count, 0)
    return [{ id, path, archived, count, teams, isUsed: isAskedFor(id) }]
  })
}

/** Categories that the newest classifier takes for one another. */
async function confused(db: Db): Promise<Map<string, number>> {
  const learnt = (await newestClassifiers(db)).find(({ field }) => field === 'category')
  const pairs = learnt?.measured.confused ?? []
  return new Map(pairs.map(({ labels: [one, other], share }) => [pairKey(Number(one), Number(other)), share]))
}

async function centroids(db: Db, since: Scope['now'], scope: Scope): Promise<Map<number, Centroid>> {
  const texts = await textsByCategory(db, since, scope, TEXTS_EACH)
  const heaps = [...Map.groupBy(texts, ({ categoryId }) => categoryId)].filter(
    ([, own]) => own.length >= FEWEST_TEXTS,
  )
  return centroidsOf(new Map(heaps.map(([id, own]) => [id, own.map(({ text }) => text)])))
}

/** Of the common ones, those whose newest tickets are of two kinds. */
async function splitsOf(
  db: Db,
  since: Scope['now'],
  scope: Scope,
  categories: readonly CategoryUse[],
): Promise<Split[]> {
  const n = categories.reduce((sum, { count }) => sum + count, 0)
  const common = categories.filter(({ archived, count }) => !archived && count > 0 && count >= n * SPLIT_FROM)
  const categoryIds = common.map(({ id }) => id)
  const tickets = await ticketsToSplit(db, since, scope, { categoryIds, most: SPLIT_EACH })
  const heaps = [...Map.groupBy(tickets, ({ categoryId }) => categoryId)]
  return heaps.flatMap(([id, own]) => splitOf(id, inOneLanguage(own)) ?? [])
}

/** Those in the commonest language: two languages are two groups of words, and no two matters. */
function inOneLanguage<One extends { readonly text: string }>(all: readonly One[]): readonly One[] {
  const heaps = [...Map.groupBy(all, ({ text }) => languageOf(text)).values()]
  return heaps.toSorted((a, b) => b.length - a.length)[0] ?? []
}

function sharesOf(categories: readonly CategoryUse[], hygiene: CategoryHygiene, splits: readonly Split[]) {
  const live = categories.filter(({ archived }) => !archived).length
  const used = categories.filter(({ archived, count }) => !archived && count > 0).length
  const { other, pairs, unused, tail, decoration } = hygiene
  return {
    other,
    near: shareOf(new Set(pairs.flatMap(({ ids }) => ids)).size, live),
    unused: shareOf(unused.length, live),
    tail: shareOf(tail.length, used),
    decoration: shareOf(decoration.length, used),
    split: shareOf(splits.length, used),
  }
}

const odd = ({ implied, typos, idle }: TagHygiene) =>
  new Set([...implied.map(({ tag }) => tag), ...typos.map(({ tag }) => tag), ...idle])
