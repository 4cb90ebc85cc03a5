// What will be set together with the message when it is sent: put there by a macro, each part can be taken off again.
import { X } from 'lucide-react'

import type { Draft, MessageKind } from '../../src/api/contract/messages.ts'
import type { MacroChange } from '../../src/api/contract/tickets.ts'
import { IconButton } from '../parts/Button.tsx'
import { useAgents, useFields, useTeams } from '../wire/desk.ts'
import { say, sayName } from '../words/say.ts'
import styles from './composer.module.css'
import { editDraft } from './draft.ts'

type Props = { ticketId: number; mode: MessageKind; draft: Draft }
type Part = { key: string; text: string; without: MacroChange }

export function Staged({ ticketId, mode, draft }: Props) {
  const parts = useParts(draft.change ?? {})
  if (parts.length === 0) return null
  const keep = (change: MacroChange) =>
    editDraft(ticketId, mode, { change: Object.keys(change).length === 0 ? null : change })
  return (
    <p className={styles['staged']}>
      <span>{say('staged.name')}</span>
      {parts.map(({ key, text, without }) => (
        <span key={key} className={styles['chip']}>
          {text}
          <IconButton label={say('staged.remove', { text })} onClick={() => keep(without)}>
            <X size={12} aria-hidden />
          </IconButton>
        </span>
      ))}
    </p>
  )
}

function useParts(change: MacroChange): Part[] {
  const words = useChangeWords()
  return Object.keys(change).flatMap((key): Part[] => {
    const { [key as keyof MacroChange]: value, ...without } = change
    const text = words({ [key]: value } as MacroChange)[0]
    return text === undefined ? [] : [{ key, text, without: without as MacroChange }]
  })
}

/** A function that says each part of a change: "Status: Pending", "+ refund". */
export function useChangeWords(): (change: MacroChange) => string[] {
  const agents = useAgents()
  const teams = useTeams()
  const fields = useFields()
  return ({ status, priority, assignee, team, category, addTags, removeTags, fields: values }) => {
    const pair = (name: string, value: string) => `${name}: ${value}`
    const none = say('value.none')
    return [
      status === undefined ? '' : pair(say('property.status'), sayName('status', status)),
      priority === undefined ? '' : pair(say('property.priority'), sayName('priority', priority)),
      assignee === undefined
        ? ''
        : pair(
            say('property.assignee'),
            assignee === 'me'
              ? say('assign.me')
              : (agents.find(({ id }) => id === assignee)?.name ?? say('assign.nobody')),
          ),
      team === undefined
        ? ''
        : pair(
            say('property.team'),
            teams.find(({ id, name }) => id === team || name === team)?.name ?? none,
          ),
      category === undefined ? '' : pair(say('property.category'), category ?? none),
      addTags?.length ? `+ ${addTags.join(', ')}` : '',
      removeTags?.length ? `− ${removeTags.join(', ')}` : '',
      ...Object.entries(values ?? {}).map(([key, value]) =>
        pair(fields.find((field) => field.key === key)?.label ?? key, String(value ?? none)),
      ),
    ].filter(Boolean)
  }
}
