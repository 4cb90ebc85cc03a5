// Whether help lasts: what customers say of it, how much was solved at once, and how much came back; and whether mail arrives.
import { MeasureChart } from './MeasureChart.tsx'
import { ReviewQuestions } from './ReviewQuestions.tsx'
import type { ReportSearch } from './search.ts'
import { SurveyBias } from './SurveyBias.tsx'

const measures = [
  'csat',
  'csatResponse',
  'reopenRate',
  'survived',
  'oneTouch',
  'firstContactResolution',
  'deliveryFailureRate',
] as const
/** Of mails that were held it is told why. */
const ofHeld = ['quarantineFalsePositive', 'quarantineDelay'] as const

export function Quality({ search }: { search: ReportSearch }) {
  return (
    <>
      {measures.map((measure) => (
        <MeasureChart key={measure} measure={measure} search={search} />
      ))}
      {ofHeld.map((measure) => (
        <MeasureChart key={measure} measure={measure} search={search} by="reason" />
      ))}
      <MeasureChart measure="reviewed" search={search} />
      <ReviewQuestions search={search} />
      <SurveyBias search={search} />
    </>
  )
}
