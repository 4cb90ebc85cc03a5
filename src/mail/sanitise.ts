// A stranger's HTML → HTML that may stand in our pages: nothing runs, nothing is fetched, nothing leaves its box.
// The browser's own defences (CSP, sandboxed frame) come on top; this alone must hold too.
import sanitizeHtml from 'sanitize-html'
import { deeperThan } from '#mail/html-depth.ts'
import { limits } from '#mail/limits.ts'
import { allowedStyles } from '#mail/styles.ts'
import { textOfHtml } from '#mail/text-of-html.ts'

export type SafeHtml = {
  readonly html: string
  /** Images on other servers, kept back as `data-remote-src` until somebody asks for them. */
  readonly remoteImages: number
}

const longest = 2_000_000
/** The elements that mails are made of. */
export const mailElements = (
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn ' +
  'div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s ' +
  'samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
).split(' ')

const attributes = {
  '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'bgcolor', 'width', 'height'],
  a: ['href', 'target', 'rel', 'name'],
  img: ['src', 'alt', 'width', 'height', 'data-remote-src', 'border'],
  font: ['color', 'face', 'size'],
  table: ['border', 'cellpadding', 'cellspacing', 'summary'],
  td: ['colspan', 'rowspan', 'nowrap'],
  th: ['colspan', 'rowspan', 'nowrap', 'scope'],
  col: ['span'],
  ol: ['start', 'type', 'reversed'],
  li: ['value'],
  time: ['datetime'],
}

/**
 * Cleans the HTML of one mail. `imageUrl` turns a Content-ID into the address of the stored file, or null to drop the
 * image; `ownUrl` says of an address that is of no other server whether an image may have it. HTML nested deeper than 256 or longer than 2 million characters is shown as its text.
 */
export function sanitise(
  html: string,
  imageUrl: (contentId: string) => string | null,
  ownUrl: (address: string) => string | null = () => null,
): SafeHtml {
  if (html.length > longest || deeperThan(html, limits.htmlDepth))
    return { html: asParagraphs(html), remoteImages: 0 }
  let remoteImages = 0
  const safe = sanitizeHtml(html, {
    allowedTags: mailElements,
    allowedAttributes: attributes,
    allowedSchemes: ['http', 'https', 'mailto'],
    // `cid` only ever comes from `imageUrl`: what a mail says itself went through it.
    allowedSchemesByTag: { img: ['http', 'https', 'cid'] },
    allowProtocolRelative: false,
    allowedStyles,
    nestingLimit: limits.htmlDepth,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'template',
      'xmp',
      'iframe',
      'svg',
      'math',
    ],
    disallowedTagsMode: 'discard',
    transformTags: {
      a: (tagName, given) => ({ tagName, attribs: link(given) }),
      img: (tagName, given) => {
        const attribs = image(given, imageUrl, ownUrl)
        if ('data-remote-src' in attribs) remoteImages++
        return { tagName, attribs }
      },
    },
    exclusiveFilter: (frame) =>
      frame.tag === 'img' && !frame.attribs['src'] && !frame.attribs['data-remote-src'],
  })
  return { html: safe, remoteImages }
}

function link(given: Readonly<Record<string, string>>): Record<string, string> {
  const { target: _target, rel: _rel, ...rest } = given
  return rest['href'] === undefined
    ? rest
    : { ...rest, target: '_blank', rel: 'noopener noreferrer nofollow' }
}

function image(
  given: Readonly<Record<string, string>>,
  imageUrl: (contentId: string) => string | null,
  ownUrl: (address: string) => string | null,
): Record<string, string> {
  const { src = '', 'data-remote-src': _claimed, ...rest } = given
  const contentId = /^\s*cid:(.{1,500})$/is.exec(src)?.[1]?.trim()
  if (contentId !== undefined) {
    const url = imageUrl(decoded(contentId)) ?? imageUrl(contentId)
    return url === null ? rest : { ...rest, src: url }
  }
  if (/^\s*https?:\/\/\S/i.test(src)) return { ...rest, 'data-remote-src': src.trim() }
  const own = ownUrl(src)
  return own === null ? rest : { ...rest, src: own }
}

function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId)
  } catch {
    return contentId
  }
}

function asParagraphs(html: string): string {
  return htmlOfText(textOfHtml(html))
}

/** Plain text as HTML: paragraphs at blank lines, line breaks kept, everything escaped. */
export function htmlOfText(text: string): string {
  const paragraphs = text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n{2,}/)
  return paragraphs
    .map((lines) => `<p style="margin:0 0 1em">${escaped(lines).replaceAll('\n', '<br>')}</p>`)
    .join('\n')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
