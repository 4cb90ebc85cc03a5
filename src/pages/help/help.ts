// The help center: published articles for everybody, at /help, of other brands at /help/brand/ID. What is a draft, archived or for
// agents is not there at all.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { articleLanguage } from '#api/contract/articles.ts'
import type { Desk } from '#desk/desk.ts'
import { keptVocabulary, respelled } from '#desk/spelling.ts'
import type { BrandId } from '#kit/ids.ts'
import type { Vocabulary } from '#kit/near.ts'
import { fittingArticles, type Fitting } from '#knowledge/article-search-store.ts'
import { findArticle } from '#knowledge/article-store.ts'
import { askedBy, typedBy, type Asked as Words } from '#knowledge/asked.ts'
import { movedArticle, openArticle, openVocabulary } from '#knowledge/public-store.ts'
import { brandOf, groupOf, shelfAt, tongues, type Shelf, type Title } from '#knowledge/shelf.ts'
import { articleHtml, noArticleHtml } from '#pages/help/article-html.ts'
import { baseOf, keepCenters, pathIn, type Center, type Centers, type Page } from '#pages/help/center.ts'
import { foundHtml, homeHtml, sectionHtml } from '#pages/help/lists-html.ts'
import { feedXml, siteMap } from '#pages/help/machines.ts'
import { countingReads, type Reads } from '#pages/help/reads.ts'
import { noteLooked, noteOpened } from '#pages/help/search-log.ts'
import { helpStyle } from '#pages/help/style.ts'
import { votes, type Voted } from '#pages/help/vote.ts'
import { sendPage } from '#pages/page.ts'

const MOST_FOUND = 20
const MOST_RELATED = 4

const open = { config: { access: 'anyone' as const }, schema: { hide: true } }

type Asked = { readonly brand?: string; readonly language?: string; readonly slug?: string }
type Kept = {
  readonly centers: Centers
  readonly reads: Reads
  /** The words of a brand's help. */
  readonly words: (brandId: BrandId) => Promise<Vocabulary>
}

export async function helpPages(app: FastifyInstance, desk: Desk): Promise<void> {
  const kept = { centers: keepCenters(desk), reads: countingReads(desk), words: wordsOfBrands(desk) }
  app.addHook('onClose', () => kept.reads.write())
  helpStyle(app)
  siteMap(app, desk, kept.centers)
  preview(app, desk, kept.centers)
  for (const base of ['/help', '/help/brand/:brand']) {
    lists(app, desk, kept, base)
    articles(app, desk, kept, base)
    votes(app, desk, base, voted(desk, kept), (request, reply) => none(kept, request, reply))
  }
}

function wordsOfBrands(desk: Desk): Kept['words'] {
  const ofBrand = new Map<BrandId, () => Promise<Vocabulary>>()
  return (brandId) => {
    const known = ofBrand.get(brandId) ?? keptVocabulary(desk, () => openVocabulary(desk.database, brandId))
    ofBrand.set(brandId, known)
    return known()
  }
}

/** The center that a request asks for; null: there is none, or nothing in its language. */
async function centerFor({ centers }: Kept, request: FastifyRequest): Promise<Center | null> {
  const { language = '' } = request.params as Asked
  const center = await centers.at(brandIn(request), language)
  return center?.language === language ? center : null
}

function brandIn(request: FastifyRequest): number | null {
  const { brand } = request.params as Asked
  return brand === undefined ? null : numberOf(brand)
}

const numberOf = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0)

function lists(app: FastifyInstance, desk: Desk, kept: Kept, base: string): void {
  const { centers } = kept
  app.get(base, open, async (request, reply) => {
    const center = await centers.at(brandIn(request), '')
    if (center === null) return none(kept, request, reply)
    const language = choose(request.headers['accept-language'], center.languages) ?? center.language
    const search = new URL(request.url, desk.baseUrl).search
    return reply
      .header('vary', 'accept-language')
      .header('cache-control', 'no-cache')
      .redirect(`${center.base}/${language}${search}`)
  })
  // The home is always there; who searches has so many a minute.
  const allowList = (request: FastifyRequest) => asked(request) === ''
  const rateLimit = { max: 120, timeWindow: '1 minute', allowList }
  const searching = { ...open, config: { ...open.config, rateLimit } }
  app.get(`${base}/:language`, searching, async (request, reply) => {
    const center = await centerFor(kept, request)
    if (center === null) return none(kept, request, reply)
    const q = asked(request)
    if (q !== '') return found(desk, kept, request, reply, center, q)
    return answer(request, reply, await centers.page(center, 'home', () => homeHtml(center)))
  })
  app.get(`${base}/:language/feed.xml`, open, async (request, reply) => {
    const center = await centerFor(kept, request)
    if (center === null) return none(kept, request, reply)
    const feed = await centers.page(center, 'feed', () => feedXml(center))
    return answer(request, reply, feed, 'application/atom+xml')
  })
  app.get(`${base}/:language/sections/:slug`, open, async (request, reply) => {
    const center = await centerFor(kept, request)
    const shelf = center && shelfAt(center.shelves.top, (request.params as Asked).slug ?? '')
    if (center === null || shelf === null) return none(kept, request, reply)
    const page = centers.page(center, `section ${shelf.section.id}`, async () =>
      sectionHtml(center, shelf, await languagesWith(centers, center, shelf)),
    )
    return answer(request, reply, await page)
  })
}

