// Whom the rules would have mailed: how many more or fewer, and the addresses that change most.
import type { BacktestReport } from '../../../src/api/contract/backtests.ts'
import { number } from '../../parts/time.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import styles from './backtests.module.css'
import type { DiffFilter } from './Diffs.tsx'
import { Numbers } from './Numbers.tsx'
import { pairWords } from './words.ts'

type Props = { mails: BacktestReport['mails']; onFilter: (filter: DiffFilter) => void }

const SHOWN = 20

export function Mails({ mails, onFilter }: Props) {
  const { total, outside, mostPerTicket, newRecipients, lostRecipients } = mails
  if (total.baseline + total.candidate === 0) return null
  const changed = mails.recipients.filter(({ baseline, candidate }) => baseline !== candidate)
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.mails')}</h2>
      <p>
        {say('backtests.mailSums', {
          total: pairWords(total),
          outside: pairWords(outside),
          most: pairWords(mostPerTicket),
        })}{' '}
        {say('backtests.recipients', { gained: number(newRecipients), lost: number(lostRecipients) })}
      </p>
      {changed.length > 0 && (
        <Numbers
          label={say('backtests.mails')}
          head={[say('backtests.recipient'), say('backtests.who'), say('backtests.mailCount')]}
          rows={changed.slice(0, SHOWN).map(({ to, outside: isOutside, ...pair }) => ({
            key: to,
            cells: [
              <Button
                key="to"
                weight="quiet"
                onClick={() =>
                  onFilter({ kind: pair.candidate > pair.baseline ? 'mail_new' : 'mail_lost', what: to })
                }
              >
                {to}
              </Button>,
              say(isOutside ? 'backtests.outside' : 'backtests.agent'),
              pairWords(pair),
            ],
          }))}
        />
      )}
    </section>
  )
}
