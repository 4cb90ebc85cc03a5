// HTML that leaves by mail, with its looks on each element: mail programs drop style sheets, and their own defaults differ.
import sanitizeHtml from 'sanitize-html'
import { mailElements } from '#mail/sanitise.ts'

const looks: Readonly<Record<string, string>> = {
  p: 'margin:0 0 1em',
  ul: 'margin:0 0 1em;padding-left:1.5em',
  ol: 'margin:0 0 1em;padding-left:1.5em',
  h1: 'margin:0 0 .5em;font-size:20px;line-height:1.3',
  h2: 'margin:0 0 .5em;font-size:18px;line-height:1.3',
  h3: 'margin:0 0 .5em;font-size:16px;line-height:1.3',
  blockquote: 'margin:0 0 1em .5em;padding:0 0 0 1em;border-left:2px solid #ccc',
  pre: 'margin:0 0 1em;padding:8px 12px;background-color:#f4f4f4;white-space:pre-wrap;font-family:monospace;font-size:13px',
  code: 'font-family:monospace;font-size:13px',
  table: 'margin:0 0 1em;border-collapse:collapse;font-size:14px',
  th: 'padding:4px 8px;border:1px solid #ccc;text-align:left;vertical-align:top',
  td: 'padding:4px 8px;border:1px solid #ccc;vertical-align:top',
  img: 'max-width:100%;height:auto',
  hr: 'margin:1em 0;border:0;border-top:1px solid #ccc',
}

/** Gives HTML that is safe already its looks, and links a colour; what has a style of its own keeps that. */
export function dressed(html: string, linkColor: string | null = null): string {
  const all = linkColor === null ? looks : { ...looks, a: `color:${linkColor}` }
  const within = sanitizeHtml(html, {
    allowedTags: mailElements,
    allowedAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'cid'],
    parseStyleAttributes: false,
    transformTags: Object.fromEntries(
      Object.entries(all).map(([name, style]) => [
        name,
        (tagName: string, attribs: Record<string, string>) => ({ tagName, attribs: { style, ...attribs } }),
      ]),
    ),
  })
  return `<div style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5">${within}</div>`
}
