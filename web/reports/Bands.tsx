// How many there are in each of some bands that have an order, such as hours of the day: bars, each a way to its list.
import { useContext } from 'react'

import { Arrived } from '../parts/Arrived.tsx'
import { number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import { Figure } from './Figure.tsx'
import { NumberButton } from './NumberButton.tsx'
import { OpenList } from './open-list.ts'
import { askedOf, type ReportSearch } from './search.ts'
import styles from './reports.module.css'
import { TimeChart } from './TimeChart.tsx'
import { groupName } from './units.ts'
import { useReport } from './wire.ts'

type Props = {
  measure: 'slaBreaches' | 'backlogAge'
  by: 'hour' | 'age'
  bands: readonly string[]
  search: ReportSearch
}

export function Bands({ measure, by, bands, search }: Props) {
  const open = useContext(OpenList)
  const { bucket: _, ...whole } = askedOf(search)
  const asked = { ...whole, by }
  const query = useReport(measure, asked)
  const named = sayName('measure', measure)
  const title = by === 'age' ? named : `${named}: ${sayName('reportField', by)}`
  const names = bands.map((band) => groupName(by, band))
  return (
    <Arrived query={query} rows={4} height={60}>
      {(report) => {
        const counts = bands.map((band) => report.rows.find(({ groupKey }) => groupKey === band)?.n ?? 0)
        return (
          <Figure
            title={title}
            about={sayName('measureMeans', measure)}
            n={report.n}
            complete={report.complete}
            file={{ key: measure, asked }}
            table={{
              head: [sayName('reportField', by), say('reports.count')],
              rows: bands.map((band, index) => [
                names[index],
                <NumberButton
                  key={band}
                  cell={{ key: measure, asked, group: band }}
                  words={number(counts[index] ?? 0)}
                />,
              ]),
            }}
          >
            {report.n === 0 ? (
              <p className={styles['nothing']}>{say('reports.nothing')}</p>
            ) : (
              <TimeChart
                label={title}
                chosen={counts.indexOf(Math.max(...counts))}
                series={[
                  {
                    key: by,
                    label: sayName('measure', measure),
                    values: counts,
                    shape: 'bar',
                    tone: '--accent',
                    open: (index) => open({ key: measure, asked, group: bands[index] }),
                  },
                ]}
                ticks={names}
                names={names}
                format={number}
              />
            )}
          </Figure>
        )
      }}
    </Arrived>
  )
}
