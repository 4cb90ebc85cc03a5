// What a trial found, step by step: as far as it came, whose matter a failure is, and in whose words.
import type { IdentityProvider } from '../../../src/api/contract/providers.ts'
import { dayAndTime } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from './providers.module.css'

export function TrialFound({ trial }: { trial: NonNullable<IdentityProvider['trial']> }) {
  const { at, steps, groups } = trial
  return (
    <div role="status">
      <p>{say('providers.triedAt', { when: dayAndTime(at) })}</p>
      <ol className={styles['steps']}>
        {steps.map(({ step, isGood, side, said }) => (
          <li key={step}>
            <span className={isGood ? styles['good'] : styles['bad']}>{isGood ? '✓' : '✗'}</span>{' '}
            {say(`trial.${step}`)}
            {side !== null && <strong> {say(`trialSide.${side}`)}</strong>}
            {said !== '' && <p>{saidIn(step, isGood, said)}</p>}
          </li>
        ))}
      </ol>
      {groups.length > 0 && <p>{say('providers.groupsFound', { groups: groups.join(', ') })}</p>}
    </div>
  )
}

const refusals = ['unknown_account', 'unverified', 'deactivated', 'no_group', 'taken'] as const

function saidIn(step: string, isGood: boolean, said: string): string {
  if (step === 'account' && said === 'by_hand') return say('trial.byHand')
  const refusal = refusals.find((each) => each === said)
  if (step === 'account' && !isGood && refusal !== undefined) return say(`signInProblem.${refusal}`)
  return said
}
