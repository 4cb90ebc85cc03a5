// How often each rule would have done something, before and after; those that change first.
import type { BacktestReport } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import styles from './backtests.module.css'
import type { DiffFilter } from './Diffs.tsx'
import { Numbers } from './Numbers.tsx'
import { pairWords } from './words.ts'

type Rules = BacktestReport['rules']
type Props = { rules: Rules; onFilter: (filter: DiffFilter) => void }

const COLUMNS = ['matched', 'fired', 'noOp', 'refused', 'suppressed'] as const

export function RuleTable({ rules, onFilter }: Props) {
  if (rules.length === 0) return null
  const moved = ({ baseline, candidate }: Rules[number]) => Math.abs(candidate.fired - baseline.fired)
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.rules')}</h2>
      <Numbers
        label={say('backtests.rules')}
        head={[say('backtests.rule'), ...COLUMNS.map((column) => say(`backtests.${column}`))]}
        rows={rules
          .toSorted((a, b) => moved(b) - moved(a))
          .map((rule) => ({
            key: rule.id,
            cells: [
              moved(rule) === 0 ? (
                rule.title || rule.key
              ) : (
                <Button key="rule" weight="quiet" onClick={() => onFilter({ rule: String(rule.id) })}>
                  {rule.title || rule.key}
                </Button>
              ),
              ...COLUMNS.map((column) =>
                pairWords({ baseline: rule.baseline[column], candidate: rule.candidate[column] }),
              ),
            ],
          }))}
      />
    </section>
  )
}
