// Headings belong to articles: what is pasted into a message has lines in their place.
import { Fragment, type Node, Slice } from 'prosemirror-model'

import { schema } from './schema.ts'

const { heading, paragraph } = schema.nodes

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
