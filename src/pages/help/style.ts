// The help center's own style sheet, on top of the one that all pages share; on paper only the article is left. The portal, whose pages
// are narrower, takes what stands before `.center`.
import type { FastifyInstance } from 'fastify'

const css = `@layer page {
main { max-inline-size: 760px; padding-block: 24px 64px; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; align-items: center; margin-block-end: 32px; }
a { color: var(--accent); text-underline-offset: 3px; } header .logo { font-weight: 600; color: var(--text); text-decoration: none; }
header nav { display: flex; gap: 16px; font-size: 14px; }
h1 { font-size: 30px; line-height: 38px; margin-block-end: 16px; overflow-wrap: anywhere; }
h2 { font-size: 20px; line-height: 28px; font-weight: 600; margin: 32px 0 8px; } h3, h4, h5, h6 { font-size: 16px; margin: 24px 0 4px; }
form.search { display: flex; gap: 8px; margin: 0 0 32px; } form.search input { min-inline-size: 0; } form.search button { flex: none; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.found, .parts ul, .way ol { list-style: none; margin: 0; padding: 0; }
.parts a { display: block; padding-block: 5px; }
.found li { margin-block-end: 20px; } .found a { font-weight: 500; font-size: 18px; } .found p { margin: 2px 0 0; }
mark { background: light-dark(oklch(.93 .09 95), oklch(.42 .08 95)); color: var(--text); border-radius: 2px; }
.way ol { display: flex; flex-wrap: wrap; gap: 4px 8px; font-size: 14px; color: var(--text-2); margin-block-end: 8px; } .way li + li::before { content: "/"; margin-inline-end: 8px; }
.parts { border-inline-start: 3px solid var(--border); padding-inline-start: 16px; margin-block: 8px 24px; font-size: 14px; line-height: 20px; }
.text p, .text li { color: var(--text); } .text { overflow-wrap: anywhere; } .text li { margin-block-end: 6px; } .text p:last-child, .text li p { margin-block-end: 8px; }
.text pre { overflow-x: auto; padding: 12px; background: var(--surface); border: 1px solid var(--border); border-radius: 4px; font-size: 14px; }
.text blockquote { margin: 0 0 16px; padding-inline-start: 16px; border-inline-start: 3px solid var(--border); }
.text table { border-collapse: collapse; margin-block-end: 16px; } .text th, .text td { border: 1px solid var(--border); padding: 6px 12px; text-align: start; } .text img { max-inline-size: 100%; block-size: auto; }

main:has(> .center) { max-inline-size: none; padding: 0; } .center { min-block-size: 100vh; }
.center .page { max-inline-size: 1040px; margin-inline: auto; padding: 32px 20px 64px; }
.center .skip { position: absolute; inset-inline-start: -9999px; } .center .skip:focus { inset-inline-start: 8px; inset-block-start: 8px; background: var(--surface); padding: 8px 12px; }
.center header.bar { max-inline-size: 1040px; margin: 0 auto; padding: 14px 20px; gap: 8px 20px; } .center header .logo { font-size: 18px; margin-inline-end: auto; } .center header .logo img { max-block-size: 40px; display: block; }
.center header nav { gap: 4px 16px; flex-wrap: wrap; } .center header nav a { padding-block: 4px; }
.center form.search { margin: 0; } .center form.search.small { flex: 0 1 320px; } .center form.search.small input, .center form.search.small button { min-block-size: 36px; font-size: 14px; padding-block: 4px; }
.center form.search.large { margin-block: 0 24px; max-inline-size: 640px; } .center form.search.large input, .center form.search.large button { min-block-size: 48px; }
.hero { background: color-mix(in oklab, var(--accent) 9%, var(--bg)); border-block: 1px solid var(--border); } .hero > div { max-inline-size: 1040px; margin-inline: auto; padding: 48px 20px 40px; } .hero form.search.large { margin-block-end: 0; }
.center h2 { margin-block: 32px 12px; } .center h1:has(+ .count) { margin-block-end: 4px; } .count + .cards, .count + h2 + .cards { margin-block-start: 20px; } .found { max-inline-size: 72ch; } .count { font-size: 14px; line-height: 20px; color: var(--text-2); margin: 0; }
.cards { list-style: none; margin: 0 0 16px; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr)); gap: 16px; }
.card { background: var(--surface); border: 1px solid var(--border); border-radius: 6px; padding: 18px 20px 14px; } .card h3 { margin: 0; font-size: 18px; line-height: 26px; font-weight: 600; } .card h3 a { text-decoration: none; } .card h3 a:hover { text-decoration: underline; }
.card ul { list-style: none; padding: 0; margin: 10px 0 0; font-size: 15px; line-height: 22px; } .card li { padding-block: 4px; } .card li a { padding-block: 4px; color: var(--text); text-decoration: none; overflow-wrap: anywhere; } .card li a:hover { text-decoration: underline; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 0 40px; }
.titles, .listed { list-style: none; padding: 0; margin: 0 0 16px; } .titles li { padding-block: 6px; border-block-end: 1px solid var(--border); } .titles li:last-child { border: 0; } .dated li { display: flex; flex-wrap: wrap; gap: 0 12px; justify-content: space-between; align-items: baseline; }
.listed { margin-block-start: 20px; max-inline-size: 72ch; } .listed li { padding-block: 14px; border-block-start: 1px solid var(--border); } .listed li > a { font-weight: 500; } .listed p { margin: 2px 0 0; font-size: 15px; line-height: 22px; }
.tongue { font-size: 12px; line-height: 16px; border: 1px solid var(--control); border-radius: 4px; padding: 0 5px; color: var(--text-2); white-space: nowrap; }
.reading { max-inline-size: 720px; } .reading h1 { margin-block-end: 4px; } .reading .text { margin-block-start: 20px; } .notice { border-inline-start: 3px solid var(--accent); padding: 8px 12px; background: var(--surface); color: var(--text); }
.parts p { margin: 0; font-weight: 600; color: var(--text); } .way a { color: var(--text-2); display: inline-block; padding-block: 4px; }
.vote { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-block: 32px 0; padding-block-start: 20px; border-block-start: 1px solid var(--border); } .vote p { margin: 0; margin-inline-end: 8px; font-weight: 500; color: var(--text); } .vote button { background: var(--surface); color: var(--text); border: 1px solid var(--control); min-inline-size: 72px; } .vote button:hover { border-color: var(--text); }
.contact { display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: center; justify-content: space-between; margin-block-start: 48px; padding: 20px 24px; background: var(--surface); border: 1px solid var(--border); border-radius: 6px; } .contact h2 { margin: 0; font-size: 18px; line-height: 26px; } .contact p { margin: 0; }
.button { display: inline-flex; align-items: center; min-block-size: 44px; padding: 0 20px; border-radius: 4px; background: var(--button, var(--accent)); color: var(--on-accent); font-weight: 500; text-decoration: none; }
@media (min-width: 1000px) { .reading.with-parts { max-inline-size: none; display: grid; grid-template-columns: minmax(0, 720px) 240px; gap: 0 56px; } .reading.with-parts > * { grid-column: 1; } .reading.with-parts article { display: contents; } .reading.with-parts article > * { grid-column: 1; } .reading.with-parts article > .parts { grid-column: 2; grid-row: 1 / span 4; align-self: start; position: sticky; inset-block-start: 24px; margin-block-start: 8px; } }
@media (max-width: 640px) { .center form.search.small { flex: 1 1 100%; order: 3; } .hero > div { padding-block: 32px 28px; } }
@media print { .center header.bar form, .center header nav, .hero, .vote, .related, .contact, .skip { display: none !important; } .center .page, .center header.bar { max-inline-size: none; padding: 0; } .reading.with-parts { display: block; } .reading.with-parts article { display: block; } header nav, footer, .parts, .way, form.search { display: none; } body { background: #fff; color: #000; } main { max-inline-size: none; padding: 0; } a { color: inherit; } h2, h3 { break-after: avoid; } pre, table, li { break-inside: avoid; } }
}`

/** Serves the style sheet. */
export function helpStyle(app: FastifyInstance): void {
  app.get('/help.css', { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/css').header('cache-control', 'public, max-age=3600').send(css),
  )
}
