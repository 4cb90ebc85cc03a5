// The names of fields and values in a backtest, and pairs of numbers before and after.
import type { Backtest, Change } from '../../../src/api/contract/backtests.ts'
import { dayAndTime, number } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'

/** How far it is; a shadow says until when it runs. */
export function stateOf({ state, mode, until }: Pick<Backtest, 'state' | 'mode' | 'until'>): string {
  if (mode === 'past' || until === null) return sayName('backtestState', state)
  const isOver = state !== 'queued' && state !== 'running'
  return say(isOver ? 'backtests.ranBeside' : 'backtests.runsBeside', { until: dayAndTime(until) })
}

/** A field's value as people know it. */
export function valueWords(field: string, value: string, name: string | null): string {
  if (value === '') return say('value.none')
  if (field === 'status' || field === 'priority') return sayName(field, value)
  return name ?? value
}

/** Both values of a change. */
export function changeWords(field: string, { from, to, fromName, toName }: Change): string {
  return `${valueWords(field, from, fromName)} → ${valueWords(field, to, toName)}`
}

type Pair = { readonly baseline: number; readonly candidate: number }

/** "3 → 5", or one number where nothing changes. */
export function pairWords({ baseline, candidate }: Pair, write: (value: number) => string = number): string {
  return baseline === candidate ? write(baseline) : `${write(baseline)} → ${write(candidate)}`
}

/** What of routing was tried, by its names; null where nothing was. */
export function triedName(routing: Backtest['routing']): string | null {
  const names = (routing?.tried ?? []).map(({ kind, name }) => name ?? sayName('triedKind', kind))
  return names.length === 0 ? null : names.join(', ')
}
