// The help center's own style sheet, on top of the one that all pages share; on paper only the article is left.
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
.sections { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 8px 40px; } .sections h2 { margin-block-start: 8px; }
.sections ul, .found, .parts ul, .way ol { list-style: none; margin: 0; padding: 0; }
.sections li a, .parts a { display: block; padding-block: 5px; } .sections ul { margin-block-end: 16px; }
.found li { margin-block-end: 20px; } .found a { font-weight: 500; font-size: 18px; } .found p { margin: 2px 0 0; }
mark { background: light-dark(oklch(.93 .09 95), oklch(.42 .08 95)); color: var(--text); border-radius: 2px; }
.way ol { display: flex; flex-wrap: wrap; gap: 4px 8px; font-size: 14px; color: var(--text-2); margin-block-end: 8px; } .way li + li::before { content: "/"; margin-inline-end: 8px; }
.parts { border-inline-start: 3px solid var(--border); padding-inline-start: 16px; margin-block: 8px 24px; font-size: 14px; line-height: 20px; }
.text p, .text li { color: var(--text); } .text { overflow-wrap: anywhere; } .text li { margin-block-end: 6px; } .text p:last-child, .text li p { margin-block-end: 8px; }
.text pre { overflow-x: auto; padding: 12px; background: var(--surface); border: 1px solid var(--border); border-radius: 4px; font-size: 14px; }
.text blockquote { margin: 0 0 16px; padding-inline-start: 16px; border-inline-start: 3px solid var(--border); }
.text table { border-collapse: collapse; margin-block-end: 16px; } .text th, .text td { border: 1px solid var(--border); padding: 6px 12px; text-align: start; } .text img { max-inline-size: 100%; block-size: auto; }
.changed { font-size: 14px; margin-block: 32px 0; } footer { border-block-start: 1px solid var(--border); margin-block-start: 32px; padding-block-start: 16px; } footer:empty { display: none; }
@media print { header nav, footer, .parts, .way, form.search { display: none; } body { background: #fff; color: #000; } main { max-inline-size: none; padding: 0; } a { color: inherit; } h2, h3 { break-after: avoid; } pre, table, li { break-inside: avoid; } }
}`

/** Serves the style sheet. */
export function helpStyle(app: FastifyInstance): void {
  app.get('/help.css', { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/css').header('cache-control', 'public, max-age=3600').send(css),
  )
}
