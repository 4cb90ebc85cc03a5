// What a number was before, and by how much it changed: coloured only where that is more than chance, by whether it is for the better.
import type { Report } from '../../src/api/contract/reports.ts'
import { assistantMeasures } from '../../src/reporting/boards.ts'
import { say } from '../words/say.ts'
import styles from './reports.module.css'
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
  'reviewed',
  'minutesSaved',
]
const lessIsBetter: readonly string[] = [
  'reopenRate',
  'reopens',
  'reopenCount',
  'pingPong',
  'closedUnresolved',
  'slaBreaches',
  'deliveryFailureRate',
  'quarantineFalsePositive',
  ...assistantMeasures.harm,
  'draftsRejected',
]

export function Change({ report }: { report: Report }) {
  const { before } = report
  if (before === null) return null
  return (
    <>
      <span>{say('reports.before', { value: valueOf(report, before.value) })}</span>
      <ByHowMuch change={before.change} unit={report} better={betterOf(report)} />
    </>
  )
}

type Told = Pick<Report, 'unit' | 'hours'>
type Changed = NonNullable<Report['before']>['change']

/** A change alone; `better` says which way is for the better, null that nobody can say. */
function ByHowMuch({
  change,
  unit,
  better,
}: {
  change: Changed
  unit: Told
  better: 'more' | 'less' | null
}) {
  if (change === null) return null
  const sure = isSure(change)
  const color = change.value > 0 === (better === 'more') ? 'var(--ok)' : 'var(--danger)'
  return (
    <span data-change={sure ? 'sure' : undefined} style={sure && better !== null ? { color } : undefined}>
      {say('reports.change', {
        change: changeOf(unit, change.value),
        low: changeOf(unit, change.low),
        high: changeOf(unit, change.high),
      })}
      {!sure && ` ${say('reports.chance')}`}
    </span>
  )
}

const COUNT: Told = { unit: 'count', hours: null }
const SHARE: Told = { unit: 'share', hours: null }
const WALL: Told = { unit: 'seconds', hours: 'wall' }
export const units = { count: COUNT, share: SHARE, wall: WALL }

/** In a cell of a table: a value, below it what it was before, and by how much it changed where that is more than chance. */
export function WithBefore({
  value,
  before,
  change,
  unit,
  better,
}: {
  value: string
  before: number | null
  change: Changed
  unit: Told
  better: 'more' | 'less' | null
}) {
  return (
    <>
      {value}
      {before !== null && (
        <span className={styles['changed']}>{say('reports.before', { value: valueOf(unit, before) })}</span>
      )}
      {isSure(change) && (
        <span className={styles['changed']}>
          <ByHowMuch change={change} unit={unit} better={better} />
        </span>
      )}
    </>
  )
}

const isSure = (change: Changed) => change !== null && (change.low > 0 || change.high < 0)

function betterOf({ key, unit }: Report): 'more' | 'less' | null {
  if (moreIsBetter.includes(key)) return 'more'
  return unit === 'seconds' || lessIsBetter.includes(key) ? 'less' : null
}
