// The frame of every server-rendered page: works without scripts, light and dark, from 320 px on.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { legibleOn, lettersOn } from '#kit/color.ts'
import { escaped } from '#kit/escaped.ts'

/** A whole page; `body` and `head` are HTML already, `styles` are sheets of its own. */
export function page(
  title: string,
  language: string,
  body: string,
  styles: readonly string[] = [],
  head = '',
): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/pages.css">${styles
    .map(
      (href) => `
<link rel="stylesheet" href="${escaped(href)}">`,
    )
    .join('')}${head}
</head>
<body><main>${body}</main></body>
</html>`
}

/** Sends a page that nobody on the way is to keep. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html').header('cache-control', 'no-store').send(html)
}

const css = `@layer page {
:root { color-scheme: light dark;
  --bg: light-dark(oklch(.985 .002 250), oklch(.165 .008 260)); --surface: light-dark(oklch(1 0 0), oklch(.20 .009 260));
  --border: light-dark(oklch(.905 .005 250), oklch(.29 .010 260)); --control: light-dark(oklch(.60 .012 250), oklch(.58 .014 260));
  --text: light-dark(oklch(.22 .015 260), oklch(.93 .006 260)); --text-2: light-dark(oklch(.44 .015 260), oklch(.76 .010 260));
  --accent: light-dark(oklch(.50 .16 262), oklch(.74 .12 262)); --on-accent: light-dark(oklch(1 0 0), oklch(.17 .02 262));
  --focus: light-dark(oklch(.55 .19 262), oklch(.76 .12 262)); --danger: light-dark(oklch(.50 .19 27), oklch(.75 .14 25)); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 16px/26px system-ui, sans-serif; }
main { max-inline-size: 560px; margin-inline: auto; padding: 48px 20px; }
h1 { font-size: 26px; line-height: 32px; font-weight: 600; margin: 0 0 8px; }
p { margin: 0 0 16px; color: var(--text-2); }
form { display: grid; gap: 16px; margin-block-start: 24px; }
label { display: grid; gap: 4px; font-size: 14px; line-height: 20px; font-weight: 500; }
input, textarea, select { font: inherit; font-weight: 400; color: inherit; background: var(--surface); border: 1px solid var(--control);
  border-radius: 4px; padding: 8px 10px; inline-size: 100%; min-block-size: 40px; }
::placeholder { color: var(--text-2); opacity: 1; }
textarea { min-block-size: 90px; resize: vertical; } textarea.tall { min-block-size: 180px; }
[hidden] { display: none !important; } .question { display: grid; gap: 4px; margin: 0; padding: 0; border: 0; } legend { font-size: 14px; line-height: 20px; font-weight: 500; padding: 0 0 4px; }
.question > label { display: block; } .question > label.check, label.check { display: flex; gap: 8px; align-items: center; font-weight: 400; } .check input { inline-size: 20px; min-block-size: 20px; accent-color: var(--accent); }
.help, small { font-size: 14px; line-height: 20px; color: var(--text-2); } small { font-weight: 400; }
.logo { font-weight: 600; } .logo img { max-block-size: 64px; max-inline-size: 240px; }
button { font: inherit; font-weight: 500; justify-self: start; min-block-size: 40px; padding: 0 20px; border: 0; border-radius: 4px;
  background: var(--button, var(--accent)); color: var(--on-accent); cursor: pointer; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
footer.brand { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 14px; line-height: 20px; color: var(--text-2); border-block-start: 1px solid var(--border); margin-block-start: 48px; padding-block-start: 16px; } footer.brand p { margin: 0; flex: 1 1 240px; white-space: pre-line; } footer.brand span { display: flex; flex-wrap: wrap; gap: 4px 20px; } progress { inline-size: 160px; accent-color: var(--accent); vertical-align: middle; } footer.brand a { color: var(--text-2); padding-block: 2px; }
.fitting { font-size: 14px; line-height: 20px; color: var(--text-2); } .fitting:empty { display: none; } .fitting ul { margin: 4px 0 0; padding-inline-start: 18px; } .fitting a { color: var(--accent); font-weight: 500; }
.ways { display: flex; flex-wrap: wrap; gap: 8px 20px; } .ways a { color: var(--accent); }
.error { color: var(--danger); font-weight: 400; } .trap { position: absolute; inset-inline-start: -9999px; }
}`

/**
 * A brand's colour: on buttons as it was chosen, with letters that can be read on it; for links and lines as it can be read itself,
 * in light and in dark.
 */
export function accentCss(color: string): string {
  const [light, dark] = [legibleOn('light', color), legibleOn('dark', color)]
  return `@layer page { :root { --accent: light-dark(${light}, ${dark}); --button: ${color}; --on-accent: ${lettersOn(color)}; } }`
}

/** Serves the pages' one style sheet. */
export function pageStyles(app: FastifyInstance): void {
  app.get('/pages.css', { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
    reply.type('text/css').header('cache-control', 'public, max-age=3600').send(css),
  )
}
