// The value of one action: a choice, some tags, a template with its recipients, a length of time. A row for each action
// there is, in the order in which they are offered.
import type { ReactNode } from 'react'

import type { Action, ActionName, ActionValues } from '../../../src/api/contract/rules.ts'
import type { Referred } from '../../../src/rules/thing.ts'
import { priorities, ticketTypes } from '../../../src/tickets/vocabulary.ts'
import { linkChoices } from '../../parts/link-choices.ts'
import type { Choice } from '../../parts/PickList.tsx'
import { PickButton } from '../../parts/PickButton.tsx'
import { settable } from '../../parts/settable.ts'
import { useFields } from '../../wire/desk.ts'
import { say, sayName, type WordId } from '../../words/say.ts'
import styles from './rules.module.css'
import { Duration, Many } from './ValueField.tsx'
import { useRulebook, useTagChoices, useThings, useVocabulary } from './wire.ts'

type Props<Value> = { value: Value; onChange: (value: Value) => void }
/** What an action begins with, and what its value is changed by. */
type Editor<Value> = { first: Value; Edit: (props: Props<Value>) => ReactNode }

const editors: { readonly [N in ActionName]: Editor<ActionValues[N]> } = {
  setStatus: {
    first: 'open',
    Edit: oneOf(settable, (each) => say(`status.${each}`)),
  },
  setPriority: { first: 'high', Edit: oneOf(priorities, (each) => say(`priority.${each}`)) },
  setTeam: { first: null, Edit: thing('team', 'rules.noTeam') },
  setQueue: { first: null, Edit: thing('queue', 'rules.noQueue') },
  assign: { first: 'none', Edit: Assignee },
  setCategory: { first: null, Edit: thing('category', 'rules.noCategory') },
  setType: { first: 'question', Edit: oneOf(ticketTypes, (each) => sayName('type', each)) },
  setField: { first: { field: '', value: '' }, Edit: CustomField },
  addTags: { first: [], Edit: Tags },
  removeTags: { first: [], Edit: Tags },
  addFollower: { first: 'currentAgent', Edit: Follower },
  removeFollower: { first: 0, Edit: FormerFollower },
  snooze: {
    first: 86_400,
    Edit: ({ value, onChange }) => <Duration seconds={value} onChange={onChange} />,
  },
  addNote: { first: { template: '' }, Edit: TemplateChoice },
  reply: { first: { template: '', to: 'requester' }, Edit: ReplyTo },
  notify: { first: { template: '', to: ['assignee'] }, Edit: NotifyWhom },
  webhook: { first: { endpoint: '' }, Edit: Endpoint },
  link: { first: { linkType: 'relates', ticketId: 1 }, Edit: LinkTo },
  runMacro: { first: '', Edit: SharedActions },
  runAssistant: { first: 'default', Edit: Assistant },
}

export const actionNames = Object.keys(editors) as ActionName[]

export function nameOf(action: Action): ActionName {
  return Object.keys(action).find((key) => key in editors) as ActionName
}

export function firstAction(name: ActionName): Action {
  return { [name]: editors[name].first } as Action
}

export function ActionValue({ action, onChange }: { action: Action; onChange: (action: Action) => void }) {
  const name = nameOf(action)
  // A row fits the value of its own action: what the types cannot follow once the name is only known when it runs.
  const { Edit } = editors[name] as unknown as Editor<unknown>
  return (
    <Edit
      value={(action as Readonly<Record<string, unknown>>)[name]}
      onChange={(value) => onChange({ ...action, [name]: value } as Action)}
    />
  )
}

/** One of a few words. */
function oneOf<Word extends string>(words: readonly Word[], label: (word: Word) => string) {
  return function OneOf({ value, onChange }: { value: unknown; onChange: (word: Word) => void }) {
    const choices = words.map((id) => ({ id, label: label(id) }))
    return <Pick value={value} choices={choices} onChange={(id) => onChange(id as Word)} />
  }
}

/** A thing of the desk, or none. */
function thing(kind: Referred, none: WordId) {
  return function OneThing({ value, onChange }: Props<number | null>) {
    const things = useThings()
    return (
      <Pick
        value={value ?? 'none'}
        choices={[{ id: 'none', label: say(none) }, ...things(kind)]}
        onChange={(id) => onChange(id === 'none' ? null : Number(id))}
      />
    )
  }
}

const acting = (): Choice => ({ id: 'currentAgent', label: say('rules.currentAgent') })
/** An agent by number, else a word for whoever it then is. */
const agentOr = <Word extends string>(id: string): number | Word =>
  /^\d+$/.test(id) ? Number(id) : (id as Word)

