// What comes in, what goes out, and what is left: the net of each day is exactly by how much the backlog grew.
import { useContext } from 'react'

import type { Report } from '../../src/api/contract/reports.ts'
import { ageBands } from '../../src/reporting/vocabulary.ts'
import { activeStatuses } from '../../src/tickets/vocabulary.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { number } from '../parts/time.ts'
import { say, sayName, sayValue } from '../words/say.ts'
import { Bands } from './Bands.tsx'
import { Change } from './Change.tsx'
import type { Series } from './chart.ts'
import { Cumulated } from './Cumulated.tsx'
import { Figure, Table } from './Figure.tsx'
import { HeatMap } from './HeatMap.tsx'
import { pastSeries } from './MeasureChart.tsx'
import { NumberButton } from './NumberButton.tsx'
import { OpenList } from './open-list.ts'
import { askedOf, type Asked, type ReportSearch } from './search.ts'
import styles from './reports.module.css'
import { TimeChart } from './TimeChart.tsx'
import { statusTones } from './tones.ts'
import { momentOf } from './units.ts'
import { groupsOf, useReport } from './wire.ts'

const flows = ['arrivals', 'resolves', 'reopens', 'closedUnresolved', 'netFlow'] as const

export function Flow({ search }: { search: ReportSearch }) {
  return (
    <>
      <InAndOut search={search} />
      <Backlog search={search} />
      <Cumulated search={search} />
      <HeatMap search={search} />
      <Bands measure="backlogAge" by="age" bands={ageBands} search={search} />
      <ByField search={search} />
    </>
  )
}

function useFlows(asked: Asked) {
  const [arrivals, resolves] = [useReport('arrivals', asked), useReport('resolves', asked)]
  const [reopens, closedUnresolved] = [useReport('reopens', asked), useReport('closedUnresolved', asked)]
  const netFlow = useReport('netFlow', asked)
  return { arrivals, resolves, reopens, closedUnresolved, netFlow }
}

const valuesOf = (report: Report | undefined) => report?.rows.map(({ value }) => value) ?? []

function InAndOut({ search }: { search: ReportSearch }) {
  const open = useContext(OpenList)
  const asked = askedOf(search)
  const found = useFlows({ ...asked, compare: search.versus })
  const series = (
    key: 'arrivals' | 'resolves' | 'netFlow',
    how: Pick<Series, 'shape' | 'tone' | 'dash'>,
  ): Series => ({
    key,
    label: sayName('measure', key),
    values: valuesOf(found[key].data),
    open: (index) => open({ key, asked, at: found[key].data?.rows[index]?.at }),
    ...how,
  })
  return (
    <Arrived query={found.netFlow} rows={4} height={60}>
      {(net) => (
        <Figure
          title={say('reports.inAndOut')}
          about={sayName('measureMeans', 'netFlow')}
          complete={net.complete}
          file={{ key: 'netFlow', asked }}
          table={{
            head: [say('reports.when'), ...flows.map((key) => sayName('measure', key))],
            rows: net.rows.map(({ at = net.from }, index) => [
              momentOf(at, net, false),
              ...flows.map((key) => (
                <NumberButton
                  key={key}
                  cell={{ key, asked, at }}
                  words={number(found[key].data?.rows[index]?.value ?? 0)}
                />
              )),
            ]),
          }}
        >
          <Sums asked={asked} found={found} />
          <TimeChart
            label={say('reports.inAndOut')}
            series={[
              ...(found.arrivals.data ? pastSeries(found.arrivals.data, '--accent') : []),
              series('netFlow', { shape: 'bar', tone: '--text-3' }),
              series('arrivals', { shape: 'line', tone: '--accent' }),
              series('resolves', { shape: 'line', tone: '--ok', dash: '6 3' }),
            ]}
            ticks={net.rows.map(({ at = net.from }) => momentOf(at, net, true))}
            names={net.rows.map(({ at = net.from }) => momentOf(at, net, false))}
            format={number}
          />
        </Figure>
      )}
    </Arrived>
  )
}

