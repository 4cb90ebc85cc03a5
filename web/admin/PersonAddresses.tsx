// The addresses of one person: mail from any of them is theirs, and mail to them goes to the first.
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'

import type { NewAddress, Person } from '../../src/api/contract/desk.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { useSave } from './saving.ts'

export function PersonAddresses({ person }: { person: Person }) {
  const [{ emails }, setNow] = useState(person)
  const { save, busy, errors, general } = useSave(() => {})
  const change = (method: 'POST' | 'DELETE', path: string, body?: NewAddress) =>
    save(
      async () => setNow(await call<Person>(method, `/people/${person.id}/addresses${path}`, { body })),
      say('people.addressesSaved'),
    )
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    await change('POST', '', { email: String(new FormData(form).get('email')) })
    form.reset()
  }
  const [primary, ...others] = emails
  return (
    <section aria-label={say('people.addresses')}>
      <h3>{say('people.addresses')}</h3>
      <FormProblem text={general} />
      <ul className={styles['addresses']}>
        <li>
          <span>{primary}</span>
          <span className={styles['muted']}>{say('people.mailGoesHere')}</span>
        </li>
        {others.map((email) => (
          <li key={email}>
            <span>{email}</span>
            <Button
              weight="quiet"
              disabled={busy}
              onClick={() => void change('POST', `/${encodeURIComponent(email)}/primary`)}
            >
              {say('people.sendHere')}
            </Button>
            <IconButton
              label={say('people.removeAddress', { email })}
              disabled={busy}
              onClick={() => void change('DELETE', `/${encodeURIComponent(email)}`)}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void add(event)}>
        <TextField
          label={say('people.anotherAddress')}
          name="email"
          inputMode="email"
          required
          help={say('people.anotherAddressHelp')}
          error={errors['email']}
        />
        <Button type="submit" disabled={busy}>
          {say('action.add')}
        </Button>
      </form>
    </section>
  )
}
