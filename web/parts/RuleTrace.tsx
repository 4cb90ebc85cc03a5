// Why a rule did or did not fire: its condition as a tree, each test with what it saw.
import { Check, X } from 'lucide-react'

import type { Explained, Explanation, RuleTrace } from '../../src/api/contract/rules.ts'
import { dayAndTime } from './time.ts'
import { say, sayName } from '../words/say.ts'
import styles from './rule-trace.module.css'

type Shown = {
  found: Explanation
  only?: number | undefined
  /** What each rule did, in words. */
  did?: ReadonlyMap<number, readonly string[]>
}

export function ExplanationView({ found, only, did }: Shown) {
  const rules = found.rules.filter(({ ruleId }) => only === undefined || ruleId === only)
  const rank = ({ outcome }: Explained) =>
    outcome.startsWith('fired') ? 0 : outcome === 'event_not_matched' ? 2 : 1
  const fired = rules.filter((rule) => rank(rule) === 0)
  const atOnce = only === undefined ? fired : rules
  const others = rules.filter((rule) => !atOnce.includes(rule))
  return (
    <div className={styles['explained']}>
      <p className={styles['hint']}>
        {say('why.update', {
          when: dayAndTime(found.at),
          kinds:
            found.kinds
              .filter((kind) => kind !== 'any')
              .map((kind) => sayName('ruleEvent', kind))
              .join(', ') || sayName('ruleEvent', 'any'),
        })}
      </p>
      {found.notSettled && <p>{found.notSettled}</p>}
      {!found.notSettled && rules.length === 0 && <p>{say('why.noRules')}</p>}
      {only === undefined && !found.notSettled && rules.length > 0 && fired.length === 0 && (
        <p>{say('why.noneFired')}</p>
      )}
      <ul>
        {atOnce.map((rule) => (
          <li key={rule.ruleId}>
            <RuleOutcome rule={rule} did={did?.get(rule.ruleId) ?? []} open />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details className={styles['others']}>
          <summary>{say('why.others', { count: others.length })}</summary>
          <ul>
            {others
              .toSorted((a, b) => rank(a) - rank(b))
              .map((rule) => (
                <li key={rule.ruleId}>
                  <RuleOutcome rule={rule} did={[]} open={false} />
                </li>
              ))}
          </ul>
        </details>
      )}
    </div>
  )
}

type OutcomeProps = { rule: Explained; did: readonly string[]; open: boolean }

function RuleOutcome({ rule, did, open }: OutcomeProps) {
  return (
    <details
      className={styles['outcome']}
      open={open}
      data-fired={rule.outcome.startsWith('fired') || undefined}
    >
      <summary>
        <b>{rule.title}</b> <span className={styles['hint']}>{rule.words}</span>
      </summary>
      {did.length > 0 && (
        <ul className={styles['did']}>
          {did.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {rule.trace && <TraceTree trace={rule.trace} toChange={rule.toChange ?? []} />}
      {rule.toChange && rule.toChange.length > 0 && (
        <p className={styles['hint']}>{say('why.toChange', { count: rule.toChange.length })}</p>
      )}
    </details>
  )
}

export function TraceTree({ trace, toChange }: { trace: RuleTrace; toChange: readonly string[] }) {
  if ('leaf' in trace)
    return (
      <div
        className={styles['traced']}
        data-holds={trace.holds}
        data-change={toChange.includes(trace.place) || undefined}
      >
        {trace.holds ? (
          <Check size={14} aria-label={say('why.holds')} />
        ) : (
          <X size={14} aria-label={say('why.fails')} />
        )}
        <span>{trace.words}</span>
        <span className={styles['saw']}>{say('why.saw', { value: shown(trace.actual) })}</span>
      </div>
    )
  if (trace.parts.length === 0) return null
  const kind = trace.group === 'not' ? 'none' : trace.group
  return (
    <div className={styles['traceGroup']} data-holds={trace.holds}>
      <span className={styles['small']}>{say(`rules.${kind}`)}</span>
      {trace.parts.map((part, index) => (
        // The parts of a condition are told apart by their place.
        // oxlint-disable-next-line react/no-array-index-key
        <TraceTree key={index} trace={part} toChange={toChange} />
      ))}
    </div>
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return say('value.empty')
  if (typeof value === 'boolean') return say(value ? 'value.yes' : 'value.no')
  if (Array.isArray(value))
    return value.length === 0
      ? say('value.empty')
      : value.map((each) => String(each).slice(0, 80)).join(' · ')
  return String(value)
}
