// The last steps of a policy or calendar: a look at tickets, a backtest, and the gate before it is published.
import { useState } from 'react'

import type { NewBacktest } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import { PublishGate } from '../PublishGate.tsx'
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
      <PublishGate failure={publish.failure} reason={reason} onReason={setReason} />
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
