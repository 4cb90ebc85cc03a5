// What differs between two versions: added, removed, changed and moved rules, each part from and to.
import type { RulebookDiff } from '../../../src/api/contract/rules.ts'
import { say, sayName } from '../../words/say.ts'
import { type Draft, written } from './model.ts'
import styles from './rules.module.css'

type Test = NonNullable<Draft['tests']>[number]

export function Diff({ diff }: { diff: RulebookDiff }) {
  const said = (part: string, value: unknown) => {
    if (part === 'on' && Array.isArray(value))
      return value.map((each) => sayName('ruleEvent', String(each))).join(', ')
    return part === 'tests' && Array.isArray(value) ? value.map(testInWords).join('\n') : shown(value)
  }
  if (diff.rules.length === 0 && diff.templates.length === 0)
    return <p className={styles['hint']}>{say('rules.noChanges')}</p>
  return (
    <ul className={styles['diff']}>
      {diff.rules.map(({ ruleId, title, change, parts }) => (
        <li key={ruleId} data-change={change}>
          <details open={change === 'changed'}>
            <summary>
              <span className={styles['badge']}>{sayName('ruleChange', change)}</span> <b>{title}</b>
            </summary>
            {change === 'changed' && (
              <dl className={styles['parts']}>
                {parts.map(({ part, from, to, words }) => (
                  <div key={part}>
                    <dt>{sayName('rulePart', part)}</dt>
                    <dd>
                      <del>{words?.from ?? said(part, from)}</del>
                      <ins>{words?.to ?? said(part, to)}</ins>
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </details>
        </li>
      ))}
      {diff.templates.map((key) => (
        <li key={key}>
          <span className={styles['badge']}>{say('rules.template')}</span> <b>{key}</b>
        </li>
      ))}
    </ul>
  )
}

/** As people write it in the editor: what is given, what happens, what must come of it. */
function testInWords({ given, on, expect }: Test): string {
  const inLine = (value: Record<string, unknown>) => written(value).replaceAll('\n', ', ') || '–'
  return `${inLine(given)} · ${sayName('ruleEvent', on)} → ${inLine(expect)}`
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)
}
