// The help center: published articles for everybody, at /help. What is a draft, archived or for agents is not there at all.
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import { fittingArticles } from '#knowledge/article-search-store.ts'
import { findArticle } from '#knowledge/article-store.ts'
import { pathOf } from '#knowledge/article.ts'
import { askedBy } from '#knowledge/asked.ts'
import {
  movedArticle,
  openAddresses,
  openArticle,
  openLanguages,
  openTitles,
} from '#knowledge/public-store.ts'
import { sendPage } from '#pages/page.ts'
import { articleHtml, foundHtml, listHtml, noArticleHtml, type Center } from '#pages/help-html.ts'
import { helpStyle } from '#pages/help-style.ts'
import { listForms } from '#setup/form-store.ts'

const MOST_TITLES = 2_000
const MOST_FOUND = 20
/** What one sitemap may hold (sitemaps.org). */
const MOST_ADDRESSES = 50_000

const open = { config: { access: 'anyone' as const }, schema: { hide: true } }

export async function helpPages(app: FastifyInstance, desk: Desk): Promise<void> {
  helpStyle(app)
  siteMap(app, desk)
  app.get('/help', open, async (request, reply) => {
    const languages = await openLanguages(desk.database)
    const language =
      choose(request.headers['accept-language'], languages) ?? (await desk.setup.now()).desk.language
    const search = new URL(request.url, desk.baseUrl).search
    return reply
      .header('vary', 'accept-language')
      .header('cache-control', 'no-cache')
      .redirect(`/help/${language}${search}`)
  })
  app.get('/help/:language', open, async (request, reply) => {
    const { language = '' } = request.params as { language?: string }
    const center = await centerIn(desk, language)
    if (!center.languages.includes(language) && language !== center.language) return none(desk, reply)
    const q = asked(request)
    if (q !== '') return answer(request, reply, await found(desk, center, q))
    return answer(request, reply, listHtml(center, await openTitles(desk.database, language, MOST_TITLES)))
  })
  // How customers would see it, whatever its state; for whoever may write.
  app.get(
    '/help/preview/:id',
    { config: { access: 'articles.write' as const }, schema: { hide: true } },
    async (request, reply) => {
      const id = Number((request.params as { id: string }).id)
      const article = Number.isSafeInteger(id) ? await findArticle(desk.database, id) : null
      if (article === null) return none(desk, reply)
      const center = { ...(await centerIn(desk, article.language)), language: article.language }
      return reply
        .type('text/html')
        .header('cache-control', 'no-store')
        .header('x-robots-tag', 'noindex')
        .send(articleHtml(center, article))
    },
  )
  app.get('/help/:language/:slug', open, async (request, reply) => {
    const { language = '', slug = '' } = request.params as { language?: string; slug?: string }
    const article = await openArticle(desk.database, language, slug.replaceAll('\0', ''))
    if (article !== null) return answer(request, reply, articleHtml(await centerIn(desk, language), article))
    const moved = await movedArticle(desk.database, language, slug.replaceAll('\0', ''))
    if (moved !== null) return reply.redirect(pathOf(moved), 301)
    return none(desk, reply, language)
  })
}

function asked(request: FastifyRequest): string {
  const { q } = request.query as { q?: unknown }
  return typeof q === 'string' ? q.replaceAll('\0', '').toWellFormed().trim().slice(0, 200) : ''
}

async function found(desk: Desk, center: Center, q: string): Promise<string> {
  const among = { audience: 'public', language: center.language, only: true, limit: MOST_FOUND } as const
  const words = askedBy(q)
  return foundHtml(center, q, await fittingArticles(desk.database, words, among), words.heavy)
}

/** What stands around the articles of a language: the desk's first brand gives the face. */
async function centerIn(desk: Desk, language: string): Promise<Center> {
  const [{ desk: settings, brands }, languages, forms] = await Promise.all([
    desk.setup.now(),
    openLanguages(desk.database),
    listForms(desk.database, { q: '', archived: false, limit: 50, after: '' }),
  ])
  const brand = brands.toSorted((a, b) => a.id - b.id)[0] ?? null
  const form = forms.find(({ key }) => key === 'contact') ?? forms[0]
  return {
    language: languages.includes(language) ? language : settings.language,
    languages,
    brand,
    name: brand?.fromName || settings.deskName,
    baseUrl: desk.baseUrl,
    contact: form === undefined ? null : `/forms/${form.key}`,
  }
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

/** A page with its mark: who has it already is told so in a line. */
function answer(request: FastifyRequest, reply: FastifyReply, html: string) {
  const mark = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
  reply.header('etag', mark).header('cache-control', 'public, max-age=60, stale-while-revalidate=300')
  if (request.headers['if-none-match']?.includes(mark) === true) return reply.status(304).send()
  return reply.type('text/html').send(html)
}

async function none(desk: Desk, reply: FastifyReply, language = '') {
  const html = noArticleHtml(await centerIn(desk, language))
  return sendPage(reply.status(404), html)
}

function siteMap(app: FastifyInstance, desk: Desk): void {
  app.get('/sitemap.xml', open, async (_, reply) => {
    const addresses = await openAddresses(desk.database, MOST_ADDRESSES)
    const entries = addresses.map(
      (each) =>
        `<url><loc>${escaped(desk.baseUrl + pathOf(each))}</loc><lastmod>${each.updatedAt}</lastmod></url>`,
    )
    return reply.type('application/xml').header('cache-control', 'public, max-age=600')
      .send(`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</urlset>`)
  })
  app.get('/robots.txt', open, async (_, reply) =>
    reply
      .type('text/plain')
      .header('cache-control', 'public, max-age=3600')
      .send(
        `User-agent: *\nAllow: /help\nAllow: /forms\nDisallow: /\nSitemap: ${desk.baseUrl}/sitemap.xml\n`,
      ),
  )
}
