// Whether help lasts: what customers say of it, how much was solved at once, and how much came back.
import { MeasureChart } from './MeasureChart.tsx'
import type { ReportSearch } from './search.ts'
import { SurveyBias } from './SurveyBias.tsx'

const measures = [
  'csat',
  'csatResponse',
  'reopenRate',
  'survived',
  'oneTouch',
  'firstContactResolution',
] as const

export function Quality({ search }: { search: ReportSearch }) {
  return (
    <>
      {measures.map((measure) => (
        <MeasureChart key={measure} measure={measure} search={search} />
      ))}
      <SurveyBias search={search} />
    </>
  )
}
