// What the tools and keys do to the text, and whether it is so at the caret.
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import type { Fragment, MarkType, NodeType } from 'prosemirror-model'
import { liftListItem, wrapInList } from 'prosemirror-schema-list'
import { type Command, type EditorState, TextSelection, type Transaction } from 'prosemirror-state'

import { safeHref, schema } from './schema.ts'

export type Format =
  | 'bold'
  | 'italic'
  | 'code'
  | 'link'
  | 'bulletList'
  | 'orderedList'
  | 'blockquote'
  | 'heading'

/** Whether what is selected has this format, or stands inside of it. */
export function isActive(state: EditorState, name: Format): boolean {
  const mark = schema.marks[name as keyof typeof schema.marks] as MarkType | undefined
  if (mark === undefined) return depthOf(state, schema.nodes[name as 'blockquote']) !== null
  const { from, to, empty, $from } = state.selection
  return empty
    ? mark.isInSet(state.storedMarks ?? $from.marks()) !== undefined
    : state.doc.rangeHasMark(from, to, mark)
}

function depthOf({ selection: { $from } }: EditorState, type: NodeType): number | null {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return depth
  return null
}

export const toggleBold = toggleMark(schema.marks.bold)
export const toggleItalic = toggleMark(schema.marks.italic)
export const toggleStrike = toggleMark(schema.marks.strike)
export const toggleCode = toggleMark(schema.marks.code)
export const toggleBullets = toggleList(schema.nodes.bulletList)
export const toggleNumbers = toggleList(schema.nodes.orderedList)

export const toggleQuote: Command = (state, dispatch) =>
  depthOf(state, schema.nodes.blockquote) === null
    ? wrapIn(schema.nodes.blockquote)(state, dispatch)
    : lift(state, dispatch)

export const toggleHeading: Command = (state, dispatch, view) =>
  depthOf(state, schema.nodes.heading) === null
    ? setBlockType(schema.nodes.heading)(state, dispatch, view)
    : setBlockType(schema.nodes.paragraph)(state, dispatch, view)

/** Makes a list, undoes one of this kind, or turns one of the other kind into this. */
function toggleList(type: NodeType): Command {
  return (state, dispatch) => {
    const other = type === schema.nodes.bulletList ? schema.nodes.orderedList : schema.nodes.bulletList
    if (depthOf(state, type) !== null) return liftListItem(schema.nodes.listItem)(state, dispatch)
    const depth = depthOf(state, other)
    if (depth === null) return wrapInList(type)(state, dispatch)
    dispatch?.(state.tr.setNodeMarkup(state.selection.$from.before(depth), type))
    return true
  }
}

/** Links what is selected, or puts the address in as its own text. Refuses an address that no link may lead to. */
export function linkTo(text: string): Command {
  return (state, dispatch) => {
    const href = safeHref(text)
    if (href === null) return false
    const mark = schema.marks.link.create({ href })
    const { from, to, empty } = state.selection
    dispatch?.(
      empty
        ? state.tr.replaceSelectionWith(schema.text(text, [mark]), false)
        : state.tr.addMark(from, to, mark),
    )
    return true
  }
}

/** Takes the whole link away that the caret stands in, or those in what is selected. */
export const unlink: Command = (state, dispatch) => {
  const { empty, $from, from, to } = state.selection
  const { link } = schema.marks
  const parent = $from.parent
  let [start, end] = [from, to]
  if (empty) {
    const mark = link.isInSet($from.marks())
    if (mark === undefined) return false
    parent.forEach((node, offset) => {
      const at = $from.start() + offset
      if (!mark.isInSet(node.marks) || at > from || at + node.nodeSize < from) return
      ;[start, end] = [at, at + node.nodeSize]
    })
  }
  dispatch?.(state.tr.removeMark(start, end, link))
  return true
}

/** Puts content in place of a range, or of what is selected; the caret stands behind it. */
export function put(
  state: EditorState,
  content: Fragment,
  { from, to }: { from: number; to: number } = state.selection,
): Transaction {
  const tr = state.tr.delete(from, to)
  const isInline = content.firstChild?.isInline ?? true
  const [start, end] = isInline ? [from, from] : placeForBlocks(tr, from)
  tr.replaceWith(start, end, content)
  // Behind a picture there is a line to go on in.
  if (tr.doc.lastChild?.isLeaf) tr.insert(tr.doc.content.size, schema.nodes.paragraph.create())
  const side = !isInline && content.lastChild?.isLeaf ? 1 : -1
  const behind = tr.doc.resolve(Math.min(start + content.size, tr.doc.content.size))
  return tr.setSelection(TextSelection.near(behind, side)).scrollIntoView()
}

/** Between two lines, for which a line is split; in place of an empty one. */
function placeForBlocks(tr: Transaction, at: number): [start: number, end: number] {
  const { parent, parentOffset, depth } = tr.doc.resolve(at)
  const [before, after] =
    depth === 0 ? [at, at] : [at - parentOffset - 1, at - parentOffset + parent.content.size + 1]
  if (!parent.isTextblock) return [at, at]
  if (parent.content.size === 0) return [before, after]
  if (parentOffset === 0) return [before, before]
  if (parentOffset === parent.content.size) return [after, after]
  tr.split(at)
  return [at + 1, at + 1]
}
