// The value of a test: chosen, typed, or several of them, as the path and its test want it.
import { X } from 'lucide-react'

import type { Vocabulary } from '../../../src/api/contract/rules.ts'
import type { Choice } from '../../parts/PickList.tsx'
import { PickButton } from '../../parts/PickButton.tsx'
import { say } from '../../words/say.ts'
import type { Leaf, Value } from './model.ts'
import styles from './rules.module.css'
import { useTagChoices, useThings, wordsFor } from './wire.ts'

type Path = Vocabulary['paths'][number]
type Props = { leaf: Leaf; path: Path | undefined; onChange: (value: Value | undefined) => void }

const WITHOUT = ['changed', 'not_changed', 'within_hours', 'on_holiday', 'empty']

/** The value that a test begins with when its path or its kind changes. */
export function firstValue(path: Path | undefined, op: string): Value | undefined {
  if (op === 'empty' || WITHOUT.includes(op)) return undefined
  if (op === 'between') return path?.type === 'number' ? { from: 0, to: 10 } : { from: '-7d', to: 'today' }
  if (path?.type === 'yes_no') return true
  if (path?.type === 'number') return 1
  if (path?.type === 'duration') return 3_600
  if (path?.type === 'moment') return 'today'
  return op === 'is' || op === 'under' || op === 'starts_with' || op === 'matches' ? '' : []
}

export function ValueField({ leaf, path, onChange }: Props) {
  const { op, value } = leaf
  const choices = useChoices(path, leaf)
  if (WITHOUT.includes(op)) return null
  if (op === 'between') return <Between value={value} numbers={path?.type === 'number'} onChange={onChange} />
  if (path?.type === 'yes_no') return <YesNo value={value === true} onChange={onChange} />
  if (path?.type === 'duration') return <Duration seconds={Number(value)} onChange={onChange} />
  if (path?.type === 'number' && !choices)
    return (
      <input
        className={styles['control']}
        type="number"
        aria-label={say('rules.value')}
        value={Number.isFinite(Number(value)) ? Number(value) : ''}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    )
  const isOne = op === 'is' || op === 'under'
  if (choices && isOne)
    return <One choices={choices} value={value} numbers={!!path?.refers} onChange={onChange} />
  if (isOne || op === 'starts_with' || op === 'matches' || path?.type === 'moment')
    return (
      <input
        className={styles['control']}
        data-wide
        aria-label={say('rules.value')}
        value={String(value ?? '')}
        spellCheck={op !== 'matches'}
        placeholder={path?.type === 'moment' ? '2026-01-31, today, -7d' : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  return (
    <Many
      choices={choices ?? []}
      value={value}
      numbers={!!path?.refers || op === 'weekday_in'}
      onChange={onChange}
      free={!choices || path?.path === 'tags'}
    />
  )
}

function useChoices(path: Path | undefined, { op }: Leaf): readonly Choice[] | null {
  const things = useThings()
  const tags = useTagChoices()
  if (op === 'weekday_in')
    return [1, 2, 3, 4, 5, 6, 7].map((day) => ({ id: String(day), label: weekday(day) }))
  if (path?.refers) return things(path.refers)
  if (path?.path === 'tags' || path?.path.endsWith('.tags')) return tags
  return path?.choices?.map((each) => ({ id: each, label: wordsFor(path.path, each) })) ?? null
}

/** 1 is Monday; the fifth of January 1970 was one. */
function weekday(day: number): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' }).format(
    (day + 3) * 86_400_000,
  )
}

type OneProps = {
  choices: readonly Choice[]
  value: unknown
  numbers: boolean
  onChange: (value: Value) => void
}

function One({ choices, value, numbers, onChange }: OneProps) {
  const chosen = choices.find(({ id }) => id === String(value))
  return (
    <PickButton
      label={say('rules.value')}
      choices={choices}
      chosen={chosen ? [chosen.id] : []}
      onChoose={(id) => onChange(numbers ? Number(id) : id)}
      className={styles['control']}
    >
      {chosen?.label ?? (value === '' || value === undefined ? say('rules.choose') : String(value))}
    </PickButton>
  )
}

