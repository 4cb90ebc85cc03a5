// What a model is told beside the evidence: a sentence each, for whom it holds, who looks after it until when, and how often it was followed.
import type { AssistantOverview, GuidanceRow } from '../../../src/api/contract/assistant.ts'
import { channels } from '../../../src/tickets/vocabulary.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { useAgents, useCategories } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'
import { useBrands } from './useProcedures.ts'

type Props = {
  rows: readonly GuidanceRow[]
  counts: AssistantOverview['guidance']
  onChange: (rows: GuidanceRow[]) => void
}

export function Guidance({ rows, counts, onChange }: Props) {
  const add = () =>
    onChange([
      ...rows,
      {
        key: freeKey(rows),
        text: '',
        brandId: null,
        channel: null,
        categoryId: null,
        ownerId: null,
        reviewBy: null,
      },
    ])
  return (
    <section>
      <h2 className={styles['head']}>{say('guidance.title')}</h2>
      <p className={styles['help']}>{say('guidance.about')}</p>
      {rows.map((row, at) => (
        <Row
          key={row.key}
          row={row}
          count={counts.find(({ key }) => key === row.key)}
          onChange={(next) => onChange(rows.with(at, next))}
          onDrop={() => onChange(rows.toSpliced(at, 1))}
        />
      ))}
      <div className={styles['actions']}>
        <Button onClick={add}>{say('guidance.add')}</Button>
      </div>
    </section>
  )
}

/** Its counts are kept under it: no other has it, and none gets that of one that went. */
function freeKey(rows: readonly GuidanceRow[]): string {
  const key = `g-${Date.now().toString(36)}`
  return rows.some((row) => row.key === key) ? `${key}-${rows.length}` : key
}

/** Of when the page was loaded: a review is due by the day. */
const TODAY = new Date().toISOString().slice(0, 10)

type RowProps = {
  row: GuidanceRow
  count: AssistantOverview['guidance'][number] | undefined
  onChange: (row: GuidanceRow) => void
  onDrop: () => void
}

function Row({ row, count, onChange, onDrop }: RowProps) {
  const categories = useCategories()
  const agents = useAgents()
  const of = <Id extends number>(list: readonly { id: Id }[], value: string, kept: number | null) =>
    list.find(({ id }) => String(id) === value)?.id ?? (value === String(kept) ? kept : null)
  const isDue = row.reviewBy !== null && row.reviewBy <= TODAY
  return (
    <div className={styles['guidance']}>
      <TextField
        label={say('guidance.text')}
        required
        minLength={5}
        maxLength={300}
        value={row.text}
        onChange={(event) => onChange({ ...row, text: event.target.value })}
      />
      <div className={styles['scope']}>
        <SelectField
          label={say('assistant.category')}
          value={String(row.categoryId ?? '')}
          onChange={(event) =>
            onChange({ ...row, categoryId: of(categories, event.target.value, row.categoryId) })
          }
          options={[
            { value: '', label: say('guidance.all') },
            ...withKept(
              categories.map(({ id, path }) => ({ value: String(id), label: path })),
              row.categoryId,
            ),
          ]}
        />
        <SelectField
          label={say('guidance.channel')}
          value={row.channel ?? ''}
          onChange={(event) =>
            onChange({ ...row, channel: channels.find((each) => each === event.target.value) ?? null })
          }
          options={[
            { value: '', label: say('guidance.all') },
            ...channels.map((value) => ({ value, label: sayName('channel', value) })),
          ]}
        />
        <Brand row={row} onChange={onChange} />
        <SelectField
          label={say('guidance.owner')}
          value={String(row.ownerId ?? '')}
          onChange={(event) => onChange({ ...row, ownerId: of(agents, event.target.value, row.ownerId) })}
          options={[
            { value: '', label: say('guidance.nobody') },
            ...withKept(
              agents.map(({ id, name }) => ({ value: String(id), label: name })),
              row.ownerId,
            ),
          ]}
        />
        <TextField
          label={say('guidance.reviewBy')}
          type="date"
          value={row.reviewBy ?? ''}
          onChange={(event) => onChange({ ...row, reviewBy: event.target.value || null })}
        />
      </div>
      <div className={styles['actions']}>
        <p className={styles['help']}>
          {isDue && `${say('guidance.isDue')} · `}
          {count === undefined ? say('guidance.untold') : say('guidance.counts', count)}
        </p>
        <Button weight="quiet" onClick={onDrop}>
          {say('guidance.drop')}
        </Button>
      </div>
    </div>
  )
}

/** What was put away since stands by its number: another is to be chosen. */
function withKept(options: { value: string; label: string }[], kept: number | null) {
  const isThere = kept === null || options.some(({ value }) => value === String(kept))
  return isThere ? options : [...options, { value: String(kept), label: `#${kept}` }]
}

/** A desk with one brand has nothing to choose. */
function Brand({ row, onChange }: Pick<RowProps, 'row' | 'onChange'>) {
  const brands = useBrands()
  if (brands.length < 2 && row.brandId === null) return null
  return (
    <SelectField
      label={say('guidance.brand')}
      value={String(row.brandId ?? '')}
      onChange={(event) =>
        onChange({ ...row, brandId: brands.find(({ id }) => String(id) === event.target.value)?.id ?? null })
      }
      options={[
        { value: '', label: say('guidance.all') },
        ...brands.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  )
}
