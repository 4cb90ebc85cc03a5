// Whether what was promised was kept: over time and by policy, and by what each clock measures.
import { Bands } from './Bands.tsx'
import { MeasureChart } from './MeasureChart.tsx'
import { sayName } from '../words/say.ts'
import { Table } from './Figure.tsx'
import { tableOf } from './MeasureChart.tsx'
import { askedOf, type ReportSearch } from './search.ts'
import { useReport } from './wire.ts'

const hours = Array.from({ length: 24 }, (_, hour) => String(hour))

export function Sla({ search }: { search: ReportSearch }) {
  return (
    <>
      <MeasureChart measure="slaAttainment" search={search} by="policy" />
      <ByMetric search={search} />
      <MeasureChart measure="slaBreaches" search={search} by="cause" />
      <Bands measure="slaBreaches" by="hour" bands={hours} search={search} />
    </>
  )
}

function ByMetric({ search }: { search: ReportSearch }) {
  const { bucket: _, ...whole } = askedOf(search)
  const asked = { ...whole, by: 'metric' }
  const { data } = useReport('slaAttainment', asked)
  if (data === undefined || data.n === 0) return null
  const named = {
    ...data,
    rows: data.rows.map((row) => ({ ...row, group: sayName('metric', row.group ?? '') })),
  }
  const [head, rows] = tableOf(named, asked)
  return <Table label={sayName('reportField', 'metric')} head={head} rows={rows} />
}
