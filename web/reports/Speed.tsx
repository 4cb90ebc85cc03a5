// How fast customers are answered and helped.
import { MeasureChart } from './MeasureChart.tsx'
import type { ReportSearch } from './search.ts'

const measures = ['firstReplyTime', 'nextReplyTime', 'fullResolutionTime', 'requesterWait'] as const

export function Speed({ search }: { search: ReportSearch }) {
  return measures.map((measure) => <MeasureChart key={measure} measure={measure} search={search} />)
}
