// A ticket on behalf of a customer, say after a phone call. Known people are offered while their address is typed.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { NewTicket as Body, Priority, Ticket } from '../../src/api/contract/tickets.ts'
import { priorities, type Channel } from '../../src/tickets/vocabulary.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, SelectField, TextArea, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { offered } from '../parts/offered.ts'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import { call, CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { findPeople, useTeams } from '../wire/desk.ts'
import { soonReadCounts } from '../wire/live.ts'
import { keepTicket } from '../wire/tickets.ts'
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

export function NewTicket({ onClose }: { onClose: () => void }) {
  const [address, setAddress] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const teams = useTeams().filter(({ archived }) => !archived)
  const navigate = useNavigate()
  const { data: people } = useQuery({
    queryKey: ['people', address],
    queryFn: ({ signal }) => findPeople(address, signal),
    enabled: address.length > 1,
    placeholderData: (last) => last,
  })
  const known = people?.items.find(({ emails, email }) => email === address || emails.includes(address))
  const errors = fieldErrors(failure)
  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    try {
      const ticket = await call<Ticket>('POST', '/tickets', {
        body: bodyOf(new FormData(event.currentTarget), address),
      })
      keepTicket(ticket)
      soonReadCounts()
      notify({ title: say('done.created', { id: ticket.id }) })
      onClose()
      void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: String(ticket.id) } })
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const general =
    failure && !(failure instanceof CallFailed && failure.problem.errors?.length) ? reasonOf(failure) : null
  return (
    <Modal
      title={say('newTicket.title')}
      open
      onClose={onClose}
      shape="wide"
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="new-ticket" disabled={busy}>
            {say('newTicket.create')}
          </Button>
        </>
      }
    >
      <form id="new-ticket" onSubmit={(event) => void create(event)}>
        <FormProblem text={general} />
        <div className={styles['pair']}>
          <TextField
            label={say('newTicket.email')}
            inputMode="email"
            list="known-people"
            required
            autoComplete="off"
            value={address}
            onChange={(event) => setAddress(event.target.value.trim())}
            error={errors['requester.email']}
          />
          <TextField
            key={known?.id ?? 'new'}
            label={say('newTicket.name')}
            name="name"
            defaultValue={known?.name ?? ''}
            error={errors['requester.name']}
          />
          <datalist id="known-people">
            {people?.items.map(({ id, name, email }) => (
              <option key={id} value={email}>
                {name}
              </option>
            ))}
          </datalist>
        </div>
        <TextField
          label={say('newTicket.subject')}
          name="subject"
          required
          maxLength={500}
          error={errors['subject']}
        />
        <TextArea
          label={say('newTicket.body')}
          name="body"
          rows={7}
          required
          error={errors['body']}
          help={say('newTicket.bodyHelp')}
        />
        <div className={styles['three']}>
          <SelectField
            label={say('newTicket.channel')}
            name="channel"
            options={heardOn.map((value) => ({ value, label: say(`channel.${value}`) }))}
          />
          <SelectField
            label={say('property.priority')}
            name="priority"
            defaultValue="normal"
            options={priorities.map((value) => ({ value, label: say(`priority.${value}`) }))}
          />
          <SelectField
            label={say('property.team')}
            name="team"
            options={[
              { value: '', label: say('team.none') },
              ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
        </div>
      </form>
    </Modal>
  )
}

function bodyOf(form: FormData, email: string): Body {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const team = text('team')
  const name = text('name')
  return {
    subject: text('subject'),
    body: text('body'),
    bodyFormat: 'text',
    requester: { email, ...(name ? { name } : {}) },
    priority: text('priority') as Priority,
    channel: text('channel') as Channel,
    ...(team ? { team: Number(team) } : {}),
  }
}
