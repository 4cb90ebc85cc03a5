// A ticket that begins here: a mail to a customer, or what one of them said, say on the phone. What was written survives closing.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, Suspense, useRef, useState } from 'react'

import type { NewTicket as Body, Ticket } from '../../src/api/contract/tickets.ts'
import { unresolved } from '../../src/api/contract/variables.ts'
import { Editor } from '../editor/lazy.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import { useNothingLeaves } from '../wire/alerts.ts'
import { call, CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { findPeople, useFields } from '../wire/desk.ts'
import { soonReadCounts } from '../wire/live.ts'
import { useMay } from '../wire/session.ts'
import { keepTicket } from '../wire/tickets.ts'
import { bodyOf, type Direction } from './body-of.ts'
import styles from './new-ticket.module.css'
import { Properties } from './Properties.tsx'
import { useTemplates } from './useTemplates.ts'

/** What was written and not sent, for as long as the page lives. */
const nothing = { direction: 'outbound' as Direction, address: '', name: '', subject: '', cc: '', text: '' }
let kept = nothing

export function NewTicket({ onClose }: { onClose: () => void }) {
  const mayWrite = useMay('ticket.reply')
  const [now, setNow] = useState(kept)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const fields = useFields().filter(({ archived }) => !archived)
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const { address, subject, cc, text } = now
  const direction = mayWrite ? now.direction : 'inbound'
  const isWriting = direction === 'outbound'
  const isKept = useNothingLeaves() && isWriting
  const set = (change: Partial<typeof nothing>) => {
    kept = { ...kept, ...change }
    setNow(kept)
  }
  const { data: people } = useQuery({
    queryKey: ['people', address],
    queryFn: ({ signal }) => findPeople(address, signal),
    enabled: address.length > 1,
    placeholderData: (last) => last,
  })
  const known = people?.items.find(({ emails, email }) => email === address || emails.includes(address))
  const name = now.name || (known?.name ?? '')
  const suggestions = useTemplates({ name, address, subject })
  const missing = isWriting ? unresolved(text) : []
  const errors = fieldErrors(failure)
  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setBusy(true)
    try {
      const body: Body = bodyOf(new FormData(event.currentTarget), { ...now, name, direction, fields })
      const ticket = await call<Ticket>('POST', '/tickets', { body })
      keepTicket(ticket)
      soonReadCounts()
      notify({
        title: say(isKept ? 'done.writtenKept' : isWriting ? 'done.written' : 'done.created', {
          id: ticket.id,
        }),
      })
      kept = nothing
      onClose()
      void navigate({ to: '/inbox/$view/$ticketId', params: { view: 'all', ticketId: String(ticket.id) } })
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const general =
    failure && !(failure instanceof CallFailed && failure.problem.errors?.length) ? reasonOf(failure) : null
  const label = say(isWriting ? 'newTicket.message' : 'newTicket.body')
  return (
    <Modal
      title={say('newTicket.title')}
      open
      onClose={onClose}
      shape="wide"
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button
            weight="primary"
            type="submit"
            form="new-ticket"
            disabled={busy || text === '' || missing.length > 0}
          >
            {say(isWriting ? 'newTicket.send' : 'newTicket.create')}
          </Button>
        </>
      }
    >
      <form id="new-ticket" ref={form} onSubmit={(event) => void create(event)}>
        <FormProblem text={general ?? errors['body'] ?? null} />
        {mayWrite && (
          <div className={styles['ways']} role="group" aria-label={say('newTicket.way')}>
            {(['outbound', 'inbound'] as const).map((way) => (
              <button
                key={way}
                type="button"
                aria-pressed={direction === way}
                onClick={() => set({ direction: way })}
              >
                {say(`newTicket.${way}`)}
              </button>
            ))}
          </div>
        )}
        <div className={styles['pair']}>
          <TextField
            label={say('newTicket.email')}
            inputMode="email"
            list="known-people"
            required
            autoComplete="off"
            value={address}
            onChange={(event) => set({ address: event.target.value.trim() })}
            error={errors['requester.email']}
          />
          <TextField
            label={say('newTicket.name')}
            value={name}
            onChange={(event) => set({ name: event.target.value })}
            error={errors['requester.name']}
          />
          <datalist id="known-people">
            {people?.items.map(({ id, name: called, email }) => (
              <option key={id} value={email}>
                {called}
              </option>
            ))}
          </datalist>
        </div>
        {isWriting && (
          <TextField
            label={say('newTicket.cc')}
            help={say('newTicket.ccHelp')}
            value={cc}
            onChange={(event) => set({ cc: event.target.value })}
            error={errors['cc']}
          />
        )}
        <TextField
          label={say('newTicket.subject')}
          required
          maxLength={500}
          value={subject}
          onChange={(event) => set({ subject: event.target.value })}
          error={errors['subject']}
        />
        <p className={styles['label']}>{label}</p>
        <div className={styles['editor']}>
          <Suspense>
            <Editor
              label={label}
              placeholder={isWriting ? say('newTicket.messageHint') : say('newTicket.bodyHelp')}
              html={text}
              suggestions={suggestions}
              urlOf={() => ''}
              onChange={(html) => set({ text: html })}
              onKey={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false
                form.current?.requestSubmit()
                event.preventDefault()
                return true
              }}
            />
          </Suspense>
        </div>
        {missing.map((variable) => (
          <p key={variable} className={styles['missing']} role="alert">
            {say('guard.variable', { name: variable })}
          </p>
        ))}
        {isKept && <p className={styles['missing']}>{say('guard.nothingLeaves')}</p>}
        <Properties direction={direction} fields={fields} errors={errors} />
      </form>
    </Modal>
  )
}
