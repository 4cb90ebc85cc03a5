// How often each rule would have done something, before and after; those that change first.
import type { BacktestReport } from '../../../src/api/contract/backtests.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import { Spark } from '../rules/Preview.tsx'
import styles from './backtests.module.css'
import type { DiffFilter } from './Diffs.tsx'
import { Numbers } from './Numbers.tsx'
import { pairWords } from './words.ts'

type Rules = BacktestReport['rules']
type Props = { rules: Rules; onFilter: (filter: DiffFilter) => void }

const COLUMNS = ['fired', 'matched', 'noOp', 'refused', 'suppressed'] as const

const moved = ({ baseline, candidate }: Rules[number]) => Math.abs(candidate.fired - baseline.fired)

export function RuleTable({ rules, onFilter }: Props) {
  if (rules.length === 0) return null
  const changed = rules.filter((rule) => moved(rule) > 0).toSorted((a, b) => moved(b) - moved(a))
  const same = rules.filter((rule) => moved(rule) === 0)
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.rules')}</h2>
      {changed.length > 0 && <Fired label={say('backtests.rules')} rules={changed} onFilter={onFilter} />}
      {same.length > 0 && (
        <details>
          <summary>{say('backtests.sameRules', { count: same.length })}</summary>
          <Fired label={say('backtests.sameRulesName')} rules={same} onFilter={onFilter} />
        </details>
      )}
    </section>
  )
}

function Fired({ label, rules, onFilter }: Props & { label: string }) {
  const head = [
    say('backtests.rule'),
    ...COLUMNS.map((column) => say(`backtests.${column}`)),
    say('backtests.weekly'),
  ]
  const rows = rules.map((rule) => {
    const { id, key, title, baseline, candidate } = rule
    const name = title || key
    const shown =
      moved(rule) === 0 ? (
        name
      ) : (
        <Button key="rule" weight="quiet" onClick={() => onFilter({ rule: String(id) })}>
          {name}
        </Button>
      )
    const numbers = COLUMNS.map((column) =>
      pairWords({ baseline: baseline[column], candidate: candidate[column] }),
    )
    const weekly = rule.weeks === undefined ? '' : <Spark key="weeks" weeks={rule.weeks} />
    return { key: id, cells: [shown, ...numbers, weekly] }
  })
  return <Numbers label={label} head={head} rows={rows} />
}
