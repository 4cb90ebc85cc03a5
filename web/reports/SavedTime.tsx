// The time that the desk's automation saved people in 90 days, with how that is reckoned: what the assistant resolved alone, and what rules did.
import type { Automation } from '../../src/api/contract/reports.ts'
import { number } from '../parts/time.ts'
import { say } from '../words/say.ts'
import { Head } from './Head.tsx'
import { NumberButton } from './NumberButton.tsx'
import styles from './reports.module.css'
import { ownZone } from './search.ts'
import { duration, valueOf } from './units.ts'
import { useReport } from './wire.ts'

const asked = { from: '-90d', to: 'now', zone: ownZone }

export function SavedTime({ items }: { items: Automation['items'] }) {
  const { data } = useReport('minutesSaved', asked)
  const byRules = items.reduce((sum, { savedSeconds }) => sum + savedSeconds, 0)
  const firings = items.reduce((sum, { days90 }) => sum + days90.fired, 0)
  return (
    <section className={styles['figure']}>
      <Head title={say('saved.title')} about={say('saved.means')} />
      <dl className={styles['sums']}>
        {data && (
          <div>
            <dt>{say('saved.byAssistant')}</dt>
            <dd>
              <NumberButton
                cell={{ key: 'minutesSaved', asked }}
                words={data.n === 0 ? '0' : valueOf(data, Math.round((data.mean ?? 0) * data.n))}
              />
              <span>{say('saved.tickets', { n: number(data.n) })}</span>
            </dd>
          </div>
        )}
        <div>
          <dt>{say('saved.byRules')}</dt>
          <dd>
            <b className={styles['score']}>{duration(byRules, 'wall')}</b>
            <span>{say('saved.firings', { n: number(firings) })}</span>
          </dd>
        </div>
      </dl>
    </section>
  )
}
