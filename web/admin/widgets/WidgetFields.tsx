// What is set of a widget: name and brand, where its tickets go, looks, pages, hours, and what silence does.
import type { Brand } from '../../../src/api/contract/forms.ts'
import { CheckField, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { useCalendars } from '../sla/sla.ts'
import { useTeams } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import styles from './widgets.module.css'

export type Draft = {
  readonly name: string
  readonly brand: number
  readonly team: number | null
  readonly calendar: string | null
  readonly color: string
  readonly greeting: string
  /** One a line. */
  readonly origins: string
  readonly notesPage: boolean
  readonly askMinutes: string
  readonly resolveMinutes: string
}

type Props = {
  draft: Draft
  brands: readonly Brand[]
  errors: Readonly<Record<string, string>>
  onChange: (part: Partial<Draft>) => void
}

export function WidgetFields({ draft, brands, errors, onChange }: Props) {
  const teams = useTeams().filter(({ archived }) => !archived)
  const calendars = useCalendars().filter(({ archived }) => !archived)
  const originProblem = Object.entries(errors).find(([path]) => path.startsWith('origins'))?.[1]
  return (
    <>
      <TextField
        label={say('widgets.name')}
        required
        value={draft.name}
        error={errors['name']}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <div className={styles['pair']}>
        <SelectField
          label={say('widgets.brand')}
          value={draft.brand}
          onChange={(event) => onChange({ brand: Number(event.target.value) })}
          options={brands.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        <SelectField
          label={say('property.team')}
          value={draft.team ?? ''}
          onChange={({ target: { value } }) => onChange({ team: value === '' ? null : Number(value) })}
          options={[
            { value: '', label: '–' },
            ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      </div>
      <TextArea
        label={say('widgets.origins')}
        help={say('widgets.originsHelp')}
        error={originProblem}
        rows={3}
        spellCheck={false}
        placeholder="https://www.example.org"
        value={draft.origins}
        onChange={(event) => onChange({ origins: event.target.value })}
      />
      <TextArea
        label={say('widgets.greeting')}
        rows={2}
        maxLength={500}
        value={draft.greeting}
        onChange={(event) => onChange({ greeting: event.target.value })}
      />
      <div className={styles['pair']}>
        <TextField
          label={say('widgets.color')}
          help={say('widgets.colorHelp')}
          error={errors['color']}
          value={draft.color}
          onChange={(event) => onChange({ color: event.target.value })}
        />
        <SelectField
          label={say('widgets.calendar')}
          help={say('widgets.calendarHelp')}
          error={errors['calendar']}
          value={draft.calendar ?? ''}
          onChange={({ target: { value } }) => onChange({ calendar: value === '' ? null : value })}
          options={[
            { value: '', label: say('widgets.ofBrand') },
            { value: 'always', label: say('widgets.always') },
            ...calendars.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      </div>
      <div className={styles['pair']}>
        <TextField
          label={say('widgets.askAfter')}
          help={say('widgets.secondsHelp')}
          type="number"
          min={0}
          error={errors['askAfterSeconds']}
          value={draft.askMinutes}
          onChange={(event) => onChange({ askMinutes: event.target.value })}
        />
        <TextField
          label={say('widgets.resolveAfter')}
          help={say('widgets.secondsHelp')}
          type="number"
          min={0}
          error={errors['resolveAfterSeconds']}
          value={draft.resolveMinutes}
          onChange={(event) => onChange({ resolveMinutes: event.target.value })}
        />
      </div>
      <CheckField
        label={say('widgets.notesPage')}
        help={say('widgets.notesPageHelp')}
        checked={draft.notesPage}
        onChange={(event) => onChange({ notesPage: event.target.checked })}
      />
    </>
  )
}
