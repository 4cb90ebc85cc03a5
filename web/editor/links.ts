// Addresses become links: as they are typed, and in what is pasted.
import { InputRule } from 'prosemirror-inputrules'
import { Fragment, type Node, Slice } from 'prosemirror-model'
import { type EditorState, Plugin, type Transaction } from 'prosemirror-state'

import { safeHref, schema } from './schema.ts'

const { link } = schema.marks
const ADDRESS = /(?:https?:\/\/|www\.)\S*[^\s.,:;!?'")\]>]/gi

const AT_END = /(?:^|\s)((?:https?:\/\/|www\.)\S*[^\s.,:;!?'")\]>])[.,:;!?'")\]>]*( ?)$/i

/** Makes a link of an address that ends what was written before the caret; null when none does. */
function linkAt(state: EditorState, before: string, start: number): Transaction | null {
  const match = AT_END.exec(before)
  const [, address = ''] = match ?? []
  const href = safeHref(address)
  if (match === null || href === null) return null
  const from = start + match.index + match[0].indexOf(address)
  const to = from + address.length
  return state.doc.rangeHasMark(from, to, link) ? null : state.tr.addMark(from, to, link.create({ href }))
}

/** An address and the space behind it. */
export const linkAsTyped = new InputRule(
  AT_END,
  (state, { 0: whole, 2: space }, start, end) =>
    space === '' ? null : (linkAt(state, whole, start)?.insertText(' ', end) ?? null),
  { inCodeMark: false },
)

/** An address at the end of a line that Enter ends. It leaves the key to others. */
export const linkOnEnter = new Plugin({
  props: {
    handleKeyDown(view, { key }) {
      const { $from, empty } = view.state.selection
      const { parent } = $from
      if (key !== 'Enter' || !empty || !parent.isTextblock || parent.type.spec.code) return false
      const before = parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
      const tr = linkAt(view.state, before, $from.start())
      if (tr !== null) view.dispatch(tr)
      return false
    },
  },
})

/** What was pasted, with the addresses in its text as links. */
export function withLinks(slice: Slice): Slice {
  return new Slice(linkedIn(slice.content), slice.openStart, slice.openEnd)
}

function linkedIn(fragment: Fragment): Fragment {
  const nodes: Node[] = []
  fragment.forEach((node) => {
    if (node.isText) nodes.push(...linked(node))
    else nodes.push(node.type.spec.code ? node : node.copy(linkedIn(node.content)))
  })
  return Fragment.fromArray(nodes)
}

function linked(node: Node): Node[] {
  const text = node.text ?? ''
  const marked = node.marks.some(({ type }) => type === link || type.spec.code)
  if (marked) return [node]
  const parts: Node[] = []
  let at = 0
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const href = safeHref(address)
    if (href === null) continue
    if (index > at) parts.push(node.cut(at, index))
    at = index + address.length
    parts.push(node.cut(index, at).mark(link.create({ href }).addToSet(node.marks)))
  }
  if (at < text.length) parts.push(node.cut(at))
  return parts
}
