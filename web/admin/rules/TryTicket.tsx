// "Test on ticket #…": the rule as it stands in the editor, asked about one ticket.
import { type FormEvent, useState } from 'react'

import type { Explanation } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { ExplanationView } from '../../parts/RuleTrace.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { type Draft, finished } from './model.ts'
import styles from './rules.module.css'
import { testFrom } from './test-from.ts'

type Props = { rule: Draft; onTest: (test: NonNullable<Draft['tests']>[number]) => void }

export function TryTicket({ rule, onTest }: Props) {
  const [found, setFound] = useState<Explanation | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const ticketId = Number(String(new FormData(event.currentTarget).get('ticket')).replace('#', ''))
    try {
      const named = { ...finished(rule).rule, key: rule.key || 'new-rule', title: rule.title || '–' }
      setFound(await call<Explanation>('POST', '/rules/try', { body: { rule: named, ticketId } }))
      setProblem(null)
    } catch (error) {
      setFound(null)
      setProblem(reasonOf(error))
    }
  }
  const test = found && testFrom(found, rule.on)
  return (
    <section className={styles['try']}>
      <form onSubmit={(event) => void ask(event)}>
        <label>
          {say('rules.tryOn')}{' '}
          <input
            name="ticket"
            className={styles['control']}
            inputMode="numeric"
            placeholder="#1042"
            required
          />
        </label>
        <Button type="submit">{say('rules.try')}</Button>
      </form>
      {problem && (
        <p className={styles['why']} data-level="error" role="alert">
          {problem}
        </p>
      )}
      {found && <ExplanationView found={found} only={found.rules[0]?.ruleId} />}
      {test && (
        <Button onClick={() => onTest(test)} title={say('rules.keepAsTestHelp')}>
          {say('rules.keepAsTest')}
        </Button>
      )}
    </section>
  )
}
