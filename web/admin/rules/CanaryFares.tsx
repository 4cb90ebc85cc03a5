// How a version fares on its share of the tickets beside the others, and the end of it: for all, or for none.
import { useQuery } from '@tanstack/react-query'

import type { CanaryReport } from '../../../src/api/contract/fares.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { dayAndTime, number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import { Numbers } from '../backtests/Numbers.tsx'
import { attempt } from '../saving.ts'
import styles from './rules.module.css'

type Props = { version: number; isOn: boolean; onEnd: () => void }

export function CanaryFares({ version, isOn, onEnd }: Props) {
  const query = useQuery({
    queryKey: ['rules', 'canary', version],
    queryFn: () => call<CanaryReport>('GET', `/rulebook/versions/${version}/canary`),
  })
  return (
    <>
      {isOn && <Ends version={version} onEnd={onEnd} />}
      <Arrived query={query} rows={2} height={32}>
        {(found) => <Found found={found} />}
      </Arrived>
    </>
  )
}

function Ends({ version, onEnd }: Pick<Props, 'version' | 'onEnd'>) {
  const mayPublish = useMay('rules.publish')
  if (!mayPublish) return null
  const end = (verb: 'widen' | 'withdraw', done: string) =>
    void attempt(() => call('POST', `/rulebook/canary/${verb}`, { body: {} }), done, onEnd)
  return (
    <p className={styles['pair']}>
      <Button weight="primary" onClick={() => end('widen', say('canary.widened', { version }))}>
        {say('canary.widen')}
      </Button>
      <Button onClick={() => end('withdraw', say('canary.withdrawn', { version }))}>
        {say('canary.withdraw')}
      </Button>
    </p>
  )
}

function Found({ found: { percent, from, to, tickets, rules } }: { found: CanaryReport }) {
  return (
    <>
      <p className={styles['hint']}>
        {to === null
          ? say('canary.judges', { percent, from: dayAndTime(from) })
          : say('canary.judged', { percent, from: dayAndTime(from), to: dayAndTime(to) })}{' '}
        {say('canary.tickets', { canary: number(tickets.canary), rest: number(tickets.rest) })}
      </p>
      {rules.length === 0 ? (
        <p className={styles['hint']}>{say('canary.nothing')}</p>
      ) : (
        <Numbers
          label={say('canary.title')}
          head={[
            say('backtests.rule'),
            say('canary.fired'),
            say('canary.firedRest'),
            say('canary.perHundred'),
            say('canary.perHundredRest'),
          ]}
          rows={rules.map(({ rule, canary, rest }) => ({
            key: rule.id,
            cells: [
              rule.title,
              number(canary),
              number(rest),
              perHundred(canary, tickets.canary),
              perHundred(rest, tickets.rest),
            ],
          }))}
        />
      )}
    </>
  )
}

/** So that a share can be compared with what is larger. */
function perHundred(fired: number, tickets: number): string {
  return tickets === 0 ? '–' : number(Math.round((fired / tickets) * 1_000) / 10)
}
