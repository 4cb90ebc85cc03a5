// The editor's schema: exactly what a mail may carry, and headings for articles. Bold, italic, links, lists, quotes, code, pictures
// of the message itself.
import { type MarkSpec, type Node, type NodeSpec, Schema } from 'prosemirror-model'

/** An address a link may lead to, or null: no script, nothing that only this computer knows; of our own only the files of articles. */
export function safeHref(text: string): string | null {
  const href = text.trim()
  if (/^www\./i.test(href)) return `https://${href}`
  return /^(https?:\/\/|mailto:|\/help\/files\/)\S+$/i.test(href) ? href : null
}

/** The place of an article's file, or null. What is copied from a page names it with the desk's whole address. */
function placeIn(address: string): string | null {
  const { origin } = globalThis.location ?? {}
  const place =
    origin !== undefined && address.startsWith(`${origin}/`) ? address.slice(origin.length) : address
  return place.startsWith('/help/files/') ? place : null
}

const picked = (element: HTMLElement, name: string) => element.getAttribute(name) ?? ''
const count = (element: HTMLElement, name: string) => Number(picked(element, name)) || null

const nodes = {
  doc: { content: 'block+' },
  paragraph: {
    group: 'block',
    content: 'inline*',
    parseDOM: [{ tag: 'p' }],
    toDOM: () => ['p', 0],
  },
  /** Of articles; the page's own title is the first level. */
  heading: {
    group: 'block',
    content: 'inline*',
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((depth) => ({ tag: `h${depth}`, attrs: { level: depth < 3 ? 2 : 3 } })),
    toDOM: ({ attrs: { level } }) => [`h${level}`, 0],
  },
  blockquote: {
    group: 'block',
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  bulletList: {
    group: 'block list',
    content: 'listItem+',
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => ['ul', 0],
  },
  orderedList: {
    group: 'block list',
    content: 'listItem+',
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (list) => ({ start: count(list, 'start') ?? 1 }) }],
    toDOM: ({ attrs: { start } }) => ['ol', start === 1 ? {} : { start }, 0],
  },
  listItem: {
    content: 'paragraph block*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: () => ['li', 0],
  },
  codeBlock: {
    group: 'block',
    content: 'text*',
    marks: '',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: () => ['pre', ['code', 0]],
  },
  /**
   * Uploaded before: of a message kept and sent as `cid:up-<id>`, of an article named by its address. Pictures of other sites do not
   * fit in.
   */
  picture: {
    group: 'block',
    draggable: true,
    attrs: {
      id: { default: null },
      src: { default: null },
      alt: { default: '' },
      width: { default: null },
      height: { default: null },
    },
    parseDOM: [
      {
        tag: 'img[src]',
        getAttrs: (image) => {
          const [, id = null] = /^cid:up-(\d+)/.exec(picked(image, 'src')) ?? []
          const src = placeIn(picked(image, 'src'))
          const rest = {
            alt: picked(image, 'alt'),
            width: count(image, 'width'),
            height: count(image, 'height'),
          }
          return (id ?? src) === null ? false : { id: id && Number(id), src, ...rest }
        },
      },
    ],
    // What is null is no attribute.
    toDOM: ({ attrs: { id, src, alt, width, height } }) => [
      'img',
      { src: src ?? `cid:up-${id}`, alt, width, height },
    ],
  },
  mention: {
    group: 'inline',
    inline: true,
    attrs: { id: {}, label: {} },
    leafText: ({ attrs }) => `@${attrs['label']}`,
    parseDOM: [
      {
        tag: 'span[data-type="mention"]',
        getAttrs: (span) => ({ id: Number(picked(span, 'data-id')), label: picked(span, 'data-label') }),
      },
    ],
    toDOM: ({ attrs: { id, label } }) => [
      'span',
      { class: 'mention', 'data-type': 'mention', 'data-id': id, 'data-label': label },
      `@${label}`,
    ],
  },
  hardBreak: {
    group: 'inline',
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    leafText: () => '\n',
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  text: { group: 'inline' },
} as const satisfies Record<string, NodeSpec>

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (link) => {
          const href = safeHref(picked(link, 'href'))
          return href === null ? false : { href }
        },
      },
    ],
    toDOM: ({ attrs: { href } }) => ['a', { href }, 0],
  },
  bold: {
    parseDOM: [
      { tag: 'strong' },
      // Google Docs wraps what it copies in a <b> that is not bold.
      { tag: 'b', getAttrs: (b) => b.style.fontWeight !== 'normal' && null },
      { style: 'font-weight', getAttrs: (weight) => /^(bold(er)?|[6-9]\d\d)$/.test(weight) && null },
    ],
    toDOM: () => ['strong', 0],
  },
  italic: {
    parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }],
    toDOM: () => ['em', 0],
  },
  strike: {
    parseDOM: [{ tag: 's' }, { tag: 'del' }, { style: 'text-decoration=line-through' }],
    toDOM: () => ['s', 0],
  },
  code: {
    code: true,
    excludes: '_',
    parseDOM: [{ tag: 'code' }],
    toDOM: () => ['code', 0],
  },
} as const satisfies Record<string, MarkSpec>

export const schema = new Schema({ nodes, marks })

/** Whether there is nothing to send: no word, no picture. */
export function isBlank(doc: Node): boolean {
  let blank = true
  doc.descendants((node) => {
    const says = node.isText ? node.text?.trim() !== '' : node.isLeaf && node.type !== schema.nodes.hardBreak
    if (says) blank = false
  })
  return blank
}

/** The agents that a text calls. */
export function mentionsIn(doc: Node): number[] {
  const found = new Set<number>()
  doc.descendants((node) => void (node.type === schema.nodes.mention && found.add(Number(node.attrs['id']))))
  return [...found]
}
