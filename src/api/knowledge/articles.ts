// Articles: written by leads, read by agents once they are published; every save a version, and any version comes back.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  article,
  articlePage,
  articlePatch,
  articleQuery,
  articleRestore,
  articleVersionPage,
  newArticle,
} from '#api/contract/articles.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { presentArticle, presentEntry, presentVersion, wordOf } from '#api/knowledge/present-article.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { defined } from '#kit/defined.ts'
import { rawWordsOf } from '#kit/words.ts'
import { listArticles } from '#knowledge/article-search-store.ts'
import {
  addArticle,
  articleVersion,
  articleVersions,
  findArticle,
  lockArticle,
  saveArticle,
  tieTranslation,
  translationsOf,
  type Translation,
} from '#knowledge/article-store.ts'
import { collisions, slugOf, type Article, type Written } from '#knowledge/article.ts'
import { allSections } from '#knowledge/section-store.ts'
import type { SectionId } from '#kit/ids.ts'
import { fileAddress, withOwnPlaces } from '#knowledge/article-file.ts'
import { sanitise } from '#mail/sanitise.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const place = z.strictObject({
  hit: z.number().int().min(0).max(1),
  at: z.iso.datetime(),
  id: z.number().int(),
})
const MOST_WORDS = 20

export function articleRoutes(app: FastifyInstance, desk: Desk): void {
  readRoutes(app, desk)
  versionRoutes(app, desk)
  route(app, desk, {
    method: 'POST',
    url: '/articles',
    access: 'articles.write',
    summary: 'Adds an article, a draft unless said otherwise',
    body: newArticle,
    answer: article,
    handler: async ({ db, body, principal }) => {
      const language = body.language ?? (await desk.setup.now()).desk.language
      const to: Written = {
        title: body.title,
        body: safe(body.body ?? '', desk),
        language,
        sectionId: await sectionIn(db, body.section ?? null),
        audience: body.audience ?? 'public',
        status: body.status ?? 'draft',
        slug: body.slug ?? slugFor(body.title, language),
      }
      const added = await addUnder(db, to, body.slug === undefined, principal, desk)
      if (body.translationOf != null) await tie(db, added, body.translationOf)
      return told(desk, db, added, principal, 'article_added', {})
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/articles/:id',
    access: 'articles.write',
    summary: 'Changes an article: publishes it, takes it back, archives it. Every save is a version',
    params: idParams,
    body: articlePatch,
    answer: article,
    handler: async ({ db, params, body: { expectedVersion, ...body }, principal }) => {
      const from =
        (await lockArticle(db, params.id)) ?? decline('not-found', `There is no article ${params.id}.`)
      const change = await changeOf(desk, db, from, body)
      if (expectedVersion !== undefined) await assertNoCollision(db, from, change, expectedVersion)
      if (change.language !== undefined) await assertAlone(db, from.id, change.language)
      const saved = await save(desk, db, from, { ...from, ...change }, principal, 'article_changed')
      if (body.translationOf === undefined) return saved
      const before = await translationsOf(db, from)
      await tie(db, from.id, body.translationOf)
      return toldTie(desk, db, from.id, principal, before)
    },
  })
}

function readRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/articles',
    access: 'articles.read',
    asksMuch: true,
    summary: 'Articles, the last changed first, or those with every word of a search',
    query: articleQuery,
    answer: articlePage,
    handler: async ({ db, query, principal }) => {
      const { q = '', typing, status, language, section, audience, limit, cursor } = query
      const filter = {
        words: rawWordsOf(q).slice(0, MOST_WORDS),
        typing: typing === 'true' && /[\p{L}\p{N}]$/u.test(q),
        statuses: seenBy(principal).filter((each) =>
          status === undefined ? each !== 'archived' : each === status,
        ),
        language: language ?? null,
        sectionId: (section as SectionId | undefined) ?? null,
        audience: audience ?? null,
      }
      const rows = await listArticles(db, filter, { limit: limit + 1, after: readCursor(cursor, place) })
      const placeOf = ({ hit, updatedAt: at, id: articleId }: (typeof rows)[number]) => ({
        hit,
        at,
        id: articleId,
      })
      return pageFrom(rows, limit, placeOf, (row) => presentEntry(desk, row))
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/articles/:id',
    access: 'articles.read',
    summary: 'One article with its body',
    params: idParams,
    answer: article,
    handler: async ({ db, params, principal }) => {
      const found = await findArticle(db, params.id)
      if (found === null || !seenBy(principal).includes(found.status))
        return decline('not-found', `There is no article ${params.id}.`)
      return presentArticle(desk, found, await translationsOf(db, found))
    },
  })
}

function versionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/articles/:id/versions',
    access: 'articles.write',
    summary: 'The versions of an article, newest first, each with what it changed',
    params: idParams,
    query: pageQuery,
    answer: articleVersionPage,
    handler: async ({ db, params, query: { limit, cursor } }) => {
      const page = { limit: limit + 1, before: readCursor(cursor, idKey) }
      const rows = await articleVersions(db, params.id, page)
      if (rows.length === 0 && page.before === null) decline('not-found', `There is no article ${params.id}.`)
      return pageFrom(
        rows,
        limit,
        ({ version }) => version,
        (row) => presentVersion(row, rows[rows.indexOf(row) + 1]),
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/articles/:id/restore',
    access: 'articles.write',
    summary: 'Makes what an earlier version said the newest one; who may read it stays as it is',
    params: idParams,
    body: articleRestore,
    answer: article,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const from =
        (await lockArticle(db, params.id)) ?? decline('not-found', `There is no article ${params.id}.`)
      const found = await articleVersion(db, from.id, body.version)
      if (found === null) return decline('not-found', `There is no version ${body.version}.`)
      // An old text must not become public, or vanish, by the way.
      const { title, body: text, language, sectionId, slug } = found
      await assertAlone(db, from.id, language)
      return save(
        desk,
        db,
        from,
        { ...from, title, body: text, language, sectionId, slug },
        principal,
        'article_restored',
      )
    },
  })
}

function seenBy(principal: Principal): readonly Written['status'][] {
  return can(principal, 'articles.write') ? ['draft', 'published', 'archived'] : ['published']
}

/** As clean as any message, with the files of articles in it. */
const safe = (body: string, { baseUrl }: Desk): string =>
  sanitise(withOwnPlaces(body, baseUrl), () => null, fileAddress).html

function slugFor(title: string, language: string): string {
  return slugOf(title, language) || 'article'
}

/** What changes. The address of what was never published goes with its title, unless somebody chose it. */
async function changeOf(
  desk: Desk,
  db: Db,
  from: Article,
  { body, section, ...given }: z.output<typeof articlePatch>,
): Promise<Partial<Written>> {
  const { expectedVersion: _, translationOf: __, ...rest } = given
  const change: Partial<Written> = {
    ...defined(rest),
    ...(section === undefined ? {} : { sectionId: await sectionIn(db, section) }),
  }
  const next = { ...from, ...change }
  const isMade =
    change.slug === undefined && from.publishedAt === null && from.slug === slugFor(from.title, from.language)
  return {
    ...change,
    ...(body === undefined ? {} : { body: safe(body, desk) }),
    ...(isMade ? { slug: slugFor(next.title, next.language) } : {}),
  }
}

async function sectionIn(db: Db, sectionId: number | null): Promise<SectionId | null> {
  if (sectionId === null) return null
  const found = (await allSections(db)).find(({ id }) => id === sectionId)
  return found?.id ?? declineInput('section', 'is not a section')
}

/** Ties an article to another one and its translations; null unties it. */
async function tie(db: Db, articleId: number, otherId: number | null): Promise<void> {
  const from = (await lockArticle(db, articleId)) ?? decline('not-found')
  const isTied = (await translationsOf(db, from)).some(({ id }) => id === otherId)
  if (isTied || otherId === from.id) return
  const to = otherId === null ? null : await findArticle(db, otherId)
  if (to === null && otherId !== null) declineInput('translationOf', 'is not an article')
  if (!(await tieTranslation(db, from, to)))
    declineInput('translationOf', `has a translation into ${from.language} already`)
}

