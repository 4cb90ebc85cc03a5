// What the server still needs before a change: required fields, a reason for closing, a word about a conflict of interest.
import { useState } from 'react'

import type { TicketPatch } from '../../src/api/contract/tickets.ts'
import { closeReasons, type CloseReason } from '../../src/tickets/vocabulary.ts'
import { Button } from '../parts/Button.tsx'
import { SelectField, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { useStore } from '../state/store.ts'
import { say } from '../words/say.ts'
import { type Missing, missing, patchTickets } from '../wire/actions.ts'
import { useAgents, useFields } from '../wire/desk.ts'

export function MissingDialog() {
  const open = useStore(missing, (value) => value)
  if (!open) return null
  if (open.refusal === 'conflict_of_interest') return <Interest open={open} />
  return open.refusal === 'close_reason_required' ? <Reason open={open} /> : <RequiredFields open={open} />
}

const close = () => missing.set(null)

function retry({ ids, patch }: Missing, more: TicketPatch): void {
  close()
  const { status } = patch
  void patchTickets(ids, { ...patch, ...more }, () => (status ? { status } : {}), {
    done: status ? 'done.status' : 'done.fields',
    values: { status: status ? say(`status.${status}`) : '' },
  })
}

/** Somebody who should not have this customer's tickets: they may, if who gives it knows that. */
function Interest({ open: { ids, patch } }: { open: Missing }) {
  const agents = useAgents()
  const name = agents.find(({ id }) => id === patch.assignee)?.name ?? ''
  const assign = () => {
    close()
    const told = { done: 'done.assigned', values: { name } } as const
    void patchTickets(ids, { ...patch, despiteConflict: true }, () => ({}), told)
  }
  return (
    <Modal
      title={say('interest.title')}
      open
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button weight="danger" onClick={assign}>
            {say('interest.do')}
          </Button>
        </>
      }
    >
      <p>{say('interest.help', { name })}</p>
    </Modal>
  )
}

function Reason({ open }: { open: Missing }) {
  const [reason, setReason] = useState<CloseReason>('no_response')
  return (
    <Modal
      title={say('close.title', { count: open.ids.length })}
      open
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button weight="primary" onClick={() => retry(open, { closeReason: reason })}>
            {say('close.do', { count: open.ids.length })}
          </Button>
        </>
      }
    >
      <SelectField
        label={say('close.reason')}
        help={say('close.help')}
        value={reason}
        onChange={(event) => setReason(event.target.value as CloseReason)}
        options={closeReasons.map((value) => ({ value, label: say(`close.${value}`) }))}
      />
    </Modal>
  )
}

function RequiredFields({ open }: { open: Missing }) {
  const fields = useFields().filter(({ key }) => open.fields.includes(key))
  const [values, setValues] = useState<Record<string, string>>({})
  const set = (key: string, value: string) => setValues((now) => ({ ...now, [key]: value }))
  const complete = fields.every(({ key }) => values[key]?.trim())
  const asValues = () =>
    Object.fromEntries(
      fields.map(({ key, type }) => {
        const text = values[key] ?? ''
        if (type === 'number') return [key, Number(text)]
        return [key, type === 'multi_select' ? [text] : type === 'checkbox' ? text === 'true' : text]
      }),
    )
  return (
    <Modal
      title={say('missing.title')}
      open
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={!complete} onClick={() => retry(open, { fields: asValues() })}>
            {open.patch.status === 'resolved' ? say('missing.resolve') : say('action.save')}
          </Button>
        </>
      }
    >
      <p>{say('missing.help')}</p>
      {fields.map((field) => {
        const options = field.type === 'checkbox' ? ['true'] : field.options
        return options.length > 0 ? (
          <SelectField
            key={field.key}
            label={field.label}
            help={field.help ?? undefined}
            value={values[field.key] ?? ''}
            onChange={(event) => set(field.key, event.target.value)}
            options={[
              { value: '', label: say('value.choose') },
              ...options.map((value) => ({ value, label: value === 'true' ? say('value.yes') : value })),
            ]}
          />
        ) : (
          <TextField
            key={field.key}
            label={field.label}
            help={field.help ?? undefined}
            type={field.type === 'number' || field.type === 'date' ? field.type : 'text'}
            value={values[field.key] ?? ''}
            onChange={(event) => set(field.key, event.target.value)}
          />
        )
      })}
    </Modal>
  )
}
