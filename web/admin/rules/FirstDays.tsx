// The first week of a version: how often each rule fired and mailed on each day, beside what the backtest foretold.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { FirstDays as Answer } from '../../../src/api/contract/fares.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { wholeDay } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import styles from './rules.module.css'

type Item = Answer['items'][number]

export function FirstDays({ version }: { version: number }) {
  const query = useQuery({
    queryKey: ['rules', 'first-days', version],
    queryFn: () => call<Answer>('GET', `/rulebook/versions/${version}/first-days`),
  })
  return (
    <Arrived query={query} rows={2} height={32}>
      {(found) => <Found found={found} />}
    </Arrived>
  )
}

function Found({ found: { isForetold, items } }: { found: Answer }) {
  if (!isForetold) return <p className={styles['hint']}>{say('firstDays.untried')}</p>
  if (items.every(({ days }) => days.length === 0))
    return <p className={styles['hint']}>{say('firstDays.tooEarly')}</p>
  const outside = items.filter(({ days }) => days.some(({ isOutside }) => isOutside))
  return (
    <>
      <p>{say('firstDays.sum', { inside: items.length - outside.length, all: items.length })}</p>
      {outside.length > 0 && <Table items={outside} />}
    </>
  )
}

function Table({ items }: { items: readonly Item[] }) {
  return (
    <ScrollBox label={say('firstDays.title')} className={admin['tableBox']}>
      <table className={admin['table']} data-numbers>
        <thead>
          <tr>
            <th scope="col">{say('backtests.rule')}</th>
            <th scope="col" data-end>
              {say('firstDays.foretold')}
            </th>
            {items[0]?.days.map(({ day }) => (
              <th key={day} scope="col" data-end>
                {wholeDay(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ rule, what, low, high, days }) => (
            <tr key={`${rule.id} ${what}`}>
              <th scope="row">
                <Link to={`/admin/rules/${rule.id}` as '/admin'}>{rule.title}</Link>
                {what === 'mailed' && ` ${say('firstDays.mails')}`}
              </th>
              <td data-end>{low === high ? low : `${low}–${high}`}</td>
              {days.map(({ day, count, isOutside }) => (
                <td key={day} data-end data-tone={isOutside ? 'bad' : undefined}>
                  {isOutside ? (
                    <b>
                      {count} <span className="unseen">{say('firstDays.outside')}</span>
                    </b>
                  ) : (
                    count
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
