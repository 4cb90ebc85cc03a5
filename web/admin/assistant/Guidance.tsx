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
      <Scope row={row} onChange={onChange} />
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

/** For whom it holds, and who looks after it. */
function Scope({ row, onChange }: Pick<RowProps, 'row' | 'onChange'>) {
  const categories = useCategories().map(({ id, path }) => ({ id, name: path }))
  const [agents, brands] = [useAgents(), useBrands()]
  return (
    <div className={styles['scope']}>
      <Choice
        label={say('assistant.category')}
        none={say('guidance.all')}
        of={categories}
        value={row.categoryId}
        onChange={(categoryId) => onChange({ ...row, categoryId })}
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
      {/* A desk with one brand has nothing to choose. */}
      {(brands.length > 1 || row.brandId !== null) && (
        <Choice
          label={say('guidance.brand')}
          none={say('guidance.all')}
          of={brands}
          value={row.brandId}
          onChange={(brandId) => onChange({ ...row, brandId })}
        />
      )}
      <Choice
        label={say('guidance.owner')}
        none={say('guidance.nobody')}
        of={agents}
        value={row.ownerId}
        onChange={(ownerId) => onChange({ ...row, ownerId })}
      />
      <TextField
        label={say('guidance.reviewBy')}
        type="date"
        value={row.reviewBy ?? ''}
        onChange={(event) => onChange({ ...row, reviewBy: event.target.value || null })}
      />
    </div>
  )
}

type ChoiceProps = {
  label: string
  none: string
  of: readonly { id: number; name: string }[]
  value: number | null
  onChange: (value: number | null) => void
}

/** One of the desk's things, or none. What was put away since stands by its number: another is to be chosen. */
function Choice({ label, none, of, value, onChange }: ChoiceProps) {
  const isGone = value !== null && !of.some(({ id }) => id === value)
  const things = isGone ? [...of, { id: value, name: `#${value}` }] : of
  return (
    <SelectField
      label={label}
      value={String(value ?? '')}
      onChange={(event) => onChange(things.find(({ id }) => String(id) === event.target.value)?.id ?? null)}
      options={[
        { value: '', label: none },
        ...things.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  )
}
