// The register of keyboard shortcuts. Single keys never fire in text fields or dialogs and can be switched off.
import { isComposing } from './composing.ts'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'

import { preferences, usePreference } from '../state/preferences.ts'
import { createStore } from '../state/store.ts'
import type { WordId } from '../words/say.ts'

export type Binding = {
  /** tinykeys notation: `j`, `Shift+J`, `$mod+k`, `g i`. */
  keys: string
  /** What it does, for the list of keys; absent for a second spelling of the same. */
  word?: WordId
  run: () => void
}

type Scope = { group: WordId; bindings: readonly Binding[] }
/** What is bound right now, for the list of keys. */
export const boundScopes = createStore<readonly Scope[]>([])

/** Binds keys while the component is mounted. */
export function useKeys(group: WordId, bindings: readonly Binding[]): void {
  const latest = useRef(bindings)
  const own = usePreference('keys')
  const spelled = bindings.map(({ keys, word }) => (word && own[word]) || keys).join(' | ')
  useLayoutEffect(() => {
    latest.current = bindings
  })
  useEffect(() => {
    const map: Record<string, (event: KeyboardEvent) => void> = {}
    spelled.split(' | ').forEach((written, at) => {
      for (const keys of spellings(written))
        map[keys] = (event) => {
          if (!mayFire(event, written)) return
          event.preventDefault()
          latest.current[at]?.run()
        }
    })
    const spelledKeys = spelled.split(' | ')
    const scope = {
      group,
      bindings: latest.current.map((binding, at) => ({ ...binding, keys: spelledKeys[at] ?? binding.keys })),
    }
    boundScopes.set((scopes) => [...scopes, scope])
    const unbind = tinykeys(window, map)
    return () => {
      unbind()
      boundScopes.set((scopes) => scopes.filter((other) => other !== scope))
    }
  }, [group, spelled])
}

/** Signs that some keyboards type with Shift are bound in both spellings. */
function spellings(keys: string): string[] {
  return /^[^a-z0-9\s]$/i.test(keys) ? [keys, `Shift+${keys}`] : [keys]
}

/** The key before this one, while a sequence such as `g r` may still go on. */
let before = ''
let now = ''
let nowAt = 0
window.addEventListener(
  'keydown',
  ({ key, timeStamp, target }) => {
    if (key === 'Shift') return
    before = timeStamp - nowAt < sequenceMs && !isTextField(target) ? now : ''
    now = key
    nowAt = timeStamp
  },
  { capture: true },
)
/** As long as tinykeys waits for the next key. */
const sequenceMs = 1_000

/** Whether this key ends a sequence that is bound: then it is not also a key of its own. */
function endsSequence(keys: string): boolean {
  const sequence = `${before} ${keys}`
  return (
    before !== '' && boundScopes.get().some(({ bindings }) => bindings.some((each) => each.keys === sequence))
  )
}

function mayFire(event: KeyboardEvent, keys: string): boolean {
  if (event.defaultPrevented || isComposing(event)) return false
  if (document.querySelector('[role="dialog"][data-open]:not([data-keys])')) return false
  if (endsSequence(keys)) return false
  const chord = keys.includes('$mod') || keys.includes('Control+')
  if (chord) return true
  if (!preferences.get().singleKeys && !['Escape', 'Enter', 'ArrowDown', 'ArrowUp'].includes(keys))
    return false
  return !isTextField(event.target) && !(keys === 'Enter' && isControl(event.target))
}

function isTextField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))
  )
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('a[href], button, summary, [role=option]')
}

/** What a mouse has chosen does not keep the keyboard: the next key is the list's. Who came by keyboard stays where they were. */
export function leaveToKeys({ detail, currentTarget }: { detail: number; currentTarget: HTMLElement }): void {
  if (detail > 0) currentTarget.blur()
}

const apple = /mac|iphone|ipad/i.test(navigator.userAgent)
/** Keys as people read them: `$mod+Shift+Enter` is "Ctrl ⇧ ↵". */
export function readable(keys: string): string {
  return keys
    .replaceAll('$mod', apple ? '⌘' : 'Ctrl')
    .replaceAll('Shift+', '⇧ ')
    .replaceAll('Enter', '↵')
    .replaceAll('Escape', 'Esc')
    .replaceAll('+', ' ')
}
