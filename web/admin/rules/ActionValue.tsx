// The value of one action: a choice, some tags, a template with its recipients, a length of time.
import type { Choice } from '../../parts/PickList.tsx'
import { PickButton } from '../../parts/PickButton.tsx'
import { useFields } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'
import type { Action, Value } from './model.ts'
import styles from './rules.module.css'
import { Duration, Many } from './ValueField.tsx'
import { useRulebook, useTagChoices, useThings, useVocabulary } from './wire.ts'

type Any = Record<string, unknown>
type Props = { action: Action; onChange: (action: Action) => void }

export function nameOf(action: Action): string {
  return Object.keys(action).find((key) => key !== 'closeReason') ?? ''
}

const first: Readonly<Record<string, unknown>> = {
  setStatus: 'open',
  setPriority: 'high',
  setType: 'question',
  setTeam: null,
  assign: 'none',
  setCategory: null,
  setField: { field: '', value: '' },
  addTags: [],
  removeTags: [],
  addFollower: 'currentAgent',
  removeFollower: 0,
  snooze: 86_400,
  addNote: { template: '' },
  reply: { template: '', to: 'requester' },
  notify: { template: '', to: ['assignee'] },
  webhook: { endpoint: '' },
  link: { linkType: 'relates', ticketId: 1 },
  runMacro: '',
  runAssistant: 'default',
}

export function firstAction(name: string): Action {
  return { [name]: first[name] } as Action
}

const fixed: Readonly<Record<string, readonly [prefix: string, values: readonly string[]]>> = {
  setStatus: ['status', ['open', 'pending', 'on_hold', 'resolved', 'closed']],
  setPriority: ['priority', ['low', 'normal', 'high', 'urgent']],
  setType: ['type', ['question', 'incident', 'problem', 'task']],
}

export function ActionValue({ action, onChange }: Props) {
  const name = nameOf(action)
  const value = (action as Any)[name]
  const put = (next: unknown) => onChange({ ...(action as Any), [name]: next } as Action)
  const things = useThings()
  const none: Choice = { id: 'none', label: say('rules.nobody') }
  const known = fixed[name]
  if (known)
    return (
      <Pick
        value={value}
        choices={known[1].map((id) => ({ id, label: sayName(known[0], id) }))}
        onChange={put}
      />
    )
  switch (name) {
    case 'setTeam':
      return (
        <Pick
          value={value ?? 'none'}
          choices={[{ ...none, label: say('rules.noTeam') }, ...things('team')]}
          onChange={(id) => put(idOrNull(id))}
        />
      )
    case 'setCategory':
      return (
        <Pick
          value={value ?? 'none'}
          choices={[{ ...none, label: say('rules.noCategory') }, ...things('category')]}
          onChange={(id) => put(idOrNull(id))}
        />
      )
    case 'assign':
    case 'addFollower': {
      const acting = { id: 'currentAgent', label: say('rules.currentAgent') }
      const least = { id: 'leastLoaded', label: say('rules.leastLoaded') }
      const choices =
        name === 'assign' ? [none, acting, least, ...things('agent')] : [acting, ...things('agent')]
      return (
        <Pick value={value} choices={choices} onChange={(id) => put(/^\d+$/.test(id) ? Number(id) : id)} />
      )
    }
    case 'removeFollower':
      return <Pick value={value} choices={things('agent')} onChange={(id) => put(Number(id))} />
    case 'addTags':
    case 'removeTags':
      return <Tags value={value} onChange={put} />
    case 'snooze':
      return <Duration seconds={Number(value)} onChange={put} />
    case 'setField':
      return <CustomField value={value as Any} onChange={put} />
    case 'addNote':
    case 'reply':
    case 'notify':
      return <Text name={name} value={value as Any} onChange={put} />
    case 'webhook':
      return <Endpoint value={value as Any} onChange={put} />
    case 'runMacro':
      return <SharedActions value={value} onChange={put} />
    case 'link':
      return <LinkTo value={value as Any} onChange={put} />
    default:
      return (
        <span className={styles['pair']}>
          <Typed value={value} onChange={put} />
          {name === 'runAssistant' && <span className={styles['hint']}>{say('rules.noAssistant')}</span>}
        </span>
      )
  }
}

function idOrNull(id: string): number | null {
  return id === 'none' ? null : Number(id)
}

