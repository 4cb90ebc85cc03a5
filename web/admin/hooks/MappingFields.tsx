// What an event becomes, part by part: templates over the event and its headers.
import type { HookMapping } from '../../../src/api/contract/hooks.ts'
import { hookParts } from '../../../src/channels/hook-words.ts'
import { Button } from '../../parts/Button.tsx'
import { SelectField, TextArea } from '../../parts/Form.tsx'
import { useFields } from '../../wire/desk.ts'
import { say } from '../../words/say.ts'
import styles from './hooks.module.css'

const EXAMPLE = '{{ event.title }}, {% if event.state == "ok" %}resolved{% endif %}'

type Props = {
  mapping: HookMapping
  errors: Readonly<Record<string, string>>
  /** The part at which the event that is being tried fails, and why. */
  fault: { readonly path: string; readonly message: string } | null
  onChange: (mapping: HookMapping) => void
}

export function MappingFields({ mapping, errors, fault, onChange }: Props) {
  const fields = useFields().filter(({ archived }) => !archived)
  const free = fields.filter(({ key }) => !mapping.fields.some(({ field }) => field === key))
  const wrong = (path: string) =>
    errors[`mapping.${path}`] ?? (fault?.path === path ? fault.message : undefined)
  const setField = (field: string, text: string | null) =>
    onChange({
      ...mapping,
      fields: mapping.fields.flatMap((each) =>
        each.field !== field ? [each] : text === null ? [] : [{ field, text }],
      ),
    })
  return (
    <section className={styles['section']} aria-labelledby="hook-mapping">
      <h2 id="hook-mapping">{say('hooks.mapping')}</h2>
      <p>{say('hooks.mappingHelp', { example: EXAMPLE })}</p>
      {hookParts.map((part) => (
        <TextArea
          key={part}
          label={say(`hooks.part.${part}`)}
          help={say(`hooks.partHelp.${part}`)}
          error={wrong(part)}
          rows={part === 'body' ? 4 : 1}
          maxLength={5_000}
          spellCheck={false}
          value={mapping[part]}
          onChange={(event) => onChange({ ...mapping, [part]: event.target.value })}
        />
      ))}
      {mapping.fields.map(({ field, text }) => (
        <div key={field} className={styles['field']}>
          <TextArea
            label={fields.find(({ key }) => key === field)?.label ?? field}
            error={wrong(`fields.${field}`)}
            rows={1}
            maxLength={5_000}
            spellCheck={false}
            value={text}
            onChange={(event) => setField(field, event.target.value)}
          />
          <Button weight="quiet" onClick={() => setField(field, null)}>
            {say('hooks.dropField')}
          </Button>
        </div>
      ))}
      {free.length > 0 && (
        <SelectField
          label={say('hooks.addField')}
          value=""
          onChange={({ target: { value } }) =>
            onChange({ ...mapping, fields: [...mapping.fields, { field: value, text: '' }] })
          }
          options={[{ value: '', label: '–' }, ...free.map(({ key, label }) => ({ value: key, label }))]}
        />
      )}
    </section>
  )
}
