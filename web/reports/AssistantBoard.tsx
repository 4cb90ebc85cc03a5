// What the assistant does, step by step, and never as one number: how much it takes part in and how much of that holds, what harm is in
// it, and what people make of its drafts. Each number opens its list; below, the same by category and by version.
import { useQueries } from '@tanstack/react-query'
import { Fragment } from 'react'

import type { ReportRow } from '../../src/api/contract/reports.ts'
import { assistantMeasures as parts, measuresOfBoard } from '../../src/reporting/boards.ts'
import { finePercent, number } from '../parts/time.ts'
import { say, sayName } from '../words/say.ts'
import { Change } from './Change.tsx'
import { Table } from './Figure.tsx'
import { Head } from './Head.tsx'
import { NumberButton } from './NumberButton.tsx'
import styles from './reports.module.css'
import { askedOf, type Asked, type ReportSearch } from './search.ts'
import { reportQuery, useReport } from './wire.ts'

type MeasureKey = (typeof measuresOfBoard.assistant)[number]

/** Those that are told apart by a field: all of them would be wider than a screen. */
const telling = [
  'assistantInvolved',
  'assistantContained',
  'assistantSurvived',
  'assistantVerified',
  'assistantWrong',
  'assistantReopened',
  'draftsAccepted',
] as const satisfies readonly MeasureKey[]

export function AssistantBoard({ search }: { search: ReportSearch }) {
  const { bucket: _over, ...asked } = askedOf(search)
  return (
    <>
      {(['ladder', 'harm', 'drafts'] as const).map((part) => (
        <section key={part} className={styles['figure']}>
          <Head title={say(`assistantBoard.${part}`)} about={say(`assistantBoard.${part}Means`)} />
          <dl className={styles['rungs']}>
            {parts[part].map((measure) => (
              <One key={measure} measure={measure} asked={asked} search={search} />
            ))}
          </dl>
        </section>
      ))}
      <ByField asked={{ ...asked, by: search.by ?? 'category' }} />
      <ByField asked={{ ...asked, by: 'version' }} />
    </>
  )
}

type OneProps = { measure: MeasureKey; asked: Asked; search: ReportSearch }

function One({ measure, asked, search: { versus } }: OneProps) {
  const { data } = useReport(measure, { ...asked, compare: versus })
  const words = data === undefined ? '…' : data.value === null ? '–' : finePercent(data.value)
  const isYoung = data?.rows.some(({ immature }) => immature) === true
  return (
    <Fragment>
      <dt>
        {sayName('measure', measure)}
        <span className={styles['hint']}>{sayName('measureMeans', measure)}</span>
      </dt>
      <dd>
        <NumberButton cell={{ key: measure, asked }} words={words} />
        <span className={styles['hint']}>
          {data !== undefined && intervalWords(data)}
          {isYoung && ` · ${say('reports.youngShort')}`}
        </span>
        {data !== undefined && <Change report={data} />}
      </dd>
    </Fragment>
  )
}

type Share = {
  readonly n: number
  readonly low?: number | null | undefined
  readonly high?: number | null | undefined
}

function intervalWords({ n, low, high }: Share): string {
  const of = say('assistantBoard.of', { n: number(n) })
  return low == null || high == null ? of : `${of} · ${finePercent(low)} – ${finePercent(high)}`
}

function ByField({ asked }: { asked: Asked & { by: string } }) {
  const reports = useQueries({ queries: telling.map((measure) => reportQuery(measure, asked)) })
  const rows = reports.map(
    ({ data }) => new Map((data?.rows ?? []).map((row) => [row.groupKey ?? null, row])),
  )
  const groups = new Map(
    rows.flatMap((each) => [...each].map(([key, row]) => [key, row.group ?? null] as const)),
  )
  if (groups.size === 0) return null
  const title = say('reports.byField', { field: sayName('reportField', asked.by) })
  return (
    <section className={styles['figure']}>
      <Head title={title} about={say('assistantBoard.fieldMeans')} />
      <Table
        label={title}
        head={[sayName('reportField', asked.by), ...telling.map((measure) => sayName('measure', measure))]}
        rows={[...groups].map(([group, name]) => [
          name ?? say('reports.none'),
          ...telling.map((measure, index) => (
            <Cell key={measure} row={rows[index]?.get(group)} cell={{ key: measure, asked, group }} />
          )),
        ])}
      />
    </section>
  )
}

function Cell({
  row,
  cell,
}: {
  row: ReportRow | undefined
  cell: Parameters<typeof NumberButton>[0]['cell']
}) {
  if (row === undefined || row.value === null) return '–'
  return (
    <>
      <NumberButton cell={cell} words={finePercent(row.value)} />
      <div className={styles['hint']}>{intervalWords(row)}</div>
    </>
  )
}
