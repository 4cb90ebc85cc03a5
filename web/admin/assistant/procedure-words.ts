// Procedures in words: what starts one, and what each of its steps does and where.
import type { Procedure, ProcedureStep } from '../../../src/api/contract/procedures.ts'
import { deskFacts } from '../../../src/assistant/words.ts'
import { say, sayName } from '../../words/say.ts'

export type Named = {
  readonly category: (id: number) => string
  readonly macro: (id: number) => string
  readonly field: (key: string) => string
  readonly lookUp: (key: string) => string
}

/** What a matter must be for it. */
export function startWords({ categoryId, phrases, languages }: Procedure, named: Named): string {
  return [
    categoryId === null ? '' : say('procedure.inCategory', { name: named.category(categoryId) }),
    phrases.length === 0
      ? ''
      : say('procedure.says', { words: phrases.map((each) => `“${each}”`).join(', ') }),
    languages.join(', '),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** A step in a line, with what it is taken on. */
export function stepWords(step: ProcedureStep, named: Named): string {
  const condition = step.only
    .map(({ fact, is, value }) => `${fact} ${sayName('factTest', is)} ${value}`.trim())
    .join(say('procedure.and'))
  const does = doesWords(step, named)
  return condition === '' ? does : say('procedure.onlyWhere', { condition, does })
}

function doesWords(step: ProcedureStep, named: Named): string {
  switch (step.kind) {
    case 'ask':
      return say('procedure.asks', { fact: step.fact })
    case 'look_up':
      return say('procedure.looksUp', { fact: step.fact, from: placeWords(step.from, named) })
    case 'answer':
      return say(step.closes ? 'procedure.answersAndResolves' : 'procedure.answers')
    case 'propose':
      return say('procedure.proposes', { name: named.macro(step.macroId) })
    case 'hand_over':
      return say('procedure.handsOver')
  }
}

/** Where something is looked up; what no place is called is known by its own name. */
export function placeWords(from: string, { field, lookUp }: Pick<Named, 'field' | 'lookUp'>): string {
  const [room, key = '', name = ''] = from.split('.')
  if (room === 'field') return field(from.slice('field.'.length))
  if (room === 'outside') return `${lookUp(key)}: ${name}`
  const known = deskFacts.find((each) => each === from)
  return known === undefined ? from : sayName('deskFact', known)
}

/** A name as a key that no other has. */
export function keyFor(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 50)
  const base = plain === '' ? 'procedure' : plain
  for (let count = 1; ; count++) {
    const key = count === 1 ? base : `${base}-${count}`
    if (!taken.includes(key)) return key
  }
}

type Option = { value: string; label: string }

/** Options with the one that is chosen now, though it may not be chosen anew. */
export function withPresent(options: readonly Option[], present: number | null | undefined): Option[] {
  const value = String(present ?? 0)
  if (value === '0' || options.some((each) => each.value === value)) return [...options]
  return [...options, { value, label: `#${value}` }]
}
