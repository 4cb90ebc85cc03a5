// The tests of a rule: a ticket as given, an event, and what must come of it. They run before the rules go live.
import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'

import type { RuleProblem } from '../../../src/api/contract/rules.ts'
import { Button, IconButton } from '../../parts/Button.tsx'
import { say, sayName } from '../../words/say.ts'
import { type Draft, written } from './model.ts'
import styles from './rules.module.css'
import { useVocabulary } from './wire.ts'

type Test = NonNullable<Draft['tests']>[number]
type Props = { tests: readonly Test[]; problems: readonly RuleProblem[]; onChange: (tests: Test[]) => void }

export function Tests({ tests, problems, onChange }: Props) {
  const events = useVocabulary()?.events ?? []
  const put = (index: number, change: Partial<Test>) =>
    onChange(tests.map((test, at) => (at === index ? { ...test, ...change } : test)))
  const fresh: Test = { given: { subject: '' }, on: 'created', expect: { fires: true } }
  const list = useRef<HTMLOListElement>(null)
  // What nobody has written in yet is not wrong.
  const isFresh = (test: Test) => JSON.stringify(test) === JSON.stringify(fresh)
  const add = () => {
    onChange([...tests, fresh])
    setTimeout(() => list.current?.lastElementChild?.querySelector('textarea')?.focus())
  }
  return (
    <>
      <h2 className={styles['part']}>{say('rules.tests')}</h2>
      <p className={styles['hint']}>{say('rules.testsAbout')}</p>
      <ol ref={list} className={styles['rows']}>
        {tests.map((test, index) => {
          const wrong = isFresh(test) ? undefined : problems.find(({ place }) => place === `tests[${index}]`)
          return (
            // Tests have no name of their own: their place is their key.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className={styles['row']} data-invalid={wrong ? true : undefined}>
              <div className={styles['ruleTest']}>
                <Lines
                  label={say('rules.given')}
                  value={test.given}
                  onChange={(given) => put(index, { given })}
                />
                <label>
                  <span className={styles['small']}>{say('rules.happens')}</span>
                  <select
                    className={styles['control']}
                    value={test.on}
                    onChange={(event) => put(index, { on: event.target.value as Test['on'] })}
                  >
                    {events.map((kind) => (
                      <option key={kind} value={kind}>
                        {sayName('ruleEvent', kind)}
                      </option>
                    ))}
                  </select>
                </label>
                <Lines
                  label={say('rules.expect')}
                  value={test.expect}
                  onChange={(expect) => put(index, { expect })}
                />
                <IconButton
                  label={say('rules.remove', { name: say('rules.tests') })}
                  onClick={() => onChange(tests.filter((_, at) => at !== index))}
                >
                  <X size={14} aria-hidden />
                </IconButton>
              </div>
              {wrong && (
                <p className={styles['why']} data-level="error">
                  {wrong.message}
                </p>
              )}
            </li>
          )
        })}
      </ol>
      <Button weight="quiet" onClick={add}>
        <Plus size={14} aria-hidden /> {say('rules.addRuleTest')}
      </Button>
    </>
  )
}

type LinesProps = {
  label: string
  value: Record<string, unknown>
  onChange: (value: Record<string, unknown>) => void
}

/** `key: value` by lines; tags parted by commas, a value that is JSON is taken as such. */
function Lines({ label, value, onChange }: LinesProps) {
  const [text, setText] = useState(() => written(value))
  return (
    <label>
      <span className={styles['small']}>{label}</span>
      <textarea
        className={styles['control']}
        rows={3}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onChange(read(event.target.value))
        }}
      />
    </label>
  )
}

function read(text: string): Record<string, unknown> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const colon = line.indexOf(':')
      if (colon < 1) return []
      const key = line.slice(0, colon).trim()
      const value = valueOf(line.slice(colon + 1).trim())
      return [[key, /^(tags|addTags|removeTags)$/.test(key) ? listOf(value) : value]]
    }),
  )
}

/** Tags parted by commas, as people write them. */
function listOf(value: unknown): unknown {
  return typeof value === 'string'
    ? value
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean)
    : value
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
