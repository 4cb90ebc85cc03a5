// Markdown as it is typed, and the keys of the text box.
import { baseKeymap, chainCommands, exitCode, setBlockType } from 'prosemirror-commands'
import { redo, undo } from 'prosemirror-history'
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import type { MarkType } from 'prosemirror-model'
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list'
import { type Command, type Plugin, TextSelection } from 'prosemirror-state'

import {
  toggleBold,
  toggleBullets,
  toggleCode,
  toggleItalic,
  toggleNumbers,
  toggleQuote,
  toggleStrike,
} from './commands.ts'
import { linkAsTyped, linkOnEnter } from './links.ts'
import { schema } from './schema.ts'

const { nodes, marks } = schema

const asHeading = textblockTypeInputRule(/^(#{2,3}) $/, nodes.heading, (match) => ({
  level: match[1]?.length ?? 2,
}))

export function typing(headings: boolean): Plugin[] {
  const all = headings ? [...rules, asHeading] : rules
  return [linkOnEnter, inputRules({ rules: all }), keymap(keys), keymap(baseKeymap)]
}

const rules = [
  wrappingInputRule(/^\s*> $/, nodes.blockquote),
  wrappingInputRule(/^\s*[-+*] $/, nodes.bulletList),
  wrappingInputRule(
    /^(\d{1,3})\. $/,
    nodes.orderedList,
    (match) => ({ start: Number(match[1]) }),
    (match, before) => before.childCount + Number(before.attrs['start']) === Number(match[1]),
  ),
  textblockTypeInputRule(/^```\s$/, nodes.codeBlock),
  marked(/(^|\s)\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, marks.bold),
  marked(/(^|\s)__([^_\s](?:[^_]*[^_\s])?)__$/, marks.bold),
  marked(/(^|\s)\*([^*\s](?:[^*]*[^*\s])?)\*$/, marks.italic),
  marked(/(^|\s)_([^_\s](?:[^_]*[^_\s])?)_$/, marks.italic),
  marked(/(^|\s)~~([^~\s](?:[^~]*[^~\s])?)~~$/, marks.strike),
  marked(/(^|[^`])`([^`]+)`$/, marks.code),
  linkAsTyped,
]

/** What stands between two signs takes the mark that they mean, and the signs go. */
function marked(pattern: RegExp, type: MarkType): InputRule {
  const handle: ConstructorParameters<typeof InputRule>[1] = (state, match, start, end) => {
    const [whole, before = '', inner = ''] = match
    const sign = (whole.length - before.length - inner.length) / 2
    const from = start + before.length
    const { tr } = state
    // The last sign is being typed and stands in no document yet.
    tr.delete(from + sign + inner.length, end).delete(from, from + sign)
    return tr.addMark(from, from + inner.length, type.create()).removeStoredMark(type)
  }
  return new InputRule(pattern, handle, { inCodeMark: false })
}

const { listItem, codeBlock, hardBreak, paragraph } = nodes

const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView())
  return true
}

/** A second empty line at the end of a block of code leaves it. */
const leaveCode: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  const { parent, pos } = $from
  const atEnd = empty && parent.type === codeBlock && $from.parentOffset === parent.content.size
  if (!atEnd || !parent.textContent.endsWith('\n\n')) return false
  const tr = state.tr.delete(pos - 2, pos)
  const after = tr.doc.resolve(pos - 2).after()
  tr.insert(after, paragraph.create())
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
  return true
}

/** Backspace at the start of a line takes the block away that it stands in, before it joins the line before. */
const leaveBlock: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if (!empty || $from.parentOffset > 0) return false
  if ($from.parent.type === codeBlock || $from.parent.type === nodes.heading)
    return setBlockType(paragraph)(state, dispatch)
  const inItem = $from.depth > 1 && $from.node(-1).type === listItem && $from.index(-1) === 0
  return inItem && liftListItem(listItem)(state, dispatch)
}

const keys: Record<string, Command> = {
  Enter: chainCommands(leaveCode, splitListItem(listItem)),
  'Shift-Enter': chainCommands(exitCode, breakLine),
  Backspace: chainCommands(undoInputRule, leaveBlock),
  Tab: sinkListItem(listItem),
  'Shift-Tab': liftListItem(listItem),
  'Mod-z': undo,
  'Mod-y': redo,
  'Mod-Shift-z': redo,
  'Mod-b': toggleBold,
  'Mod-i': toggleItalic,
  'Mod-e': toggleCode,
  'Mod-Shift-s': toggleStrike,
  'Mod-Shift-b': toggleQuote,
  'Mod-Shift-7': toggleNumbers,
  'Mod-Shift-8': toggleBullets,
}
