// What the composer offers after `/`, `@` and `{{` on one ticket.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { Macro, MacroUploads } from '../../../src/api/contract/macros.ts'
import type { MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { escapeHtml, firstName, variables } from '../../../src/api/contract/variables.ts'
import { ticketAssistantQuery } from '../../assistant/wire.ts'
import type { Suggestion, Suggestions } from '../../editor/SuggestList.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { notify } from '../../state/toasts.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { useAgents, useFields } from '../../wire/desk.ts'
import { previewQuery, useMacros } from '../../wire/macros.ts'
import { useMe } from '../../wire/session.ts'
import { say, sayName, sayValue } from '../../words/say.ts'
import styles from './composer.module.css'
import { currentDraft, editDraft } from './draft.ts'
import { textOf } from './text-of.ts'
import { noteUploading } from './useAttaching.ts'

export function useSuggestions(ticket: Ticket, mode: MessageKind): Suggestions {
  const me = useMe()
  const agents = useAgents()
  const fields = useFields()
  const macros = useMacros()
  const assistant = useQuery(ticketAssistantQuery(ticket.id, ticket.seq)).data?.mention
  return useMemo(
    () => ({
      mention: [
        ...agents
          .filter(({ active, id }) => active && id !== me.id)
          .map(({ id, name, email }) => mentionOf(id, name, email)),
        ...(mode === 'note' && assistant
          ? [mentionOf(assistant.id, assistant.name, say('ask.assistantHint'))]
          : []),
      ],
      macro: macros.map((macro) => macroSuggestion(macro, ticket, mode)),
      variable: [
        ...variables,
        ...fields.filter(({ archived }) => !archived).map(({ key }) => `field.${key}` as const),
      ].map((name) =>
        variableSuggestion(
          name,
          valueOf(name, ticket, me),
          fields.find(({ key }) => `field.${key}` === name)?.label,
        ),
      ),
    }),
    [agents, assistant, fields, macros, me, mode, ticket],
  )
}

function mentionOf(id: number, label: string, hint: string): Suggestion {
  return { id: String(id), label, hint, choose: async () => ({ mention: { id, label } }) }
}

function macroSuggestion(macro: Macro, ticket: Ticket, mode: MessageKind): Suggestion {
  const changes = Object.keys(macro.change).length > 0
  return {
    id: String(macro.id),
    label: macro.name,
    hint: [macro.folder.replaceAll('/', ' / '), changes ? say('macro.changes') : '']
      .filter(Boolean)
      .join(' · '),
    preview: () => <MacroLook macro={macro} ticket={ticket} />,
    choose: async (full) => {
      const html = await textOfMacro(macro, ticket)
      if (html) void bringFiles(macro, ticket.id, mode)
      // Without a text there is nothing else to do with it; with one, Ctrl+Enter asks for its changes as well.
      if (full || macro.message === null) stage(macro, ticket.id, mode)
      return html === null || html === '' ? null : { html }
    },
  }
}

/** The macro's text with this ticket's values; null when it was not read, which is said. */
export async function textOfMacro(macro: Macro, ticket: Ticket): Promise<string | null> {
  if (macro.message === null) return ''
  try {
    const preview = await client.fetchQuery(previewQuery(macro.id, ticket.id, ticket.seq))
    return preview.message?.body ?? ''
  } catch (error) {
    notify({ kind: 'error', title: say('macro.failed', { name: macro.name }), detail: reasonOf(error) })
    return null
  }
}

/** A macro's files go with what is written; each can be taken off again. */
export async function bringFiles(
  { id, name, files }: Macro,
  ticketId: number,
  mode: MessageKind,
): Promise<void> {
  if (files.length === 0) return
  noteUploading(ticketId, mode, files.length)
  try {
    const { items } = await call<MacroUploads>('POST', `/macros/${id}/uploads`)
    const { attachments } = currentDraft(ticketId, mode)
    editDraft(ticketId, mode, { attachments: [...attachments, ...items] })
  } catch (error) {
    notify({ kind: 'error', title: say('macro.filesFailed', { name }), detail: reasonOf(error) })
  } finally {
    noteUploading(ticketId, mode, -files.length)
  }
}

/** Lays a macro's changes on the draft; nothing is saved on the ticket until the message is sent. */
export function stage(macro: Macro, ticketId: number, mode: MessageKind): void {
  const { change } = currentDraft(ticketId, mode)
  const next = { ...change, ...macro.change }
  editDraft(ticketId, mode, { change: Object.keys(next).length === 0 ? null : next, macroId: macro.id })
}

/** What a macro says and what it would change on this ticket. */
export function MacroLook({ macro, ticket }: { macro: Macro; ticket: Ticket }) {
  const { data } = useQuery(previewQuery(macro.id, ticket.id, ticket.seq))
  if (!data) return null
  const text = data.message === null ? '' : textOf(data.message.body)
  return (
    <>
      {text && <p className={styles['lookText']}>{text.length > 320 ? `${text.slice(0, 320)}…` : text}</p>}
      {data.changes.length > 0 && (
        <dl className={styles['lookChanges']}>
          {data.changes.map(({ field, from, to }) => (
            <div key={field}>
              <dt>{sayName('property', field)}</dt>
              <dd>
                <del>{shown(field, from)}</del> → <b>{shown(field, to)}</b>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {data.files.length > 0 && (
        <p className={styles['lookHint']}>{data.files.map((file) => file.name).join(', ')}</p>
      )}
      {data.changes.length > 0 && macro.message !== null && (
        <p className={styles['lookHint']}>{say('macro.hint')}</p>
      )}
      {data.message?.unresolved.map((name) => (
        <p key={name} className={styles['lookHint']}>
          {say('guard.variable', { name })}
        </p>
      ))}
    </>
  )
}

function shown(field: string, value: string): string {
  if (value === '') return say('value.none')
  if (field === 'snooze') return dayAndTime(value)
  return sayValue(field, value)
}

function variableSuggestion(name: string, value: string, label: string | undefined): Suggestion {
  return {
    id: name,
    label: label ?? sayName('variable', name),
    hint: value || say('value.empty'),
    choose: async () => ({ html: value === '' ? `<p>{{${name}}}</p>` : `<p>${escapeHtml(value)}</p>` }),
  }
}

function valueOf(name: string, ticket: Ticket, me: { name: string; deskName: string }): string {
  switch (name) {
    case 'requester.name':
      return ticket.requester.name
    case 'requester.firstName':
      return firstName(ticket.requester.name)
    case 'requester.email':
      return ticket.requester.email
    case 'ticket.id':
      return String(ticket.id)
    case 'ticket.subject':
      return ticket.subject
    case 'agent.name':
      return me.name
    case 'agent.firstName':
      return firstName(me.name)
    case 'desk.name':
      return me.deskName
    default: {
      const value = ticket.fields[name.replace(/^field\./, '')]
      return Array.isArray(value) ? value.join(', ') : String(value ?? '')
    }
  }
}
