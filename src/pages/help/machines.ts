// What programs read of the help center: the map and the rules for search engines, and a feed of what changed.
import type { FastifyInstance } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import { brandOf, byLanguage, groupOf, lastChanged, type Title } from '#knowledge/shelf.ts'
import { pathIn, type Center, type Centers } from '#pages/help/center.ts'
import { helpWordsIn } from '#pages/help/words.ts'

/** What one sitemap may hold (sitemaps.org). */
const MOST_ADDRESSES = 50_000
const MOST_ENTRIES = 30

const open = { config: { access: 'anyone' as const }, schema: { hide: true } }

/** Serves /sitemap.xml and /robots.txt. */
export function siteMap(app: FastifyInstance, desk: Desk, centers: Centers): void {
  app.get('/sitemap.xml', open, async (_, reply) => {
    const { brands } = await desk.setup.now()
    const all = await Promise.all(brands.map(({ id }) => centers.at(id, '')))
    const maps = await Promise.all(
      all.map((each) => (each === null ? null : centers.page(each, 'map', () => entriesOf(each).join('\n')))),
    )
    const entries = maps.flatMap((each) => each?.html.split('\n') ?? [])
    return reply.type('application/xml').header('cache-control', 'public, max-age=600')
      .send(`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${entries.slice(0, MOST_ADDRESSES).join('')}</urlset>`)
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

/** An article of every brand is listed where the first has it. */
function entriesOf(center: Center): string[] {
  const { library, brand, base, home } = center
  const isHere = (title: Title) =>
    brandOf(library, title) === brand.id || (base === '/help' && brandOf(library, title) === null)
  const homes = center.languages.map((language) => entry(`${home}${base}/${language}`, null, []))
  const groups = Map.groupBy(library.titles, groupOf)
  const articles = library.titles.filter(isHere).map((title) => {
    const others = byLanguage(groups.get(groupOf(title)) ?? [])
    const links = others.map((each) => [each.language, home + pathIn(center, each)] as const)
    return entry(home + pathIn(center, title), title.updatedAt, others.length > 1 ? links : [])
  })
  return [...homes, ...articles]
}

function entry(
  address: string,
  changedAt: string | null,
  others: readonly (readonly [language: string, address: string])[],
): string {
  const links = others.map(
    ([language, href]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${escaped(href)}"/>`,
  )
  const changed = changedAt === null ? '' : `<lastmod>${changedAt}</lastmod>`
  return `<url><loc>${escaped(address)}</loc>${changed}${links.join('')}</url>`
}

/** What changed last, as Atom (RFC 4287). */
export function feedXml(center: Center): string {
  const { home, base, language, name, shelves } = center
  const words = helpWordsIn(language)
  const own = { ...shelves, all: shelves.all.filter((each) => each.language === language) }
  const entries = lastChanged(own, MOST_ENTRIES).map((title) => {
    const address = escaped(home + pathIn(center, title))
    return `<entry><id>${address}</id><title>${escaped(title.title)}</title><link href="${address}"/><published>${title.publishedAt}</published><updated>${title.updatedAt}</updated><summary>${escaped(title.excerpt.replace(/\s+/g, ' ').trim())}</summary></entry>`
  })
  const [newest] = lastChanged(own, 1)
  const self = `${home}${base}/${language}/feed.xml`
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}"><id>${self}</id><title>${escaped(`${name}: ${words.feed}`)}</title><link rel="self" href="${self}"/><link href="${home}${base}/${language}"/><updated>${newest?.updatedAt ?? '1970-01-01T00:00:00Z'}</updated><author><name>${escaped(name)}</name></author>${entries.join('')}</feed>`
}
