// What a new ticket is set up with: whose it is and how it stands at once, the rest behind a line.
import type { Field } from '../../src/api/contract/desk.ts'
import { priorities, type Channel } from '../../src/tickets/vocabulary.ts'
import { CheckField, SelectField, TextField } from '../parts/Form.tsx'
import { offered } from '../parts/offered.ts'
import { sendable } from '../parts/settable.ts'
import { say } from '../words/say.ts'
import { useAgents, useCategories, useTeams } from '../wire/desk.ts'
import { useMe } from '../wire/session.ts'
import type { Direction } from './body-of.ts'
import styles from './new-ticket.module.css'

/** How a customer can have turned to somebody who writes it down. */
const heardOn = offered<Channel>({
  phone: true,
  email: true,
  chat: true,
  portal: true,
  form: false,
  api: false,
})

type Props = {
  direction: Direction
  fields: readonly Field[]
  errors: Readonly<Record<string, string>>
}

export function Properties({ direction, fields, errors }: Props) {
  const me = useMe()
  const agents = useAgents().filter(({ active, role }) => active && role !== 'viewer')
  const teams = useTeams().filter(({ archived }) => !archived)
  const categories = useCategories().filter(({ archived }) => !archived)
  const isWriting = direction === 'outbound'
  return (
    <>
      <div className={styles['three']}>
        {isWriting ? (
          <SelectField
            label={say('property.status')}
            name="status"
            defaultValue="pending"
            options={sendable.map((value) => ({ value, label: say(`status.${value}`) }))}
          />
        ) : (
          <SelectField
            label={say('newTicket.channel')}
            name="channel"
            options={heardOn.map((value) => ({ value, label: say(`channel.${value}`) }))}
          />
        )}
        <SelectField
          // Chosen anew once the names are there.
          key={`${direction} ${agents.length}`}
          label={say('property.assignee')}
          name="assignee"
          defaultValue={isWriting ? String(me.id) : ''}
          error={errors['assignee']}
          options={[
            ...(isWriting ? [] : [{ value: '', label: say('assign.nobody') }]),
            ...agents.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <SelectField
          label={say('property.team')}
          name="team"
          options={[
            { value: '', label: say('team.none') },
            ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <SelectField
          label={say('property.priority')}
          name="priority"
          defaultValue="normal"
          options={priorities.map((value) => ({ value, label: say(`priority.${value}`) }))}
        />
      </div>
      <details className={styles['rest']}>
        <summary>{say('newTicket.more')}</summary>
        <div className={styles['three']}>
          <SelectField
            label={say('property.category')}
            name="category"
            options={[
              { value: '', label: say('category.none') },
              ...categories.map(({ path }) => ({ value: path, label: path.replaceAll('/', ' / ') })),
            ]}
          />
          <TextField
            label={say('property.tags')}
            name="tags"
            help={say('newTicket.tagsHelp')}
            error={errors['tags']}
          />
          {fields.map((field) => (
            <OneField key={field.key} field={field} error={errors[`fields.${field.key}`]} />
          ))}
        </div>
      </details>
    </>
  )
}

const inputTypes: Partial<Record<Field['type'], string>> = { number: 'number', date: 'date', url: 'url' }

function OneField({ field, error }: { field: Field; error: string | undefined }) {
  const { label, type, options } = field
  const name = `field.${field.key}`
  if (type === 'checkbox') return <CheckField label={label} name={name} error={error} />
  if (type === 'select' || type === 'multi_select')
    return (
      <SelectField
        label={label}
        name={name}
        multiple={type === 'multi_select'}
        error={error}
        options={[
          ...(type === 'select' ? [{ value: '', label: say('value.none') }] : []),
          ...options.map((value) => ({ value, label: value })),
        ]}
      />
    )
  return <TextField label={label} name={name} type={inputTypes[type] ?? 'text'} error={error} />
}