function Pick({
  value,
  choices,
  onChange,
}: {
  value: unknown
  choices: readonly Choice[]
  onChange: (id: string) => void
}) {
  const chosen = choices.find(({ id }) => id === String(value))
  return (
    <PickButton
      label={say('rules.value')}
      choices={choices}
      chosen={chosen ? [chosen.id] : []}
      onChoose={onChange}
      className={styles['control']}
    >
      {chosen?.label ?? (value ? String(value) : say('rules.choose'))}
    </PickButton>
  )
}

function Typed({
  value,
  onChange,
  label,
}: {
  value: unknown
  onChange: (text: string) => void
  label?: string
}) {
  return (
    <input
      className={styles['control']}
      aria-label={label ?? say('rules.value')}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function Tags({ value, onChange }: { value: unknown; onChange: (value: Value) => void }) {
  const tags = useTagChoices()
  return <Many choices={tags} value={value} numbers={false} free onChange={onChange} />
}

function CustomField({ value, onChange }: { value: Any; onChange: (value: Any) => void }) {
  const fields = useFields().filter(({ archived, personal }) => !archived && !personal)
  const field = fields.find(({ key }) => key === value['field'])
  const put = (next: unknown) => onChange({ ...value, value: next })
  return (
    <span className={styles['pair']}>
      <Pick
        value={value['field']}
        choices={fields.map(({ key, label }) => ({ id: key, label }))}
        onChange={(key) => onChange({ field: key, value: '' })}
      />
      {field?.type === 'checkbox' ? (
        <input
          type="checkbox"
          aria-label={field.label}
          checked={value['value'] === true}
          onChange={(event) => put(event.target.checked)}
        />
      ) : field?.options.length ? (
        <Pick
          value={value['value']}
          choices={field.options.map((id) => ({ id, label: id }))}
          onChange={(id) => put(field.type === 'multi_select' ? [id] : id)}
        />
      ) : (
        <Typed
          value={value['value']}
          onChange={(text) => put(field?.type === 'number' ? Number(text) : text)}
        />
      )}
    </span>
  )
}

function Text({ name, value, onChange }: { name: string; value: Any; onChange: (value: Any) => void }) {
  const templates = useRulebook()?.templates ?? []
  const things = useThings()
  const parts = ['assignee', 'followers', 'owner', 'requester'].map((id) => ({
    id,
    label: sayName('ruleRecipient', id),
  }))
  const people = [
    ...parts,
    ...things('team').map(({ id, label }) => ({ id: `team:${id}`, label, group: say('admin.teams') })),
    ...things('agent').map(({ id, label }) => ({ id: `agent:${id}`, label, group: say('admin.agents') })),
  ]
  return (
    <span className={styles['pair']}>
      <Pick
        value={value['template']}
        choices={templates.map(({ key, subject }) => ({ id: key, label: key, hint: subject }))}
        onChange={(template) => onChange({ ...value, template })}
      />
      {name === 'reply' && (
        <Pick
          value={value['to'] ?? 'requester'}
          choices={['requester', 'all'].map((id) => ({ id, label: sayName('ruleRecipient', id) }))}
          onChange={(to) => onChange({ ...value, to })}
        />
      )}
      {name === 'notify' && (
        <Many
          choices={people}
          value={value['to']}
          numbers={false}
          free={false}
          onChange={(to) => onChange({ ...value, to })}
        />
      )}
    </span>
  )
}

function Endpoint({ value, onChange }: { value: Any; onChange: (value: Any) => void }) {
  const keys = useVocabulary()?.webhooks ?? []
  return (
    <Pick
      value={value['endpoint']}
      choices={keys.map((id) => ({ id, label: id }))}
      onChange={(endpoint) => onChange({ endpoint })}
    />
  )
}

function SharedActions({ value, onChange }: { value: unknown; onChange: (key: string) => void }) {
  const known = useVocabulary()?.macros ?? []
  return (
    <Pick
      value={value}
      choices={known.map(({ key, title }) => ({ id: key, label: title }))}
      onChange={onChange}
    />
  )
}

const linkTypes = ['relates', 'incident', 'problem', 'blocks', 'blocked_by', 'parent', 'child', 'duplicates']

function LinkTo({ value, onChange }: { value: Any; onChange: (value: Any) => void }) {
  return (
    <span className={styles['pair']}>
      <Pick
        value={value['linkType']}
        choices={linkTypes.map((id) => ({ id, label: sayName('link', id) }))}
        onChange={(linkType) => onChange({ ...value, linkType })}
      />
      <input
        className={styles['control']}
        type="number"
        min={1}
        aria-label={say('outbox.ticket')}
        value={Number(value['ticketId'])}
        onChange={(event) => onChange({ ...value, ticketId: Number(event.target.value) })}
      />
    </span>
  )
}