type Flows = ReturnType<typeof useFlows>

function Sums({ asked, found }: { asked: Asked; found: Flows }) {
  return (
    <dl className={styles['sums']}>
      {flows.map((key) => (
        <div key={key}>
          <dt>{sayName('measure', key)}</dt>
          <dd>
            <NumberButton cell={{ key, asked }} words={number(found[key].data?.value ?? 0)} />
            {found[key].data && <Change report={found[key].data} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Backlog({ search }: { search: ReportSearch }) {
  const open = useContext(OpenList)
  const asked = { ...askedOf(search), by: 'status' }
  const query = useReport('backlog', { ...asked, compare: search.versus })
  return (
    <Arrived query={query} rows={4} height={60}>
      {(report) => {
        const groups = groupsOf(report)
        const begins = [...new Set(report.rows.map(({ at = report.from }) => at))]
        const rowsOf = (status: string) => groups.find(({ key }) => key === status)?.rows ?? []
        const series = activeStatuses.map((status): Series => ({
          key: status,
          label: sayName('status', status),
          values: begins.map((_, index) => rowsOf(status)[index]?.value ?? 0),
          shape: 'layer',
          tone: statusTones[status],
          open: (index) => open({ key: 'backlog', asked, at: begins[index], group: status }),
        }))
        return (
          <Figure
            title={sayName('measure', 'backlog')}
            about={sayName('measureMeans', 'backlog')}
            n={report.n}
            complete={report.complete}
            file={{ key: 'backlog', asked }}
            table={{
              head: [say('reports.when'), ...activeStatuses.map((status) => sayName('status', status))],
              rows: begins.map((at, index) => [
                momentOf(at, report, false),
                ...activeStatuses.map((status) => (
                  <NumberButton
                    key={status}
                    cell={{ key: 'backlog', asked, at, group: status }}
                    words={number(rowsOf(status)[index]?.value ?? 0)}
                  />
                )),
              ]),
            }}
          >
            <p className={styles['summary']}>
              <NumberButton cell={{ key: 'backlog', asked }} words={number(report.value ?? 0)} />
              <Change report={report} />
            </p>
            {begins.length === 0 ? (
              <p className={styles['nothing']}>{say('reports.nothing')}</p>
            ) : (
              <TimeChart
                label={sayName('measure', 'backlog')}
                series={series}
                ticks={begins.map((at) => momentOf(at, report, true))}
                names={begins.map((at) => momentOf(at, report, false))}
                format={number}
              />
            )}
          </Figure>
        )
      }}
    </Arrived>
  )
}

function ByField({ search }: { search: ReportSearch }) {
  const { bucket: _, ...whole } = askedOf(search)
  const by = search.by ?? 'team'
  const asked = { ...whole, by }
  const found = { ...useFlows(asked), backlog: useReport('backlog', asked) }
  // Tickets change their group on the way: what a group's net would be says nothing about its backlog.
  const keys = ['arrivals', 'resolves', 'reopens', 'closedUnresolved', 'backlog'] as const
  const groups = new Map(
    keys.flatMap(
      (key) => found[key].data?.rows.map((row) => [row.groupKey ?? null, row.group ?? null] as const) ?? [],
    ),
  )
  const hasCome = keys.every((key) => found[key].data !== undefined)
  if (groups.size === 0 || !hasCome) return null
  const nameOf = (name: string | null) => (name === null ? say('reports.none') : sayValue(by, name))
  return (
    <Table
      label={say('reports.byField', { field: sayName('reportField', by) })}
      head={[sayName('reportField', by), ...keys.map((key) => sayName('measure', key))]}
      rows={[...groups].map(([group, name]) => [
        nameOf(name),
        ...keys.map((key) => (
          <NumberButton
            key={key}
            cell={{ key, asked, group }}
            words={number(
              found[key].data?.rows.find(({ groupKey = null }) => groupKey === group)?.value ?? 0,
            )}
          />
        )),
      ])}
    />
  )
}
