// One measure, whichever: also those that stand on no other board.
import { englishNames } from '../../src/reporting/names.ts'
import { SelectField } from '../parts/Form.tsx'
import { say, sayName } from '../words/say.ts'
import { MeasureChart } from './MeasureChart.tsx'
import styles from './reports.module.css'
import { FIRST_MEASURE, type ReportSearch } from './search.ts'

const keys = Object.keys(englishNames).flatMap((id) =>
  id.startsWith('measure.') ? [id.slice('measure.'.length)] : [],
)

type Props = { search: ReportSearch; onChange: (part: Partial<ReportSearch>) => void }

export function Measure({ search, onChange }: Props) {
  const { measure = FIRST_MEASURE } = search
  const options = keys
    .map((value) => ({ value, label: sayName('measure', value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
  return (
    <>
      <div className={styles['tools']}>
        <SelectField
          label={say('reports.whichMeasure')}
          value={measure}
          options={options}
          onChange={({ target }) => onChange({ measure: target.value })}
        />
      </div>
      <MeasureChart
        key={measure}
        measure={measure}
        search={search}
        by={measure.startsWith('quarantine') ? 'reason' : undefined}
      />
    </>
  )
}
