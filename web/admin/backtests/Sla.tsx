// What of the promises would have been kept, before and after, with the interval in which the difference lies.
import type { BacktestReport } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { finePercent, number } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './backtests.module.css'
import type { DiffFilter } from './Diffs.tsx'
import { Numbers } from './Numbers.tsx'

type Props = { sla: BacktestReport['sla']; onFilter: (filter: DiffFilter) => void }

export function Sla({ sla: { metrics, breached, saved }, onFilter }: Props) {
  if (metrics.length === 0) return null
  const share = (value: number | null) => (value === null ? '–' : finePercent(value))
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.promises')}</h2>
      <p className={styles['pair']}>
        {breached.length > 0 && (
          <Button onClick={() => onFilter({ kind: 'breached' })}>
            {say('backtests.newBreaches', { count: breached.length })}
          </Button>
        )}
        {saved.length > 0 && (
          <Button onClick={() => onFilter({ kind: 'saved' })}>
            {say('backtests.savedBreaches', { count: saved.length })}
          </Button>
        )}
      </p>
      <Numbers
        label={say('backtests.promises')}
        head={[
          say('sla.metric'),
          say('backtests.tickets'),
          say('backtests.kept'),
          say('backtests.difference'),
        ]}
        rows={metrics.map(({ metric, tickets, attainment, difference, low, high }) => ({
          key: metric,
          cells: [
            sayName('metric', metric),
            number(tickets),
            `${share(attainment.baseline)} → ${share(attainment.candidate)}`,
            difference === 0 && low === 0 && high === 0
              ? '–'
              : say('backtests.interval', {
                  difference: signed(difference),
                  low: signed(low),
                  high: signed(high),
                }),
          ],
        }))}
      />
    </section>
  )
}

function signed(share: number): string {
  return `${share > 0 ? '+' : ''}${finePercent(share)}`
}
