// Headings and files belong to articles: what comes into a message has lines in their place, and links that lead there from elsewhere.
import { Fragment, type Node, Slice } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'

import { schema } from './schema.ts'

const { heading, paragraph, picture } = schema.nodes
const { link } = schema.marks

/** Of an article's picture a message keeps what it is called: a mail would show nothing of it. Links get their whole address. */
export const withoutArticleFiles = new Plugin({
  appendTransaction: (changes, _, { doc, tr }) => {
    if (!changes.some(({ docChanged }) => docChanged)) return null
    // From the end, so that the places before stay as they are.
    const all: { node: Node; at: number }[] = []
    doc.descendants((node, at) => void all.unshift({ node, at }))
    for (const { node, at } of all) {
      const { src, alt } = node.attrs as { src?: string | null; alt?: string }
      const href = String(link.isInSet(node.marks)?.attrs['href'] ?? '')
      if (node.type === picture && typeof src === 'string')
        tr.replaceWith(
          at,
          at + node.nodeSize,
          paragraph.create(null, schema.text(`[${alt || src.split('/').at(-1)}]`)),
        )
      else if (href.startsWith('/'))
        tr.addMark(at, at + node.nodeSize, link.create({ href: `${location.origin}${href}` }))
    }
    return tr.docChanged ? tr : null
  },
})

/** The same content with a paragraph for each heading. */
export function withoutHeadings({ content, openStart, openEnd }: Slice): Slice {
  return new Slice(plain(content), openStart, openEnd)
}

function plain(fragment: Fragment): Fragment {
  const nodes: Node[] = []
  fragment.forEach((node) => {
    if (node.type === heading) nodes.push(paragraph.create(null, node.content))
    else nodes.push(node.isText || node.isLeaf ? node : node.copy(plain(node.content)))
  })
  return Fragment.fromArray(nodes)
}
