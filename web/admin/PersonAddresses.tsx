// The addresses of one person: mail from any of them is theirs, and mail to them goes to the first.
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'

import type { NewAddress, Person } from '../../src/api/contract/desk.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { call, CallFailed } from '../wire/call.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { Duplicates, JoinDialog, Joins } from './JoinPeople.tsx'
import { useSave } from './saving.ts'

type Props = {
  person: Person
  /** They are somebody else now: what a form shows of them is old. */
  onJoined: (person: Person) => void
}

export function PersonAddresses({ person, onJoined }: Props) {
  const [now, setNow] = useState(person)
  const [joining, setJoining] = useState<number | null>(null)
  const [owner, setOwner] = useState<number | null>(null)
  const { emails } = now
  const { save, busy, errors, general } = useSave(() => {})
  const change = (method: 'POST' | 'DELETE', path: string, body?: NewAddress) =>
    save(async () => {
      setOwner(null)
      try {
        setNow(await call<Person>(method, `/people/${person.id}/addresses${path}`, { body }))
      } catch (error) {
        if (error instanceof CallFailed) setOwner(Number(error.problem['ownerId']) || null)
        throw error
      }
    }, say('people.addressesSaved'))
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    await change('POST', '', { email: String(new FormData(event.currentTarget).get('email')) })
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
        <p className={styles['buttons']}>
          <Button type="submit" disabled={busy}>
            {say('action.add')}
          </Button>
          {owner !== null && <Button onClick={() => setJoining(owner)}>{say('join.open')}</Button>}
        </p>
      </form>
      <Duplicates person={now} onJoin={setJoining} />
      <Joins person={now} onDone={onJoined} />
      {joining !== null && (
        <JoinDialog
          personId={person.id}
          otherId={joining}
          onClose={() => setJoining(null)}
          onDone={onJoined}
        />
      )}
    </section>
  )
}
