// What stands around every page of the portal, and the small parts that its pages share. Needs no script.
import { writable } from '#kit/locale.ts'
import type { FastifyInstance } from 'fastify'
import { escaped } from '#kit/escaped.ts'
import { markOf, type Inside, type Place } from '#pages/portal/gate.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { brandFoot, brandStyles, logoHtml } from '#pages/brand-html.ts'
import { page } from '#pages/page.ts'
import type { Desk } from '#desk/desk.ts'
import { isZone } from '#hours/zone.ts'
import type { Instant } from '#kit/time.ts'

/** The path of a page of a brand's portal. */
export const pathIn = ({ brand }: Place, rest = ''): string => `/portal/${brand.id}${rest}`

/** A whole page; `at` is which of the portal's own it is. */
export function portalPage(
  place: Place | Inside,
  title: string,
  body: string,
  at: 'requests' | 'write' | 'account' | null = null,
): string {
  const { brand, name, language } = place
  const words = portalWordsIn(language)
  const link = (to: 'requests' | 'write' | 'account', path: string) =>
    `<a href="${pathIn(place, path)}"${at === to ? ' aria-current="page"' : ''}>${words[to]}</a>`
  const nav =
    'visitor' in place
      ? `${link('requests', '')}${link('write', '/new')}<a href="/help/brand/${brand.id}">${words.help}</a>${link('account', '/account')}`
      : `<a href="/help/brand/${brand.id}">${words.help}</a>`
  const styles = ['/help.css', '/portal.css', ...brandStyles(brand)]
  return page(
    `${title} · ${name}`,
    language,
    `<header><a class="logo" href="${pathIn(place)}">${logoHtml(brand, name)}</a><nav aria-label="${words.nav}">${nav}</nav></header>${body}${brandFoot(brand)}`,
    styles,
    '\n<meta name="robots" content="noindex">',
  )
}

/** A form that is posted; `mark` is what a session's forms carry. */
export function form(action: string, inside: string, mark = '', name = ''): string {
  const carried = mark === '' ? '' : `<input type="hidden" name="mark" value="${mark}">`
  const className = name === '' ? '' : ` class="${name}"`
  return `<form method="post" enctype="multipart/form-data" action="${action}"${className}>${carried}${inside}</form>`
}

/** The mark of a page's forms. */
export const markIn = (desk: Desk, { visitor }: Inside): string => markOf(desk, visitor)

/** What just happened, said at the top of the page that follows. */
export const notice = (text: string): string => `<p class="notice" role="status">${escaped(text)}</p>`
/** What went wrong. */
export const problem = (text: string): string => `<p class="error" role="alert">${escaped(text)}</p>`

/** A moment as the reader writes it, where they are. */
export function moment({ language, timeZone }: Place, at: Instant): string {
  const format = new Intl.DateTimeFormat(writable(language), {
    dateStyle: 'medium',
    timeStyle: 'short',
    // Of before, or from elsewhere: a page is read in another zone rather than not at all.
    timeZone: isZone(timeZone) ? timeZone : 'UTC',
  })
  return `<time datetime="${at}">${format.format(new Date(at))}</time>`
}

/** A choice of one, each value with its name. */
export function select(
  name: string,
  label: string,
  options: readonly (readonly [value: string, name: string])[],
  chosen: string,
): string {
  const list = options.map(
    ([value, text]) =>
      `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(text)}</option>`,
  )
  return `<label>${label}<select name="${name}">${list.join('')}</select></label>`
}

const css = `@layer page {
header { border-block-end: 1px solid var(--border); padding-block-end: 12px; } header .logo img { max-block-size: 40px; display: block; }
header nav { flex-wrap: wrap; } header nav a { padding-block: 4px; } header nav a[aria-current] { color: var(--text); font-weight: 600; text-decoration: none; }
form.filter { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin: 0 0 24px; } form.filter label { flex: 1 1 150px; } form.filter label:first-child { flex: 2 1 220px; }
ul.requests { list-style: none; margin: 0; padding: 0; border-block-start: 1px solid var(--border); }
ul.requests li { border-block-end: 1px solid var(--border); } ul.requests a { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; padding: 14px 4px; text-decoration: none; color: var(--text); }
ul.requests a:hover .subject, ul.requests a:focus-visible .subject { text-decoration: underline; } .subject { font-weight: 500; overflow-wrap: anywhere; min-inline-size: 0; }
.meta { font-size: 14px; line-height: 20px; color: var(--text-2); } ul.requests .meta { grid-column: 1 / -1; }
.state { font-size: 13px; line-height: 20px; font-weight: 500; white-space: nowrap; border: 1px solid currentColor; border-radius: 10px; padding: 0 8px; align-self: start; color: var(--text-2); }
.state[data-is=asked] { color: var(--danger); } .state[data-is=resolved] { color: light-dark(oklch(.45 .11 155), oklch(.79 .11 155)); }
.pages { display: flex; justify-content: space-between; margin-block-start: 16px; }
.notice { border-inline-start: 3px solid var(--accent); padding: 8px 12px; background: var(--surface); color: var(--text); } p.error { border-inline-start: 3px solid var(--danger); padding: 8px 12px; background: var(--surface); }
.topic { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin-block-end: 24px; }
ol.said { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; } ol.said > li { background: var(--surface); border: 1px solid var(--border); border-radius: 6px; padding: 14px 16px; overflow-wrap: anywhere; }
ol.said > li[data-own] { margin-inline-start: clamp(0px, 6vw, 48px); } ol.said > li:not([data-own]) { border-inline-start: 3px solid var(--accent); }
.who { display: flex; flex-wrap: wrap; gap: 0 10px; font-size: 14px; line-height: 20px; margin-block-end: 6px; } .who b { font-weight: 600; } .body p { color: var(--text); } .body > :last-child { margin-block-end: 0; } .body pre { overflow-x: auto; } .plain { white-space: pre-wrap; color: var(--text); }
.files { list-style: none; margin: 10px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 14px; } .files a { display: inline-block; padding-block: 3px; }
button.quiet { background: none; color: var(--text); border: 1px solid var(--control); } form.inline { margin: 0; } .side { display: grid; gap: 8px; justify-items: start; border-block-start: 1px solid var(--border); margin-block-start: 24px; padding-block-start: 16px; }
.choices { list-style: none; margin: 0 0 24px; padding: 0; } .choices a { display: block; padding-block: 6px; } .hint { font-size: 14px; line-height: 20px; margin: 0; }
fieldset.scores { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 8px; } .scores legend { padding: 0 0 8px; font-weight: 500; } .scores label { display: flex; gap: 8px; align-items: center; border: 1px solid var(--control); border-radius: 6px; padding: 8px 14px; min-block-size: 44px; font-size: 16px; font-weight: 400; cursor: pointer; } .scores label:has(:checked) { border-color: var(--accent); outline: 1px solid var(--accent); } .scores input { margin: 0; inline-size: 20px; min-block-size: 20px; accent-color: var(--accent); }
@media (max-width: 480px) { ul.requests a { grid-template-columns: 1fr; } .state { justify-self: start; } }
@media print { form, .pages, header nav, .side { display: none; } }
}`

/** Serves the style sheet. */
export function portalStyle(app: FastifyInstance): void {
  app.get('/portal.css', { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/css').header('cache-control', 'public, max-age=3600').send(css),
  )
}
