// How far the risk score can be trusted: what it said beside what happened, on tickets it was not learned from.
import { useQuery } from '@tanstack/react-query'

import type { RiskCalibration } from '../../../src/api/contract/sla.ts'
import { decimal, number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import styles from './sla.module.css'

const SIZE = 160
const percent = (share: number) => `${Math.round(share * 100)} %`

export function Risk() {
  const { data } = useQuery({
    queryKey: ['risk'],
    queryFn: () => call<RiskCalibration>('GET', '/policies/risk'),
  })
  if (!data || data.samples === 0 || data.brier === null || data.plain === null) return null
  const largest = Math.max(...data.bins.map(({ samples }) => samples))
  return (
    <section>
      <h2 className={styles['section']}>{say('risk.title')}</h2>
      <p className={admin['about']}>
        {say('risk.about', { brier: decimal(data.brier, 3), plain: decimal(data.plain, 3) })}
      </p>
      <div className={styles['risk']}>
        <svg
          viewBox={`0 0 ${SIZE} ${SIZE}`}
          width={SIZE}
          height={SIZE}
          aria-hidden
          className={styles['riskChart']}
        >
          <line x1="0" y1={SIZE} x2={SIZE} y2="0" />
          {data.bins.map(({ from, said, happened, samples }) => (
            <circle
              key={from}
              cx={said * SIZE}
              cy={SIZE - happened * SIZE}
              r={3 + 5 * Math.sqrt(samples / largest)}
            />
          ))}
        </svg>
        <table className={admin['table']} data-numbers>
          <thead>
            <tr>
              <th scope="col">{say('risk.said')}</th>
              <th scope="col" data-end>
                {say('risk.happened')}
              </th>
              <th scope="col" data-end>
                n
              </th>
            </tr>
          </thead>
          <tbody>
            {data.bins.map(({ from, said, happened, samples }) => (
              <tr key={from}>
                <td>{percent(said)}</td>
                <td data-end>{percent(happened)}</td>
                <td data-end>{number(samples)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