async function toldTie(
  desk: Desk,
  db: Db,
  articleId: number,
  principal: Principal,
  before: readonly Translation[],
): Promise<z.input<typeof article>> {
  const found = (await findArticle(db, articleId)) ?? decline('not-found')
  const now = await translationsOf(db, found)
  const titles = (those: readonly Translation[]) => ({
    translations: those.map(({ title }) => title).join(', '),
  })
  const changes = changesBetween(titles(before), titles(now))
  if (changes.length > 0)
    await audit(db, principal, desk.clock.now(), {
      action: 'article_changed',
      thing: { type: 'article', id: found.id, name: found.title },
      changes,
    })
  tell(db, { changed: 'articles', id: found.id })
  return presentArticle(desk, found, now)
}

/** Of articles that say the same there is one in each language. */
async function assertAlone(db: Db, articleId: number, language: string): Promise<void> {
  const from = (await findArticle(db, articleId)) ?? decline('not-found')
  if ((await translationsOf(db, from)).some((each) => each.language === language))
    declineInput('language', 'is the language of one of its translations')
}

async function assertNoCollision(
  db: Db,
  from: Article,
  change: Partial<Written>,
  expected: number,
): Promise<void> {
  if (expected === from.version) return
  const base =
    (await articleVersion(db, from.id, expected)) ?? declineInput('expectedVersion', 'is not a version of it')
  const [newest] = await articleVersions(db, from.id, { limit: 1, before: null })
  const found = collisions(base, from, change)
  if (found.length === 0) return
  const theirs = {
    theirActor: { type: 'agent', id: null, name: newest?.byName ?? null },
    theirSeq: from.version,
  }
  decline('conflict', `${newest?.byName ?? 'Somebody'} changed the same field in the meantime.`, {
    refusal: 'conflict',
    conflict: found.map((each) => ({ ...each, field: wordOf(each.field), ...theirs })),
  })
}

/** Adds it under its address; one that the title made gives way to another's by a number. */
async function addUnder(
  db: Db,
  to: Written,
  mayGiveWay: boolean,
  { agentId }: Principal,
  desk: Desk,
): Promise<number> {
  const at = desk.clock.now()
  for (let number = 1; number <= (mayGiveWay ? 50 : 1); number++) {
    const slug = number === 1 ? to.slug : `${to.slug}-${number}`
    const added = await addArticle(db, { ...to, slug }, agentId, at)
    if (added !== null) return added
  }
  return declineInput('slug', 'is the address of another article')
}

async function save(
  desk: Desk,
  db: Db,
  from: Article,
  to: Written,
  principal: Principal,
  action: string,
): Promise<z.input<typeof article>> {
  if (Object.keys(changed(from, to)).length === 0)
    return presentArticle(desk, from, await translationsOf(db, from))
  if (!(await saveArticle(db, from, to, principal.agentId, desk.clock.now())))
    declineInput('slug', 'is the address of another article')
  return told(desk, db, from.id, principal, action, from)
}

const noted = ['title', 'slug', 'language', 'sectionId', 'audience', 'status', 'body'] as const

function changed(from: Written, to: Written): Partial<Written> {
  return Object.fromEntries(
    noted.filter((field) => from[field] !== to[field]).map((field) => [field, to[field]]),
  )
}

/** Notes the change and answers the article. A text is too long for the audit: its versions have it. */
async function told(
  desk: Desk,
  db: Db,
  articleId: number,
  principal: Principal,
  action: string,
  before: Partial<Article>,
): Promise<z.input<typeof article>> {
  const found = (await findArticle(db, articleId)) ?? decline('not-found')
  const plain = ({ title, slug, language, section, audience, status, version }: Partial<Article>) => ({
    title,
    slug,
    language,
    section,
    audience,
    status,
    version,
  })
  await audit(db, principal, desk.clock.now(), {
    action,
    thing: { type: 'article', id: found.id, name: found.title },
    changes: action === 'article_added' ? [] : changesBetween(plain(before), plain(found)),
  })
  tell(db, { changed: 'articles', id: found.id })
  return presentArticle(desk, found, await translationsOf(db, found))
}