function Assignee({ value, onChange }: Props<ActionValues['assign']>) {
  const things = useThings()
  const choices = [
    { id: 'none', label: say('rules.nobody') },
    acting(),
    { id: 'leastLoaded', label: say('rules.leastLoaded') },
    ...things('agent'),
  ]
  return <Pick value={value} choices={choices} onChange={(id) => onChange(agentOr(id))} />
}

function Follower({ value, onChange }: Props<ActionValues['addFollower']>) {
  const things = useThings()
  const choices = [acting(), ...things('agent')]
  return <Pick value={value} choices={choices} onChange={(id) => onChange(agentOr(id))} />
}

function FormerFollower({ value, onChange }: Props<number>) {
  const things = useThings()
  return <Pick value={value} choices={things('agent')} onChange={(id) => onChange(Number(id))} />
}

function Tags({ value, onChange }: Props<readonly string[]>) {
  const tags = useTagChoices()
  return (
    <Many
      choices={tags}
      value={value}
      numbers={false}
      free
      onChange={(next) => onChange(next as readonly string[])}
    />
  )
}

function TemplateChoice<Value extends { readonly template: string }>({ value, onChange }: Props<Value>) {
  const templates = useRulebook()?.templates ?? []
  return (
    <Pick
      value={value.template}
      choices={templates.map(({ key, subject }) => ({ id: key, label: key, hint: subject }))}
      onChange={(template) => onChange({ ...value, template })}
    />
  )
}

function ReplyTo({ value, onChange }: Props<ActionValues['reply']>) {
  return (
    <span className={styles['pair']}>
      <TemplateChoice value={value} onChange={onChange} />
      <Pick
        value={value.to ?? 'requester'}
        choices={['requester', 'all'].map((id) => ({ id, label: sayName('ruleRecipient', id) }))}
        onChange={(to) => onChange({ ...value, to: to as 'requester' | 'all' })}
      />
    </span>
  )
}

function NotifyWhom({ value, onChange }: Props<ActionValues['notify']>) {
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
      <TemplateChoice value={value} onChange={onChange} />
      <Many
        choices={people}
        value={value.to}
        numbers={false}
        free={false}
        onChange={(to) => onChange({ ...value, to: to as ActionValues['notify']['to'] })}
      />
    </span>
  )
}

function Endpoint({ value, onChange }: Props<ActionValues['webhook']>) {
  const keys = useVocabulary()?.webhooks ?? []
  return (
    <Pick
      value={value.endpoint}
      choices={keys.map((id) => ({ id, label: id }))}
      onChange={(endpoint) => onChange({ endpoint })}
    />
  )
}

function SharedActions({ value, onChange }: Props<string>) {
  const known = useVocabulary()?.macros ?? []
  return (
    <Pick
      value={value}
      choices={known.map(({ key, title }) => ({ id: key, label: title }))}
      onChange={onChange}
    />
  )
}

function LinkTo({ value, onChange }: Props<ActionValues['link']>) {
  return (
    <span className={styles['pair']}>
      <Pick
        value={value.linkType}
        choices={linkChoices.map((id) => ({ id, label: say(`link.${id}`) }))}
        onChange={(id) => onChange({ ...value, linkType: id as (typeof linkChoices)[number] })}
      />
      <input
        className={styles['control']}
        type="number"
        min={1}
        aria-label={say('outbox.ticket')}
        value={value.ticketId}
        onChange={(event) => onChange({ ...value, ticketId: Number(event.target.value) })}
      />
    </span>
  )
}

function Assistant({ value, onChange }: Props<string>) {
  return (
    <span className={styles['pair']}>
      <Typed value={value} onChange={onChange} />
      <span className={styles['hint']}>{say('rules.noAssistant')}</span>
    </span>
  )
}

function CustomField({ value, onChange }: Props<ActionValues['setField']>) {
  const fields = useFields().filter(({ archived, personal }) => !archived && !personal)
  const field = fields.find(({ key }) => key === value.field)
  const put = (next: typeof value.value) => onChange({ ...value, value: next })
  return (
    <span className={styles['pair']}>
      <Pick
        value={value.field}
        choices={fields.map(({ key, label }) => ({ id: key, label }))}
        onChange={(key) => onChange({ field: key, value: '' })}
      />
      {field?.type === 'checkbox' ? (
        <input
          type="checkbox"
          aria-label={field.label}
          checked={value.value === true}
          onChange={(event) => put(event.target.checked)}
        />
      ) : field?.options.length ? (
        <Pick
          value={value.value}
          choices={field.options.map((id) => ({ id, label: id }))}
          onChange={(id) => put(field.type === 'multi_select' ? [id] : id)}
        />
      ) : (
        <Typed value={value.value} onChange={(text) => put(field?.type === 'number' ? Number(text) : text)} />
      )}
    </span>
  )
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
