// What a number was before, and by how much it changed: coloured only where that is more than chance, by whether it is for the better.
import type { Report } from '../../src/api/contract/reports.ts'
import { assistantMeasures } from '../../src/reporting/boards.ts'
import { say } from '../words/say.ts'
import { changeOf, valueOf } from './units.ts'

/** Of these more is better, of durations and of these less; of what comes and goes nobody can say. */
const moreIsBetter: readonly string[] = [
  'csat',
  'csatResponse',
  'survived',
  'oneTouch',
  'firstContactResolution',
  'slaAttainment',
  'assistantConfirmed',
  'assistantVerified',
  'assistantSurvived',
  'assistantAssisted',
  'assistantAutomation',
  'draftsAccepted',
]
const lessIsBetter: readonly string[] = [
  'reopenRate',
  'reopens',
  'reopenCount',
  'pingPong',
  'closedUnresolved',
  ...assistantMeasures.harm,
  'draftsRejected',
]

export function Change({ report }: { report: Report }) {
  const { before } = report
  if (before === null) return null
  const { change } = before
  const isSure = change !== null && (change.low > 0 || change.high < 0)
  const better = betterBy(report, change?.value ?? 0)
  return (
    <>
      <span>{say('reports.before', { value: valueOf(report, before.value) })}</span>
      {change && (
        <span
          data-change={isSure ? 'sure' : undefined}
          style={isSure && better !== null ? { color: better ? 'var(--ok)' : 'var(--danger)' } : undefined}
        >
          {say('reports.change', {
            change: changeOf(report, change.value),
            low: changeOf(report, change.low),
            high: changeOf(report, change.high),
          })}
          {!isSure && ` ${say('reports.chance')}`}
        </span>
      )}
    </>
  )
}

function betterBy({ key, unit }: Report, value: number): boolean | null {
  if (moreIsBetter.includes(key)) return value > 0
  return unit === 'seconds' || lessIsBetter.includes(key) ? value < 0 : null
}
