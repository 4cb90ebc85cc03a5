// Articles of another help center, each in one of its languages. One that somebody has changed here since it came is left as it is here.
import { agentsAmong } from '#imports/cast-store.ts'
import { outcomeOf, placeOf, type Result } from '#imports/counts.ts'
import { putRefs, refsOf, type From } from '#imports/import-store.ts'
import { keeper } from '#imports/keeper.ts'
import { allSaid } from '#imports/placeholders.ts'
import type { ReadyArticle } from '#imports/ready.ts'
import { dateArticle } from '#imports/text-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { ArticleId, PersonId, SectionId } from '#kit/ids.ts'
import { addArticleFile } from '#knowledge/article-file-store.ts'
import { fileAddress } from '#knowledge/article-file.ts'
import { addArticle, lockArticle, saveArticle, tieTranslation } from '#knowledge/article-store.ts'
import { slugOf, type Article, type Written } from '#knowledge/article.ts'
import { sanitise } from '#mail/sanitise.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

/** What ties the languages of one article together, among the names of a source. */
export const GROUP = 'articleGroups'

/** Tells articles. */
export async function tellArticles(
  desk: Desk,
  tx: Transaction,
  from: From,
  articles: readonly ReadyArticle[],
): Promise<Result[]> {
  const results: Result[] = []
  for (const article of articles) {
    const { kind, id } = article
    const { outcome, reason } = await tellArticle(desk, tx, from, article)
    results.push({ kind, id, ...placeOf(article), outcome, ...(reason === null ? {} : { reason }) })
  }
  tell(tx, { changed: 'articles', id: null })
  return results
}

type Said = Pick<Result, 'outcome'> & { readonly reason: string | null }

async function tellArticle(desk: Desk, tx: Transaction, from: From, article: ReadyArticle): Promise<Said> {
  const { kind, id, version, mended } = article
  const ref = (await refsOf(tx, from.source, kind, [id])).get(id)
  // What of its files could not be had before cannot be had now.
  if (ref?.version === version) return { outcome: 'unchanged', reason: mended }
  const before = ref === undefined ? null : await lockArticle(tx, ref.localId)
  if (ref !== undefined && before?.version !== ref.seq)
    return { outcome: 'skipped', reason: 'it was changed here since it came: left as it is here' }
  const by = await authorOf(desk, tx, from, article.author)
  for (const file of article.files) await addArticleFile(tx, file, by, desk.clock.now())
  const { to, lost } = await writtenOf(desk, tx, from, article)
  const at = article.updatedAt ?? desk.clock.now()
  const localId = before === null ? await addUnder(tx, to, by, at) : await saveUnder(tx, before, to, by, at)
  const createdAt = article.createdAt ?? at
  await dateArticle(tx, localId, { createdAt, publishedAt: to.status === 'published' ? createdAt : null })
  const seq = (before?.version ?? 0) + 1
  await putRefs(tx, from, [{ kind, sourceId: id, localId, version, seq, made: before === null }])
  const untied = before === null ? await tied(tx, from, article, localId) : null
  return { outcome: outcomeOf(ref?.version, version), reason: allSaid([mended, ...lost, untied]) }
}

async function authorOf(desk: Desk, tx: Transaction, from: From, author: string | null): Promise<PersonId> {
  const id =
    author === null ? undefined : (await refsOf(tx, from.source, 'users', [author])).get(author)?.localId
  return id !== undefined && (await agentsAmong(tx, [id])).has(id) ? (id as PersonId) : keeper(desk, tx, from)
}

async function writtenOf(
  desk: Desk,
  tx: Transaction,
  from: From,
  article: ReadyArticle,
): Promise<{ to: Written; lost: string[] }> {
  const { section, audience, status } = article
  const language = article.language ?? (await desk.setup.now()).desk.language
  const title = article.title.trim().slice(0, 200) || '(no title)'
  const sectionId =
    section === null
      ? undefined
      : (await refsOf(tx, from.source, 'sections', [section])).get(section)?.localId
  const body = sanitise(article.html, () => null, fileAddress).html
  return {
    to: {
      title,
      slug: slugOf(title, language) || 'article',
      body,
      language,
      sectionId: (sectionId as SectionId | undefined) ?? null,
      audience,
      status,
    },
    lost: section !== null && sectionId === undefined ? ['its section is not here'] : [],
  }
}

/** Under the address that its title makes, or the next one that is free. */
async function addUnder(
  tx: Transaction,
  to: Written,
  by: PersonId,
  at: Article['updatedAt'],
): Promise<ArticleId> {
  for (let number = 1; ; number++) {
    const id = await addArticle(tx, { ...to, slug: numbered(to.slug, number) }, by, at)
    if (id !== null) return id
  }
}

/** Its address is kept: what leads to it leads to it still. */
async function saveUnder(
  tx: Transaction,
  from: Article,
  to: Written,
  by: PersonId,
  at: Article['updatedAt'],
): Promise<ArticleId> {
  const isSameLanguage = from.language === to.language
  for (let number = 1; ; number++) {
    const slug = isSameLanguage ? from.slug : numbered(to.slug, number)
    if (await saveArticle(tx, from, { ...to, slug }, by, at)) return from.id
    if (isSameLanguage) throw new Error('Bug: an article has not its own address')
  }
}

const numbered = (slug: string, number: number): string => (number === 1 ? slug : `${slug}-${number}`)

/** Ties it to those that say the same in other languages; why that cannot be. */
async function tied(
  tx: Transaction,
  from: From,
  { group }: ReadyArticle,
  id: ArticleId,
): Promise<string | null> {
  const ref = (await refsOf(tx, from.source, GROUP, [group])).get(group)
  const first = ref === undefined ? null : await lockArticle(tx, ref.localId)
  if (first === null) {
    await putRefs(tx, from, [{ kind: GROUP, sourceId: group, localId: id, version: '', made: false }])
    return null
  }
  const article = await lockArticle(tx, id)
  if (article !== null && (await tieTranslation(tx, article, first))) return null
  return `another article says the same in ${article?.language ?? 'its language'} already: it stands alone`
}
