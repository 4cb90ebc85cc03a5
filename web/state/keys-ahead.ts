// What is typed between asking for a list (`s`, the palette, a new ticket) and its box having the keyboard is held, and pressed
// again then, in its order: no letter of it is lost, and none is taken for a shortcut.
import { isComposing } from '../keys/composing.ts'

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>
const held: Key[] = []
let state: 'free' | 'waiting' | 'replaying' = 'free'
let giveUp: ReturnType<typeof setTimeout> | undefined

/** Longer than this nobody waits for a list, and Escape is a way out before: the keys mean what they meant. */
const patienceMs = 20_000

const fields = 'input, textarea, [contenteditable=true]'

/** Holds all keys from now on, until a field of a dialog takes them. */
export function holdKeys(): void {
  clearTimeout(giveUp)
  giveUp = setTimeout(releaseKeys, patienceMs)
  if (state === 'free') window.addEventListener('keydown', hold, { capture: true })
  window.addEventListener('focusin', noticeField)
  state = 'waiting'
}

/** Ends the holding: what was asked for will not come. */
export function releaseKeys(): void {
  state = 'free'
  held.length = 0
  clearTimeout(giveUp)
  window.removeEventListener('keydown', hold, { capture: true })
  window.removeEventListener('focusin', noticeField)
}

function hold(event: KeyboardEvent): void {
  const { key, code, shiftKey, isTrusted } = event
  if (!isTrusted || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return
  if (key === 'Escape') return releaseKeys()
  if (key.length > 1 && key !== 'Enter' && key !== 'Backspace') return
  held.push({ key, code, shiftKey })
  event.preventDefault()
  event.stopImmediatePropagation()
}

function noticeField({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || !target.matches(fields) || !target.closest('[role=dialog]')) return
  window.removeEventListener('focusin', noticeField)
  state = 'replaying'
  // After the dialog has done what it does when it opens: a field that is being rendered takes no text yet.
  setTimeout(() => {
    if (target.isConnected) target.focus()
    replay()
  })
}

/** One key after the other, so that what one of them brings about is there for the next. */
function replay(): void {
  if (state !== 'replaying') return
  const key = held.shift()
  if (key === undefined) return releaseKeys()
  press(document.activeElement ?? document.body, key)
  setTimeout(replay)
}

/** As if it were pressed: shortcuts and lists hear it, and a field takes the letter. No other way also reaches an editor. */
function press(target: Element, { key, code, shiftKey }: Key): void {
  const init = { key, code, shiftKey, bubbles: true, cancelable: true }
  const event = new KeyboardEvent('keydown', init)
  if (!target.dispatchEvent(event) || !target.matches(fields)) return
  if (key === 'Backspace') document.execCommand('delete')
  else if (key.length === 1) document.execCommand('insertText', false, key)
}
