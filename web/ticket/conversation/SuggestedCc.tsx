// People whom an unproven mail names beside us: only an agent makes them readers, one by one or all at once.
import { useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import { Button } from '../../parts/Button.tsx'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { command } from '../../wire/actions.ts'
import { reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import styles from './message.module.css'

export function SuggestedCc({ people, ticketId }: { people: Message['suggestedCc']; ticketId: number }) {
  const [busy, setBusy] = useState(false)
  const add = async (emails: readonly string[]) => {
    setBusy(true)
    try {
      for (const email of emails)
        await command(`/tickets/${ticketId}/participants`, 'POST', { role: 'cc', email })
    } catch (error) {
      notify({ kind: 'error', title: say('people.addFailed'), detail: reasonOf(error) })
    }
    setBusy(false)
    void client.invalidateQueries({ queryKey: ['messages', ticketId] })
  }
  return (
    <div className={styles['suggested']} role="group" aria-label={say('suggest.cc')}>
      <span>{say('suggest.cc')}</span>
      <ul>
        {people.map(({ name, email }) => (
          <li key={email}>
            <bdi title={name === '' ? undefined : name}>{email}</bdi>
            <Button
              weight="quiet"
              disabled={busy}
              aria-label={say('suggest.addOne', { email })}
              onClick={() => void add([email])}
            >
              {say('suggest.add')}
            </Button>
          </li>
        ))}
      </ul>
      {people.length > 1 && (
        <Button weight="quiet" disabled={busy} onClick={() => void add(people.map(({ email }) => email))}>
          {say('suggest.addAll', { count: people.length })}
        </Button>
      )}
    </div>
  )
}
