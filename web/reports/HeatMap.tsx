// When things come: every hour of the week as a field, the fuller the more came in it, and below each day how many agents were there. A slider that is not seen chooses an hour for the
// keyboard and for readers; how many came in it stands below, as the way to the list.
import { Fragment, useContext, useState } from 'react'

import { useQuery } from '@tanstack/react-query'

import type { Report, Staffed } from '../../src/api/contract/reports.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { number } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { locales } from '../words/language.ts'
import { say, sayName } from '../words/say.ts'
import { Figure } from './Figure.tsx'
import { NumberButton } from './NumberButton.tsx'
import { OpenList } from './open-list.ts'
import styles from './reports.module.css'
import { askedOf, type Asked, type ReportSearch } from './search.ts'
import { groupName, weekday } from './units.ts'
import { useReport } from './wire.ts'
import { useWidth } from './width.ts'

const days = Array.from({ length: 7 }, (_, day) => day)
const hours = Array.from({ length: 24 }, (_, hour) => hour)
const MEASURE = 'arrivals'
const BY = 'weekhour'

export function HeatMap({ search }: { search: ReportSearch }) {
  const { bucket: _, ...whole } = askedOf(search)
  const asked = { ...whole, by: BY }
  const query = useReport(MEASURE, asked)
  const { from, to, zone } = asked
  const { data: staffed } = useQuery({
    queryKey: ['reports', 'staffed', { from, to, zone }],
    queryFn: () => call<Staffed>('GET', '/reports/staffed', { query: { from, to, zone } }),
  })
  return (
    <Arrived query={query} rows={4} height={60}>
      {(report) => {
        const counts = countsOf(report)
        return (
          <Figure
            title={say('reports.when168')}
            about={`${say('reports.when168Means', { zone: report.zone })} ${staffed?.by ? say(`staffedBy.${staffed.by}`) : ''}`}
            n={report.n}
            complete={report.complete}
            file={{ key: MEASURE, asked }}
            table={{
              head: [sayName('reportField', 'hour'), ...days.map(weekday)],
              rows: hours.map((hour) => [
                groupName('hour', String(hour)),
                ...days.map((day) => (
                  <Fragment key={day}>
                    <NumberButton
                      cell={{ key: MEASURE, asked, group: String(day * 24 + hour) }}
                      words={number(counts[day * 24 + hour] ?? 0)}
                    />{' '}
                    <span className={styles['hint']}>{thereWords(staffed, day * 24 + hour)}</span>
                  </Fragment>
                )),
              ]),
            }}
          >
            {report.n === 0 ? (
              <p className={styles['nothing']}>{say('reports.nothing')}</p>
            ) : (
              <Fields counts={counts} asked={asked} staffed={staffed} />
            )}
          </Figure>
        )
      }}
    </Arrived>
  )
}

function countsOf({ rows }: Report): number[] {
  const found = new Map(rows.map(({ groupKey, n }) => [Number(groupKey), n]))
  return Array.from({ length: 168 }, (_, hour) => found.get(hour) ?? 0)
}

const tenths = new Intl.NumberFormat(locales, { maximumFractionDigits: 1 })

/** How many were there; nothing where nobody knows. */
function thereWords(staffed: Staffed | undefined, hour: number): string {
  const there = staffed?.by ? staffed.hours[hour] : null
  return there == null ? '' : say('reports.staffed', { agents: tenths.format(there) })
}

const [START, TOP, FIELD, LINE] = [40, 18, 20, 14]

type FieldsProps = { counts: readonly number[]; asked: Asked; staffed: Staffed | undefined }

function Fields({ counts, asked, staffed }: FieldsProps) {
  const open = useContext(OpenList)
  const [box, width] = useWidth()
  const most = Math.max(...counts)
  const [chosen, setChosen] = useState(counts.indexOf(most))
  const step = (width - START) / 24
  const high = FIELD + (staffed?.by ? LINE : 0)
  const openAt = (hour: number) => open({ key: MEASURE, asked, group: String(hour) })
  const told = `${groupName(BY, String(chosen))}: ${number(counts[chosen] ?? 0)}. ${thereWords(staffed, chosen)}`
  return (
    <div ref={box} className={styles['chart']}>
      <input
        type="range"
        className={styles['slider']}
        min={0}
        max={167}
        value={chosen}
        aria-label={say('reports.when168')}
        aria-valuetext={told}
        onChange={({ target }) => setChosen(Number(target.value))}
        onKeyDown={({ key }) => key === 'Enter' && openAt(chosen)}
      />
      <svg width={width} height={TOP + 7 * high} data-chart aria-hidden>
        {hours
          .filter((hour) => hour % 6 === 0)
          .map((hour) => (
            <text key={hour} className={styles['moment']} x={START + hour * step} y={TOP - 6}>
              {groupName('hour', String(hour))}
            </text>
          ))}
        {days.map((day) => (
          <text key={day} className={styles['moment']} x={0} y={TOP + day * high + FIELD / 2} dy="0.32em">
            {weekday(day)}
          </text>
        ))}
        {counts.map((count, hour) => (
          <rect
            // A field belongs to its hour.
            // oxlint-disable-next-line react/no-array-index-key
            key={hour}
            className={styles['mark']}
            x={START + (hour % 24) * step + 0.5}
            y={TOP + Math.floor(hour / 24) * high + 0.5}
            width={Math.max(1, step - 1)}
            height={FIELD - 1}
            rx={2}
            fill={count === 0 ? 'var(--hover)' : 'var(--accent)'}
            fillOpacity={count === 0 ? 1 : 0.15 + (0.85 * count) / most}
            stroke={hour === chosen ? 'var(--text)' : undefined}
            onPointerEnter={() => setChosen(hour)}
            onClick={() => openAt(hour)}
          />
        ))}
        {staffed?.by && <StaffedLines hours={staffed.hours} step={step} high={high} />}
      </svg>
      <p className={styles['readout']}>
        <span>{groupName(BY, String(chosen))}</span>
        <span className={styles['told']}>
          {sayName('measure', MEASURE)}{' '}
          <button type="button" title={say('reports.openList')} onClick={() => openAt(chosen)}>
            {number(counts[chosen] ?? 0)}
          </button>
        </span>
        <span>{thereWords(staffed, chosen)}</span>
      </p>
    </div>
  )
}

type LinesProps = { hours: Staffed['hours']; step: number; high: number }

/** Below each day how many were there, hour by hour; all days on one scale, from nobody at the foot. */
function StaffedLines({ hours: there, step, high }: LinesProps) {
  const most = Math.max(...there.map((each) => each ?? 0))
  if (most === 0) return null
  return days.map((day) => {
    const foot = TOP + (day + 1) * high - 2
    const y = (hour: number) => foot - ((there[day * 24 + hour] ?? 0) / most) * (LINE - 4)
    const line = hours.map((hour) => `H${START + hour * step} V${y(hour)} H${START + (hour + 1) * step}`)
    return (
      <path
        key={day}
        d={`M${START} ${foot} ${line.join(' ')} V${foot}`}
        fill="var(--warn)"
        fillOpacity={0.55}
      />
    )
  })
}
