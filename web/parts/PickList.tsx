// A list to choose from by typing: filter, arrows, Enter. One choice or several; used in popovers, dialogs, the palette.
import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react'

import { say } from '../words/say.ts'
import styles from './pick.module.css'
import { score } from './score.ts'

export type Choice = {
  id: string
  label: string
  /** Also found by these words. */
  also?: string
  hint?: string | undefined
  icon?: ReactNode
  keys?: string | undefined
  group?: string
}

type Props = {
  label: string
  choices: readonly Choice[]
  chosen?: readonly string[]
  onChoose: (id: string) => void
  /** Offers to make a new thing of what was typed. */
  onCreate?: (text: string) => void
  onType?: (text: string) => void
  /** These come from the server and are not filtered here. */
  found?: readonly Choice[]
  empty?: string
  onBack?: () => void
  /** Signs before the text that narrow what is looked for and are no part of it. */
  strip?: RegExp
  /** The choice at hand, as the arrows move. */
  onActive?: (id: string) => void
}

export function PickList(props: Props) {
  const {
    label,
    choices,
    chosen = [],
    onChoose,
    onCreate,
    onType,
    found = [],
    empty,
    onBack,
    onActive,
    strip,
  } = props
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const shown = useMemo(
    () => matching(choices, strip ? text.replace(strip, '') : text, found, onCreate !== undefined),
    [choices, text, found, onCreate, strip],
  )
  const current = Math.min(at, shown.length - 1)
  const activeId = shown[current]?.id
  useEffect(() => {
    if (activeId !== undefined) onActive?.(activeId)
    // Who listens need not be the same function each time.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [activeId])
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    if (choice.id === createId) onCreate?.(text.trim())
    else onChoose(choice.id)
  }
  const type = (next: string) => {
    setText(next)
    setAt(0)
    onType?.(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) setAt((current + step + shown.length) % shown.length)
    else if (event.key === 'Home') setAt(0)
    else if (event.key === 'End') setAt(shown.length - 1)
    else if (event.key === 'Enter') choose(shown[current])
    else if (event.key === 'Backspace' && text === '' && onBack) onBack()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles['pick']}>
      <input
        // A step further in takes the keyboard over from the step before, which has gone.
        ref={onBack ? focus : undefined}
        className={styles['box']}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={shown.length > 0 ? `${listId}-${current}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul role="listbox" id={listId} aria-label={label} className={styles['list']}>
        {shown.map((choice, index) => (
          <Option
            key={choice.id}
            id={`${listId}-${index}`}
            choice={choice}
            heading={choice.group !== shown[index - 1]?.group ? choice.group : undefined}
            active={index === current}
            chosen={chosen.includes(choice.id)}
            onHover={() => setAt(index)}
            onChoose={() => choose(choice)}
          />
        ))}
      </ul>
      {shown.length === 0 && <p className={styles['none']}>{empty ?? say('pick.none')}</p>}
    </div>
  )
}

type OptionProps = {
  id: string
  choice: Choice
  heading: string | undefined
  active: boolean
  chosen: boolean
  onHover: () => void
  onChoose: () => void
}

function Option({ id, choice, heading, active, chosen, onHover, onChoose }: OptionProps) {
  return (
    <>
      {heading && (
        <li role="presentation" className={styles['heading']}>
          {heading}
        </li>
      )}
      {/* The box above has the keyboard: arrows move the active option, Enter chooses it. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <li
        id={id}
        role="option"
        aria-selected={chosen}
        data-active={active || undefined}
        className={styles['option']}
        ref={active ? scrollIntoView : undefined}
        onMouseMove={active ? undefined : onHover}
        onClick={onChoose}
      >
        {choice.icon}
        <span className={styles['label']}>{choice.label}</span>
        {choice.hint && <span className={styles['hint']}>{choice.hint}</span>}
        {choice.keys && <kbd className={styles['keys']}>{choice.keys}</kbd>}
        {chosen && <Check size={14} aria-hidden />}
      </li>
    </>
  )
}

const focus = (element: HTMLElement | null) => element?.focus()

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

const createId = '\u0000create'

function matching(
  choices: readonly Choice[],
  text: string,
  found: readonly Choice[],
  mayCreate: boolean,
): Choice[] {
  const typed = text.trim()
  const hits = typed
    ? choices
        .map((choice) => ({ choice, points: score(`${choice.label} ${choice.also ?? ''}`, typed) }))
        .filter(({ points }) => points > 0)
        .toSorted((a, b) => b.points - a.points)
        .map(({ choice }) => choice)
    : [...choices]
  const known = hits.some(({ label }) => label.toLowerCase() === typed.toLowerCase())
  if (mayCreate && typed && !known) hits.push({ id: createId, label: say('pick.create', { text: typed }) })
  return [...hits, ...found]
}
