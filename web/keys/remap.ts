// Which keys can be chosen anew, what they are by default, and how a press is written down.
import type { WordId } from '../words/say.ts'

export const remappable: ReadonlyArray<readonly [word: WordId, keys: string]> = [
  ['keys.next', 'j'],
  ['keys.previous', 'k'],
  ['keys.open', 'Enter'],
  ['keys.back', 'u'],
  ['keys.search', '/'],
  ['keys.new', 'c'],
  ['keys.reply', 'r'],
  ['keys.note', 'n'],
  ['keys.forward', 'f'],
  ['keys.macro', 'm'],
  ['keys.resolve', 'e'],
  ['keys.assignMe', 'i'],
  ['ask.assignee', 'a'],
  ['ask.status', 's'],
  ['ask.priority', 'p'],
  ['ask.tags', 't'],
  ['ask.team', 'v'],
  ['ask.snooze', 'h'],
  ['keys.select', 'x'],
  ['keys.selectAll', '*'],
  ['keys.takeIn', '.'],
  ['keys.undo', 'z'],
  ['keys.unread', 'Shift+U'],
  ['keys.filter', 'Shift+E'],
  ['keys.foldViews', '['],
  ['keys.foldContext', ']'],
  ['keys.help', '?'],
]

/** A press as tinykeys writes it; null while only a modifier is down. */
export function writtenKey({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): string | null {
  if (['Shift', 'Control', 'Meta', 'Alt'].includes(key)) return null
  const isLetter = /^[a-z]$/i.test(key)
  return [
    ctrlKey || metaKey ? '$mod+' : '',
    altKey ? 'Alt+' : '',
    shiftKey && (isLetter || key.length > 1) ? 'Shift+' : '',
    isLetter ? (shiftKey ? key.toUpperCase() : key.toLowerCase()) : key,
  ].join('')
}
