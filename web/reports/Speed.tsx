// How fast customers are answered and helped; and what it takes, on a desk that counts that.
import { useMe } from '../wire/session.ts'
import { MeasureChart } from './MeasureChart.tsx'
import type { ReportSearch } from './search.ts'

const measures = ['firstReplyTime', 'nextReplyTime', 'fullResolutionTime', 'requesterWait'] as const

export function Speed({ search }: { search: ReportSearch }) {
  const { countsTouch } = useMe()
  // Nobody is told by name.
  const by = search.by === 'assignee' ? 'team' : search.by
  return (
    <>
      {measures.map((measure) => (
        <MeasureChart key={measure} measure={measure} search={search} />
      ))}
      {countsTouch && <MeasureChart measure="touchTime" search={search} by={by} />}
    </>
  )
}
