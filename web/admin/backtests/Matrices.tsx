// For each field that ends otherwise on some tickets: from which value to which, and on how many. A cell shows its tickets.
import type { BacktestReport } from '../../../src/api/contract/backtests.ts'
import { number } from '../../parts/time.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './backtests.module.css'
import type { DiffFilter } from './Diffs.tsx'
import { Numbers } from './Numbers.tsx'
import { valueWords } from './words.ts'

type Field = BacktestReport['fields'][number]
type Props = { fields: readonly Field[]; onFilter: (filter: DiffFilter) => void }

/** With more values than that a matrix is a list of its largest cells. */
const MOST_COLUMNS = 6

export function Matrices({ fields, onFilter }: Props) {
  if (fields.length === 0) return null
  return (
    <section className={styles['part']}>
      <h2>{say('backtests.fields')}</h2>
      <p className={styles['hint']}>{say('backtests.fieldsAbout')}</p>
      {fields.map((field) => (
        <div key={field.field}>
          <h3>{sayName('seenField', field.field)}</h3>
          <Matrix field={field} onFilter={onFilter} />
        </div>
      ))}
    </section>
  )
}

function Matrix({ field: { field, changes }, onFilter }: { field: Field } & Pick<Props, 'onFilter'>) {
  const from = new Map(changes.map((each) => [each.from, valueWords(field, each.from, each.fromName)]))
  const to = new Map(changes.map((each) => [each.to, valueWords(field, each.to, each.toName)]))
  const cell = (change: Field['changes'][number] | undefined, name: string) =>
    change === undefined ? (
      '·'
    ) : (
      <button
        type="button"
        className={styles['cell']}
        aria-label={say('backtests.cell', { count: change.count, change: name })}
        onClick={() => onFilter({ kind: 'value', what: field, from: change.from, to: change.to })}
      >
        {number(change.count)}
      </button>
    )
  if (to.size > MOST_COLUMNS)
    return (
      <Numbers
        label={sayName('seenField', field)}
        head={[say('backtests.change'), say('backtests.tickets')]}
        rows={changes.slice(0, 50).map((each) => {
          const name = `${from.get(each.from)} → ${to.get(each.to)}`
          return { key: name, cells: [name, cell(each, name)] }
        })}
      />
    )
  return (
    <Numbers
      label={sayName('seenField', field)}
      head={[say('backtests.fromTo'), ...to.values()]}
      rows={[...from].map(([value, name]) => ({
        key: value,
        cells: [
          name,
          ...[...to].map(([other, otherName]) =>
            cell(
              changes.find((each) => each.from === value && each.to === other),
              `${name} → ${otherName}`,
            ),
          ),
        ],
      }))}
    />
  )
}
