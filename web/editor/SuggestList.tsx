// The list at the caret: canned replies after `/`, colleagues after `@`, emoji after `:`, variables after `{{`. The caret never leaves the text.
import { Fragment } from 'prosemirror-model'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { createPortal } from 'react-dom'

import { score } from '../parts/score.ts'
import { useStore } from '../state/store.ts'
import { say } from '../words/say.ts'
import styles from './editor.module.css'
import { put } from './commands.ts'
import { contentOf } from './html.ts'
import { schema } from './schema.ts'
import { dismissList, listKeys, type Suggesting, suggesting, type Trigger } from './suggesting.ts'

export type Suggestion = {
  id: string
  label: string
  hint?: string
  icon?: string
  /** What else it is found by. */
  words?: string
  /** Shown beside the list while this one is at hand. */
  preview?: () => ReactNode
  /** What is put in: a mention, or HTML. `full` was chosen with Ctrl+Enter. */
  choose: (full: boolean) => Promise<Chosen | null>
}
type Chosen = { html: string } | { mention: { id: number; label: string } }
export type Suggestions = Partial<Record<Trigger, readonly Suggestion[]>>

const most = 8

export function SuggestList({ suggestions }: { suggestions: Suggestions }) {
  const now = useStore(suggesting, (state) => state)
  return now === null ? null : <Open key={now.trigger} now={now} all={suggestions[now.trigger] ?? []} />
}

function Open({ now, all }: { now: Suggesting; all: readonly Suggestion[] }) {
  const [at, setAt] = useState(0)
  const listId = useId()
  const shown = matching(all, now.query)
  const current = Math.min(at, shown.length - 1)
  const choose = (choice: Suggestion | undefined, full: boolean) => {
    if (!choice) return
    const { view, range } = now
    void choice.choose(full).then((chosen) => {
      view.focus()
      view.dispatch(put(view.state, chosen === null ? Fragment.empty : contentOfChoice(chosen), range))
    })
  }
  const keyed = (event: KeyboardEvent): boolean => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (shown.length === 0) return false
    if (step !== 0) setAt((current + step + shown.length) % shown.length)
    else if (event.key === 'Enter' || event.key === 'Tab')
      choose(shown[current], event.ctrlKey || event.metaKey)
    else if (event.key === 'Escape') dismissList()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  useEffect(() => {
    listKeys.take = keyed
    return () => {
      listKeys.take = null
    }
  })
  if (all.length === 0 && now.trigger === 'macro' && now.query === '')
    return createPortal(
      <p className={`${styles['suggest']} ${styles['preview']}`} style={placeOf(now.rect)} role="status">
        {say('macro.none')}
      </p>,
      document.body,
    )
  if (shown.length === 0) return null
  const active = shown[current]
  return createPortal(
    <div className={styles['suggest']} style={placeOf(now.rect)} role="presentation">
      <ul role="listbox" id={listId} aria-label={say(`editor.${now.trigger}`)} className={styles['choices']}>
        {shown.map((choice, index) => (
          // The text box has the keyboard; a press must not take the caret from it.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={choice.id}
            role="option"
            aria-selected={index === current}
            data-active={index === current || undefined}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setAt(index)}
            onClick={(event) => choose(choice, event.ctrlKey || event.metaKey)}
          >
            {choice.icon && <span aria-hidden>{choice.icon}</span>}
            <span className={styles['choice']}>{choice.label}</span>
            {choice.hint && <span className={styles['hint']}>{choice.hint}</span>}
          </li>
        ))}
      </ul>
      {active?.preview && <div className={styles['preview']}>{active.preview()}</div>}
    </div>,
    document.body,
  )
}

function contentOfChoice(chosen: Chosen): Fragment {
  if ('html' in chosen) return contentOf(chosen.html)
  return Fragment.from([schema.nodes.mention.create(chosen.mention), schema.text(' ')])
}

function matching(all: readonly Suggestion[], query: string): Suggestion[] {
  if (query.includes('}}')) return []
  const typed = query.trim()
  if (typed === '') return all.slice(0, most)
  return all
    .map((choice) => ({
      choice,
      points: score(`${choice.label} ${choice.hint ?? ''} ${choice.words ?? ''}`, typed),
    }))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
    .slice(0, most)
    .map(({ choice }) => choice)
}

/** Above the line when there is room, as the composer stands at the foot of the page. */
function placeOf({ left, top, bottom }: Suggesting['rect']) {
  const start = Math.max(8, Math.min(left, window.innerWidth - 340))
  return top > 280 ? { left: start, bottom: window.innerHeight - top + 6 } : { left: start, top: bottom + 6 }
}
