// The last steps of a policy or calendar: a look at tickets, a backtest, and the gate before it is published.
import { useState } from 'react'

import type { NewBacktest } from '../../../src/api/contract/backtests.ts'
import type { RuleProblem } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/Form.tsx'
import { CallFailed } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { AskBacktest } from '../backtests/AskBacktest.tsx'
import styles from './sla.module.css'

type LastStepsProps = {
  /** What would be tried; null while it does not read. */
  agreement: NonNullable<NewBacktest['agreement']> | null
  /** Nothing goes by a new calendar yet. */
  canTry: boolean
  isReady: boolean
  look: { run: () => void; busy: boolean }
  publish: { run: (why: { reason?: string }) => void; busy: boolean; failure: unknown }
}

export function LastSteps({ agreement, canTry, isReady, look, publish }: LastStepsProps) {
  const [isAsking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const why = reason.trim() === '' ? {} : { reason: reason.trim() }
  return (
    <>
      <Gate failure={publish.failure} reason={reason} onReason={setReason} />
      <p className={styles['actions']}>
        {canTry && (
          <>
            <Button onClick={look.run} disabled={agreement === null || look.busy}>
              {say('sla.preview')}
            </Button>
            <Button onClick={() => setAsking(true)} disabled={agreement === null}>
              {say('backtests.ask')}
            </Button>
          </>
        )}
        <Button weight="primary" onClick={() => publish.run(why)} disabled={!isReady || publish.busy}>
          {say('sla.publish')}
        </Button>
      </p>
      {isAsking && agreement !== null && (
        <AskBacktest agreement={agreement} onClose={() => setAsking(false)} />
      )}
    </>
  )
}

type Refused = { readonly refusal?: string; readonly problems?: readonly RuleProblem[] }
type Props = { failure: unknown; reason: string; onReason: (reason: string) => void }

/** What was found, and the reason to go on all the same. */
function Gate({ failure, reason, onReason }: Props) {
  const { refusal, problems = [] } = failure instanceof CallFailed ? (failure.problem as Refused) : {}
  if (refusal !== 'needs_reason' && refusal !== 'needs_backtest') return null
  return (
    <section aria-label={say('backtests.findings')}>
      <ul role="status">
        {problems.map(({ code, message }) => (
          <li key={`${code} ${message}`}>{sayName('finding', code)}</li>
        ))}
      </ul>
      {refusal === 'needs_reason' ? (
        <TextField
          label={say('rules.reason')}
          value={reason}
          minLength={3}
          maxLength={500}
          help={say('sla.reasonHelp')}
          onChange={(event) => onReason(event.target.value)}
        />
      ) : (
        <p className={admin['muted']}>{say('sla.needsBacktest')}</p>
      )}
    </section>
  )
}
