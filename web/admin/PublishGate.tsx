// What a backtest found of something that is to go live, and the reason to go on all the same.
import type { RuleProblem } from '../../src/api/contract/rules.ts'
import { TextField } from '../parts/Form.tsx'
import { CallFailed } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import admin from './admin.module.css'

type Refused = { readonly refusal?: string; readonly problems?: readonly RuleProblem[] }
type Props = { failure: unknown; reason: string; onReason: (reason: string) => void }

export function PublishGate({ failure, reason, onReason }: Props) {
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
