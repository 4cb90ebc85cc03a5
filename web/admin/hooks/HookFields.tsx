// Where the tickets of an address go, and how later events of the same matter are written.
import type { Brand } from '../../../src/api/contract/forms.ts'
import { hookAgains, type HookAgain } from '../../../src/channels/hook-words.ts'
import { CheckField, SelectField, TextField } from '../../parts/Form.tsx'
import { useCategories, useTeams } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import type { Draft } from './draft.ts'
import styles from './hooks.module.css'

type Props = {
  draft: Draft
  brands: readonly Brand[]
  errors: Readonly<Record<string, string>>
  onChange: (part: Partial<Draft>) => void
}

export function HookFields({ draft, brands, errors, onChange }: Props) {
  const teams = useTeams().filter(({ archived }) => !archived)
  const categories = useCategories().filter(({ archived }) => !archived)
  const none = { value: '', label: '–' }
  return (
    <>
      <TextField
        label={say('field.name')}
        required
        maxLength={200}
        value={draft.name}
        error={errors['name']}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <div className={styles['pair']}>
        <SelectField
          label={say('hooks.brand')}
          value={draft.brand}
          onChange={(event) => onChange({ brand: Number(event.target.value) })}
          options={brands.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        <SelectField
          label={say('property.team')}
          value={draft.team ?? ''}
          error={errors['team']}
          onChange={({ target: { value } }) => onChange({ team: value === '' ? null : Number(value) })}
          options={[none, ...teams.map(({ id, name }) => ({ value: String(id), label: name }))]}
        />
        <SelectField
          label={say('property.category')}
          value={draft.category ?? ''}
          error={errors['category']}
          onChange={({ target: { value } }) => onChange({ category: value === '' ? null : value })}
          options={[none, ...categories.map(({ path }) => ({ value: path, label: path }))]}
        />
        <SelectField
          label={say('hooks.again')}
          help={say('hooks.againHelp')}
          value={draft.again}
          onChange={(event) => onChange({ again: event.target.value as HookAgain })}
          options={hookAgains.map((each) => ({ value: each, label: say(`hooks.again.${each}`) }))}
        />
      </div>
      <CheckField
        label={say('hooks.acknowledges')}
        help={errors['acknowledges'] ?? say('hooks.acknowledgesHelp')}
        checked={draft.acknowledges}
        onChange={(event) => onChange({ acknowledges: event.target.checked })}
      />
    </>
  )
}