/** The languages in which a section has something to read. */
async function languagesWith(centers: Centers, { brand, languages }: Center, { section }: Shelf) {
  const all = await Promise.all(languages.map((each) => centers.at(brand.id, each)))
  return all.flatMap((each) =>
    each !== null && shelfAt(each.shelves.top, section.slug) !== null ? each.language : [],
  )
}

function articles(app: FastifyInstance, desk: Desk, kept: Kept, base: string): void {
  const { centers, reads } = kept
  app.get(`${base}/:language/:slug`, open, async (request, reply) => {
    const { language = '', slug = '' } = request.params as Asked
    const center = await centerFor(kept, request)
    const title = center && titleAt(center, language, slug)
    if (center === null || title === null) return elsewhere(desk, kept, request, reply)
    const path = await placeOf(desk, center, title)
    const search = new URL(request.url, desk.baseUrl).search
    if (path !== null) return leadOn(reply, path + search, title.language === language ? 301 : 302)
    reads.note(request, title.id)
    await noteOpened(desk, request)
    const page = centers.page(center, `article ${title.id}`, () => articlePage(desk, center, title))
    return answer(request, reply, await page)
  })
}

function voted(desk: Desk, kept: Kept): (request: FastifyRequest) => Promise<Voted | null> {
  return async (request) => {
    const { language = '', slug = '' } = request.params as Asked
    const center = await centerFor(kept, request)
    const title = center && titleAt(center, language, slug)
    return center === null || title === null || (await placeOf(desk, center, title)) !== null
      ? null
      : { center, title }
  }
}

/** The article at an address; in another language than the page's where it is written in no other. */
function titleAt({ bySlug, otherwise }: Center, language: string, slug: string): Title | null {
  const same = bySlug.get(slug) ?? []
  const own = same.find((each) => each.language === language)
  return own ?? same.find((each) => each.language === otherwise) ?? same[0] ?? null
}

/** Where an article is read, if that is not here: in its brand's help, or in a translation. */
async function placeOf(desk: Desk, center: Center, title: Title): Promise<string | null> {
  const { library, language } = center
  const base = await baseFor(desk, center, title)
  const here = tongues(library, title).find((each) => each.language === language)
  if (here !== undefined && here.id !== title.id) return pathIn({ base }, here)
  return base === center.base ? null : pathIn({ base }, { ...title, language })
}

/** Where the help is that an article stands in: here, or another brand's. */
async function baseFor(desk: Desk, center: Center, article: Pick<Title, 'sectionId'>): Promise<string> {
  const own = brandOf(center.library, article)
  if (own === null || own === center.brand.id) return center.base
  return baseOf((await desk.setup.now()).brands, own)
}

async function articlePage(desk: Desk, center: Center, title: Title): Promise<string> {
  const article = await openArticle(desk.database, title.id)
  // Taken back at this moment.
  if (article === null) return noArticleHtml(center)
  const { library } = center
  return articleHtml(center, article, {
    tongues: tongues(library, title),
    related: await related(desk, center, title),
  })
}

/** What shares most words with an article, then what lies beside it. */
async function related(desk: Desk, { shelves, brand }: Center, title: Title): Promise<Title[]> {
  const { language } = title
  const most = { brandId: brand.id, limit: MOST_RELATED * 3 }
  const among = { audience: 'public', language, only: true, ...most } as const
  const like = await fittingArticles(desk.database, askedBy(title.title, title.excerpt), among)
  const shown = new Map(shelves.all.map((each) => [each.id, each]))
  const beside = shelves.all.filter(({ sectionId }) => sectionId !== null && sectionId === title.sectionId)
  const all = [...like.map(({ id }) => shown.get(id)), ...beside].filter((each) => each !== undefined)
  return [...new Set(all)].filter(({ id }) => id !== title.id).slice(0, MOST_RELATED)
}

/** An address that an article had once leads on. */
async function elsewhere(desk: Desk, kept: Kept, request: FastifyRequest, reply: FastifyReply) {
  const { language = '', slug = '' } = request.params as Asked
  const center = articleLanguage.safeParse(language).success
    ? await kept.centers.at(brandIn(request), language)
    : null
  if (center === null) return none(kept, request, reply)
  const moved = await movedArticle(desk.database, language, slug.replaceAll('\0', ''))
  if (moved === null) return none(kept, request, reply)
  const base = await baseFor(desk, center, moved)
  return leadOn(reply, pathIn({ base }, moved), 301)
}

