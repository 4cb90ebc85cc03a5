// The properties of a ticket. Each opens its menu, saves alone and shows the change at once.
import type { Field } from '../../../src/api/contract/desk.ts'
import type { FieldValue, Ticket } from '../../../src/api/contract/tickets.ts'
import { useQuestion } from '../../parts/choices.tsx'
import type { Asked } from '../../state/desk-state.ts'
import { Avatar, PriorityMark, StatusMark, Tag } from '../../parts/Marks.tsx'
import { PickButton } from '../../parts/PickButton.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import { patchTickets } from '../../wire/actions.ts'
import { useFields } from '../../wire/desk.ts'
import styles from './context.module.css'

const keysOf: Record<Asked, string> = {
  status: 's',
  priority: 'p',
  assignee: 'a',
  team: 'v',
  category: '',
  tags: 't',
  snooze: 'h',
}

export function Properties({ ticket }: { ticket: Ticket }) {
  const fields = useFields().filter((field) => !field.archived || ticket.fields[field.key] !== undefined)
  return (
    <div className={styles['properties']}>
      <Property ticket={ticket} what="status">
        <StatusMark status={ticket.status} />
      </Property>
      <Property ticket={ticket} what="priority">
        <PriorityMark priority={ticket.priority} />
      </Property>
      <Property ticket={ticket} what="assignee">
        {ticket.assignee ? (
          <>
            <Avatar name={ticket.assignee.name} of={ticket.assignee.id} size={20} />
            {ticket.assignee.name}
          </>
        ) : (
          <None />
        )}
      </Property>
      <Property ticket={ticket} what="team">
        {ticket.team?.name ?? <None />}
      </Property>
      <Property ticket={ticket} what="category">
        {ticket.category?.replaceAll('/', ' / ') ?? <None />}
      </Property>
      <Property ticket={ticket} what="tags">
        {ticket.tags.length > 0 ? (
          <span className={styles['tags']}>
            {ticket.tags.map((name) => (
              <Tag key={name} name={name} />
            ))}
          </span>
        ) : (
          <None />
        )}
      </Property>
      {ticket.snoozedUntil && (
        <Property ticket={ticket} what="snooze">
          {dayAndTime(ticket.snoozedUntil)}
        </Property>
      )}
      {fields.map((field) => (
        <CustomField key={field.key} ticket={ticket} field={field} />
      ))}
    </div>
  )
}

function None() {
  return <span className={styles['none']}>{say('value.none')}</span>
}

function Property({ ticket, what, children }: { ticket: Ticket; what: Asked; children: React.ReactNode }) {
  const { label, choices, chosen, choose, create, many } = useQuestion(what, [ticket])
  const keys = keysOf[what]
  return (
    <div className={styles['property']}>
      <span className={styles['label']}>{say(`property.${what}`)}</span>
      <PickButton
        label={label}
        choices={choices}
        chosen={chosen}
        onChoose={choose}
        many={many}
        {...(keys ? { keys } : {})}
        {...(create ? { onCreate: create } : {})}
      >
        {children}
      </PickButton>
    </div>
  )
}

function CustomField({ ticket, field }: { ticket: Ticket; field: Field }) {
  const value = ticket.fields[field.key] ?? null
  const save = (next: FieldValue) => {
    if (JSON.stringify(next) === JSON.stringify(value)) return
    void patchTickets(
      [ticket.id],
      { fields: { [field.key]: next } },
      ({ fields }) => ({ fields: { ...fields, [field.key]: next } }),
      { done: 'done.field', values: { field: field.label } },
    )
  }
  if (field.type === 'select' || field.type === 'multi_select') {
    const chosen = Array.isArray(value) ? value : value === null ? [] : [String(value)]
    const toggle = (id: string) => {
      if (field.type === 'select') return save(id === '' || chosen.includes(id) ? null : id)
      save(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
    }
    return (
      <div className={styles['property']}>
        <span className={styles['label']}>{field.label}</span>
        <PickButton
          label={field.label}
          choices={field.options.map((option) => ({ id: option, label: option }))}
          chosen={chosen}
          onChoose={toggle}
          many={field.type === 'multi_select'}
        >
          {chosen.length > 0 ? chosen.join(', ') : <None />}
        </PickButton>
      </div>
    )
  }
  return (
    <label className={styles['property']}>
      <span className={styles['label']}>{field.label}</span>
      <FieldInput key={String(value)} field={field} value={value} onSave={save} />
    </label>
  )
}

const inputTypes: Partial<Record<Field['type'], string>> = { number: 'number', date: 'date', url: 'url' }

function FieldInput({
  field,
  value,
  onSave,
}: {
  field: Field
  value: FieldValue
  onSave: (next: FieldValue) => void
}) {
  if (field.type === 'checkbox')
    return (
      <input
        type="checkbox"
        className={styles['tick']}
        checked={value === true}
        onChange={(event) => onSave(event.target.checked)}
      />
    )
  const commit = (text: string) => {
    if (text.trim() === '') return onSave(null)
    onSave(field.type === 'number' ? Number(text) : text.trim())
  }
  return (
    <input
      type={inputTypes[field.type] ?? 'text'}
      className={styles['input']}
      defaultValue={value === null ? '' : String(value)}
      placeholder={say('value.none')}
      onBlur={(event) => commit(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}
