// How many people each hour of the week needs, as a table of days and hours; marked where fewer were there.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Staffing as Hint } from '../../../src/api/contract/staffing.ts'
import { Arrived } from '../../parts/Arrived.tsx'

import { SelectField } from '../../parts/Form.tsx'
import { number } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { useQueues } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { locales } from '../../words/language.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import { Page } from '../Page.tsx'
import styles from './staffing.module.css'

type Asked = { queueId: string; promiseHours: string; chatSeconds: string }
const PROMISES = [1, 2, 4, 8, 24]
const CHATS = [20, 60, 120, 300]

export function Staffing() {
  const [asked, setAsked] = useState<Asked>({ queueId: '', promiseHours: '', chatSeconds: '60' })
  const query = useQuery({
    queryKey: ['waiting', 'staffing', asked],
    queryFn: () => call<Hint>('GET', '/reports/staffing', { query: asked }),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={say('admin.staffing')} about={say('staffing.about')}>
      <Arrived query={query} rows={8} height={32}>
        {(data) => (
          <>
            <Choices asked={asked} hint={data} onChange={(part) => setAsked({ ...asked, ...part })} />
            <Told hint={data} />
          </>
        )}
      </Arrived>
    </Page>
  )
}

type ChoicesProps = { asked: Asked; hint: Hint; onChange: (part: Partial<Asked>) => void }

function Choices({ asked, hint, onChange }: ChoicesProps) {
  const queues = useQueues()
  const promises = [...new Set([...PROMISES, hint.promiseHours])].toSorted((a, b) => a - b)
  const plain = (values: readonly number[]) =>
    values.map((value) => ({ value: String(value), label: number(value) }))
  return (
    <div className={styles['choices']}>
      <SelectField
        label={say('staffing.queue')}
        value={asked.queueId}
        onChange={(event) => onChange({ queueId: event.target.value })}
        options={[
          { value: '', label: say('staffing.allQueues') },
          ...queues.map(({ id, title }) => ({ value: String(id), label: title })),
        ]}
      />
      <SelectField
        label={say('staffing.promise')}
        value={asked.promiseHours || String(hint.promiseHours)}
        onChange={(event) => onChange({ promiseHours: event.target.value })}
        options={plain(promises)}
      />
      <SelectField
        label={say('staffing.chat')}
        value={asked.chatSeconds}
        onChange={(event) => onChange({ chatSeconds: event.target.value })}
        options={plain(CHATS)}
      />
    </div>
  )
}

const isShort = ({ needed, there }: Hint['hours'][number]) => there !== null && there + 0.05 < needed

function Told({ hint: { hours, weeks, ticketSeconds, isGuess } }: { hint: Hint }) {
  const values = {
    weeks: number(Math.round(weeks * 10) / 10),
    minutes: number(Math.round(ticketSeconds / 60)),
  }
  return (
    <>
      <p className={admin['muted']}>{say(isGuess ? 'staffing.guess' : 'staffing.learnt', values)}</p>
      <ul className={styles['sums']}>
        <li>{say('staffing.most', { count: number(Math.max(...hours.map(({ needed }) => needed))) })}</li>
        <li>
          {say('staffing.total', { count: number(hours.reduce((sum, { needed }) => sum + needed, 0)) })}
        </li>
        <li>{say('staffing.least', { count: number(hours.filter(isShort).length) })}</li>
      </ul>
      <Week hours={hours} />
      <p className={admin['muted']}>{say('staffing.legend')}</p>
      <details>
        <summary>{say('staffing.how')}</summary>
        <p>{say('staffing.howMail')}</p>
        <p>{say('staffing.howChat')}</p>
      </details>
    </>
  )
}

const [short, long] = (['short', 'long'] as const).map(
  (weekday) => new Intl.DateTimeFormat(locales, { weekday, timeZone: 'UTC' }),
)
/** 5 January 1970 was a Monday. */
const dayName = (day: number, format = short) => format?.format(new Date((day + 4) * 86_400_000)) ?? ''
const clockHours = Array.from({ length: 24 }, (_, hour) => hour)

function Week({ hours }: { hours: Hint['hours'] }) {
  const most = Math.max(1, ...hours.map(({ needed }) => needed))
  return (
    <ScrollBox label={say('admin.staffing')} className={admin['tableBox']}>
      <table className={styles['week']}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{say('staffing.day')}</span>
            </th>
            {clockHours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[0, 1, 2, 3, 4, 5, 6].map((day) => (
            <tr key={day}>
              <th scope="row">{dayName(day)}</th>
              {clockHours.map((hour) => {
                const one = hours[day * 24 + hour]
                return one && <Cell key={hour} one={one} day={day} hour={hour} most={most} />
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

type CellProps = { one: Hint['hours'][number]; day: number; hour: number; most: number }

function Cell({ one, day, hour, most }: CellProps) {
  const { needed, there, came, open } = one
  const tenths = (value: number) => number(Math.round(value * 10) / 10)
  const title = say('staffing.cell', {
    day: dayName(day, long),
    from: hour,
    to: hour + 1,
    needed: open ? number(needed) : say('staffing.closed'),
    there: there === null ? '?' : tenths(there),
    came: tenths(came),
  })
  return (
    <td
      title={title}
      data-short={isShort(one) || undefined}
      data-level={needed === 0 ? undefined : Math.ceil((needed / most) * 4)}
    >
      {needed === 0 ? '' : needed}
    </td>
  )
}
