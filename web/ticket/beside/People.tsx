// Who else takes part in a ticket: cc get every reply, followers are agents who watch.
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'

import type { NewParticipant, Participant, Ticket } from '../../../src/api/contract/tickets.ts'
import { Button, IconButton } from '../../parts/Button.tsx'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { command } from '../../wire/actions.ts'
import { reasonOf } from '../../wire/call.ts'
import { brakesQuery, endBrake } from '../../wire/alerts.ts'
import { useMay, useMe } from '../../wire/session.ts'
import styles from './context.module.css'
import { Card } from './Card.tsx'

/** Automatic mail that was stopped here, or to somebody who takes part; whoever may lets it go on. */
function Brakes({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(brakesQuery(ticket))
  const may = useMay('outbox.retry')
  const end = (id: number) =>
    endBrake(id).then(
      () => notify({ kind: 'done', title: say('brake.ended') }),
      (error: unknown) => notify({ kind: 'error', title: say('brake.failed'), detail: reasonOf(error) }),
    )
  return data?.items.map(({ id, email }) => (
    <p key={id} className={styles['brake']}>
      {email === null ? say('brake.ticket') : say('brake.address', { address: email })}
      {may && (
        <Button weight="quiet" onClick={() => void end(id)}>
          {say('brake.end')}
        </Button>
      )}
    </p>
  ))
}

export function People({ ticket }: { ticket: Ticket }) {
  const me = useMe()
  const mayChange = useMay('ticket.update')
  const [adding, setAdding] = useState(false)
  const following = ticket.participants.some(({ id, role }) => id === me.id && role === 'follower')
  const add = async (body: NewParticipant) => {
    try {
      await command(`/tickets/${ticket.id}/participants`, 'POST', body)
      setAdding(false)
    } catch (error) {
      notify({ kind: 'error', title: say('people.addFailed'), detail: reasonOf(error) })
    }
  }
  const remove = async ({ id, name, role }: Participant) => {
    try {
      await command(`/tickets/${ticket.id}/participants/${id}?role=${role}`, 'DELETE')
    } catch (error) {
      notify({ kind: 'error', title: say('people.removeFailed', { name }), detail: reasonOf(error) })
    }
  }
  return (
    <Card name="people">
      <Brakes ticket={ticket} />
      <ul className={styles['rows']}>
        {ticket.participants.map((person) => (
          <li key={`${person.role} ${person.id}`} className={styles['person']}>
            <span className={styles['subject']} title={person.email}>
              {person.name || person.email}
            </span>
            <span className={styles['muted']}>{say(`role.${person.role}`)}</span>
            {mayChange && (
              <IconButton
                label={say('people.remove', { name: person.name || person.email })}
                onClick={() => void remove(person)}
              >
                <X size={12} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {!mayChange ? null : adding ? (
        <form
          className={styles['add']}
          onSubmit={(event) => {
            event.preventDefault()
            void add({ role: 'cc', email: String(new FormData(event.currentTarget).get('email')) })
          }}
        >
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the agent has just asked for this box */}
          <input
            inputMode="email"
            name="email"
            required
            autoFocus
            aria-label={say('readers.addCc')}
            placeholder={say('readers.addCc')}
          />
          <Button type="submit">{say('action.add')}</Button>
        </form>
      ) : (
        <p className={styles['actions']}>
          <Button weight="quiet" onClick={() => setAdding(true)}>
            {say('people.addCc')}
          </Button>
          {!following && (
            <Button weight="quiet" onClick={() => void add({ role: 'follower', personId: me.id })}>
              {say('people.follow')}
            </Button>
          )}
        </p>
      )}
    </Card>
  )
}
