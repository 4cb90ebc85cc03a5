// The sums of a backtest, as far as it has come.
import type { ReactNode } from 'react'

import type { BacktestDetail, BacktestReport } from '../../../src/api/contract/backtests.ts'
import { finePercent, number } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './backtests.module.css'
import { pairWords } from './words.ts'

type SoFar = NonNullable<BacktestDetail['soFar']>
type Props = { report: BacktestReport | null; soFar: SoFar | null }

/** Below it a report is an indication only. */
const FAITHFUL = 0.98

export function Tiles({ report, soFar }: Props) {
  if (soFar === null) return null
  const { tickets, reproduced, diffs, certain, mailsOutside, breached, saved } = soFar
  const share = tickets === 0 ? null : reproduced / tickets
  return (
    <dl className={styles['tiles']}>
      <Tile name={say('backtests.tickets')} value={number(tickets)}>
        <Counts prefix="backtestExcluded" counts={report?.excluded} />
      </Tile>
      <Tile
        name={say('backtests.fidelity')}
        value={share === null ? '–' : finePercent(share)}
        tone={share !== null && share < FAITHFUL ? 'bad' : undefined}
      >
        {share !== null && share < FAITHFUL && <p>{say('backtests.indicative')}</p>}
        {share !== null && share < 1 && <Counts prefix="fidelityCause" counts={report?.fidelity.causes} />}
      </Tile>
      <Tile name={say('backtests.otherwise')} value={number(diffs)}>
        {diffs > 0 && (
          <p>
            {say('backtests.certainAssumed', {
              certain: number(certain),
              assumed: number(diffs - certain),
            })}
          </p>
        )}
        <Counts prefix="backtestMark" counts={report?.marks} />
      </Tile>
      <Tile
        name={say('backtests.mailsOutside')}
        value={pairWords(mailsOutside)}
        tone={mailsOutside.candidate > mailsOutside.baseline ? 'warn' : undefined}
      />
      <Tile
        name={say('backtests.breaches')}
        value={`+${number(breached)} −${number(saved)}`}
        tone={breached > saved ? 'warn' : undefined}
      >
        <p>{say('backtests.breachesHelp')}</p>
      </Tile>
    </dl>
  )
}

type TileProps = { name: string; value: string; tone?: 'bad' | 'warn' | undefined; children?: ReactNode }

function Tile({ name, value, tone, children }: TileProps) {
  return (
    <div className={styles['tile']} data-tone={tone}>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {children}
      </dd>
    </div>
  )
}

function Counts({ prefix, counts = {} }: { prefix: string; counts?: Record<string, number> | undefined }) {
  return Object.entries(counts).map(([name, count]) => (
    <p key={name}>
      {number(count)} {sayName(prefix, name)}
    </p>
  ))
}