/** Several values as chips, with one more to choose or to type. */
export function Many(props: OneProps & { free: boolean }) {
  const { choices, value, numbers, onChange, free } = props
  const list = (
    Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]
  ) as readonly (string | number)[]
  const known = (id: string) => choices.find((choice) => choice.id === id)?.label ?? id
  const toggle = (id: string) => {
    const each = numbers ? Number(id) : id
    onChange(list.includes(each) ? list.filter((one) => one !== each) : [...list, each])
  }
  return (
    <span className={styles['chips']}>
      {list.map((each) => (
        <span key={each} className={styles['chip']}>
          {known(String(each))}
          <button
            type="button"
            aria-label={say('rules.remove', { name: known(String(each)) })}
            onClick={() => toggle(String(each))}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      <PickButton
        label={say('rules.addValue')}
        choices={choices}
        chosen={list.map(String)}
        onChoose={toggle}
        many={choices.length > 0}
        className={styles['chipAdd']}
        {...(free ? { onCreate: (text: string) => text.trim() !== '' && toggle(text.trim()) } : {})}
      >
        {list.length === 0 ? say('rules.choose') : '+'}
      </PickButton>
    </span>
  )
}

function YesNo({ value, onChange }: { value: boolean; onChange: (value: Value) => void }) {
  return (
    <select
      className={styles['control']}
      aria-label={say('rules.value')}
      value={String(value)}
      onChange={(event) => onChange(event.target.value === 'true')}
    >
      <option value="true">{say('value.yes')}</option>
      <option value="false">{say('value.no')}</option>
    </select>
  )
}

const units = { m: 60, h: 3_600, d: 86_400 } as const
type Unit = keyof typeof units

/** Seconds as a number and the largest unit that says it exactly. */
export function Duration({ seconds, onChange }: { seconds: number; onChange: (seconds: number) => void }) {
  const unit =
    (['d', 'h', 'm'] as const).find((each) => seconds >= units[each] && seconds % units[each] === 0) ?? 'm'
  const count = Number.isFinite(seconds) ? Math.round((seconds / units[unit]) * 100) / 100 : 1
  return (
    <span className={styles['pair']}>
      <input
        className={styles['control']}
        type="number"
        min={0}
        aria-label={say('rules.length')}
        value={count}
        onChange={(event) => onChange(Math.round(Number(event.target.value) * units[unit]))}
      />
      <select
        className={styles['control']}
        aria-label={say('rules.unit')}
        value={unit}
        onChange={(event) => onChange(Math.round(count * units[event.target.value as Unit]))}
      >
        <option value="m">{say('rules.minutes')}</option>
        <option value="h">{say('rules.hours')}</option>
        <option value="d">{say('rules.days')}</option>
      </select>
    </span>
  )
}

function Between({
  value,
  numbers,
  onChange,
}: {
  value: unknown
  numbers: boolean
  onChange: (value: Value) => void
}) {
  const span = (typeof value === 'object' && value !== null ? value : {}) as { from?: unknown; to?: unknown }
  const read = (text: string) => (numbers ? Number(text) : text)
  return (
    <span className={styles['pair']}>
      <input
        className={styles['control']}
        type={numbers ? 'number' : 'text'}
        aria-label={say('rules.from')}
        value={String(span.from ?? '')}
        onChange={(event) => onChange({ ...span, from: read(event.target.value) })}
      />
      –
      <input
        className={styles['control']}
        type={numbers ? 'number' : 'text'}
        aria-label={say('rules.to')}
        value={String(span.to ?? '')}
        onChange={(event) => onChange({ ...span, to: read(event.target.value) })}
      />
    </span>
  )
}