/** Browsers ask again: an address that leads on today may be an article's own tomorrow. */
const leadOn = (reply: FastifyReply, path: string, status: 301 | 302): FastifyReply =>
  reply.header('cache-control', 'no-cache').redirect(path, status)

/** How customers would see it, whatever its state; for whoever may write. */
function preview(app: FastifyInstance, desk: Desk, centers: Centers): void {
  const options = { config: { access: 'articles.write' as const }, schema: { hide: true } }
  app.get('/help/preview/:id', options, async (request, reply) => {
    const id = numberOf((request.params as { id: string }).id)
    const article = await findArticle(desk.database, id)
    const center = await centers.at(null, article?.language ?? '')
    if (center === null) return reply.status(404).send()
    if (article === null) return sendPage(reply.status(404), noArticleHtml(center))
    const html = articleHtml({ ...center, language: article.language }, article, {
      tongues: [article],
      related: [],
    })
    return sendPage(reply.header('x-robots-tag', 'noindex'), html)
  })
}

function asked(request: FastifyRequest): string {
  const { q } = request.query as { q?: unknown }
  return typeof q === 'string' ? q.replaceAll('\0', '').toWellFormed().trim().slice(0, 200) : ''
}

/** What a search finds, in the reader's language or else in the desk's; noted with what comes of it. */
async function found(
  desk: Desk,
  kept: Kept,
  request: FastifyRequest,
  reply: FastifyReply,
  center: Center,
  q: string,
): Promise<FastifyReply> {
  const words = typedBy(q)
  const { language, otherwise, brand } = center
  const own = await fitting(desk, center, words, language)
  const all = own.length > 0 || otherwise === language ? own : await fitting(desk, center, words, otherwise)
  const instead = all.length > 0 ? null : await meant(desk, kept, center, q)
  const looked = { brandId: brand.id, language, source: 'help', found: all.length, personId: null } as const
  const mark = await noteLooked(desk, request, q, looked)
  // Who comes back from an article looks at the same search, not for a second time.
  reply.type('text/html').header('cache-control', 'private, max-age=300')
  return reply.send(
    foundHtml(center, { q, found: all, asked: [...words.heavy, ...words.light], instead }, mark),
  )
}

/** What was likely meant by a search that finds nothing, when that finds something. */
async function meant(desk: Desk, kept: Kept, center: Center, q: string): Promise<string | null> {
  const known = await kept.words(center.brand.id)
  const better = q
    .split(/\s+/)
    .map((word) => respelled(word, known) ?? word)
    .join(' ')
  if (better === q) return null
  const fits = await fitting(desk, center, typedBy(better), center.language)
  return fits.length > 0 ? better : null
}

/** Articles of this brand's help by the words of a language, each as it is shown to the reader. */
async function fitting(
  desk: Desk,
  { shelves, library, brand }: Center,
  words: Words,
  language: string,
): Promise<Fitting[]> {
  const among = { audience: 'public', language, only: true, brandId: brand.id, limit: MOST_FOUND } as const
  const shown = new Map(shelves.all.map((each) => [groupOf(each), each]))
  const titles = new Map(library.titles.map((each) => [each.id, each]))
  return (await fittingArticles(desk.database, words, among)).flatMap((each) => {
    const title = titles.get(each.id)
    const as = title && shown.get(groupOf(title))
    if (as === undefined) return []
    return as.id === each.id ? [each] : [{ ...each, ...as, text: as.excerpt }]
  })
}

/** The first language a reader asks for that there is something in. */
function choose(header: string | undefined, languages: readonly string[]): string | null {
  const wanted = (header ?? '').split(',').map((each) => each.split(';')[0]?.trim().toLowerCase() ?? '')
  for (const want of wanted) {
    const hit = languages.find((each) => each.toLowerCase() === want || each === want.split('-')[0])
    if (hit !== undefined) return hit
  }
  return null
}

/** A page with its mark: who has it already is told so in a line, and nobody shows it who has not asked: it may be taken back. */
function answer(request: FastifyRequest, reply: FastifyReply, { html, mark }: Page, type = 'text/html') {
  reply.header('etag', mark).header('cache-control', 'no-cache')
  if (request.headers['if-none-match']?.includes(mark) === true) return reply.status(304).send()
  return reply.type(type).send(html)
}

async function none({ centers }: Kept, request: FastifyRequest, reply: FastifyReply) {
  const { language = '' } = request.params as Asked
  const center = await centers.at(null, language)
  return center === null ? reply.status(404).send() : sendPage(reply.status(404), noArticleHtml(center))
}
