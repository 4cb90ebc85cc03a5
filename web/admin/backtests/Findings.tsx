// What somebody must look at before these rules go live.
import type { BacktestReport, Finding } from '../../../src/api/contract/backtests.ts'
import { finePercent, number } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './backtests.module.css'

type Props = { findings: readonly Finding[]; rules: BacktestReport['rules'] }

export function Findings({ findings, rules }: Props) {
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.findings')}</h2>
      {findings.length === 0 && <p className={styles['hint']}>{say('backtests.noFindings')}</p>}
      <ul className={styles['findings']}>
        {findings.map((finding) => (
          <li key={`${finding.code} ${finding.about}`} data-tone={finding.isWarning ? 'warn' : 'bad'}>
            <b>{sayName('finding', finding.code)}</b> {detailOf(finding, rules)}
          </li>
        ))}
      </ul>
    </section>
  )
}

const SHARES: ReadonlySet<string> = new Set(['fidelity_low', 'sla_worse', 'broken_replay_share'])

function detailOf({ code, about, baseline, candidate }: Finding, rules: Props['rules']): string {
  const write = SHARES.has(code) ? finePercent : number
  const subject =
    code === 'sla_worse'
      ? sayName('metric', about ?? '')
      : (rules.find(({ key }) => key === about)?.title ?? about)
  const numbers = code === 'thin_history' ? number(candidate) : `${write(baseline)} → ${write(candidate)}`
  return subject === null ? `(${numbers})` : `${subject} (${numbers})`
}
