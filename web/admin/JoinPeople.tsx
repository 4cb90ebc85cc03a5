// Joining two people who are one: what would become of them, which of two values is right, and taking them apart again.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { DuplicatePage, JoinBody, JoinPage, JoinPreview, Person } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { useSave } from './saving.ts'

type Field = JoinPreview['conflicts'][number]['field']
const labels = (): Record<Field, string> => ({
  name: say('field.name'),
  phone: say('people.phone'),
  language: say('people.language'),
  timeZone: say('settings.timeZone'),
  organization: say('people.organization'),
})
const called = ({ name, email }: Pick<Person, 'name' | 'email'>) => name || email

type Props = { personId: number; otherId: number; onClose: () => void; onDone: (person: Person) => void }

export function JoinDialog({ personId, otherId, onClose, onDone }: Props) {
  const path = `/people/${personId}/join`
  const { data, error } = useQuery({
    queryKey: ['join', personId, otherId],
    queryFn: () => call<JoinPreview>('GET', `${path}/${otherId}`),
    gcTime: 0,
  })
  const [take, setTake] = useState<readonly Field[]>([])
  const { save, busy, general } = useSave(() => {})
  if (data === undefined) return error === null ? null : <FormProblem text={error.message} />
  const { kept, gone, conflicts, refusal } = data
  const names = { name: called(kept), other: called(gone) }
  const join = () => {
    const body: JoinBody = { otherId, take: [...take] }
    return save(async () => onDone(await call<Person>('POST', path, { body })), say('join.done', names))
  }
  return (
    <Modal
      title={say('join.title', names)}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={busy || refusal !== null} onClick={() => void join()}>
            {say('join.do')}
          </Button>
        </>
      }
    >
      <FormProblem text={general ?? (refusal === null ? null : say(`join.refusal.${refusal}`))} />
      <p>{say('join.about', { ...names, count: gone.ticketCount ?? 0 })}</p>
      {conflicts.map(({ field, kept: mine, gone: theirs }) => (
        <fieldset key={field} className={styles['choice']}>
          <legend>
            {labels()[field]}: {say('join.same')}
          </legend>
          {[mine, theirs].map((value, index) => (
            <label key={value}>
              <input
                type="radio"
                name={field}
                checked={take.includes(field) === (index === 1)}
                onChange={() =>
                  setTake([...take.filter((each) => each !== field), ...(index === 1 ? [field] : [])])
                }
              />{' '}
              {value}
            </label>
          ))}
        </fieldset>
      ))}
    </Modal>
  )
}

/** Who was joined into a person of late, each to be taken apart again. */
export function Joins({ person, onDone }: { person: Person; onDone: (person: Person) => void }) {
  const { data, refetch } = useQuery({
    queryKey: ['joins', person.id, person.emails.length],
    queryFn: () => call<JoinPage>('GET', `/people/${person.id}/joins`),
  })
  const { save, busy, general } = useSave(() => void refetch())
  const undo = (id: number) =>
    save(
      async () => onDone(await call<Person>('POST', `/people/${person.id}/joins/${id}/undo`)),
      say('join.undone'),
    )
  return (
    <>
      <FormProblem text={general} />
      <ul className={styles['addresses']}>
        {data?.items.map(({ id, name }) => (
          <li key={id}>
            <span>{say('join.until', { name })}</span>
            <Button weight="quiet" disabled={busy} onClick={() => void undo(id)}>
              {say('join.undo', { name })}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Who may be one with a person, and why; `onJoin` leads to what would become of the two. */
export function Duplicates({ person, onJoin }: { person: Person; onJoin: (id: number) => void }) {
  const { data } = useQuery({
    queryKey: ['duplicates', person.id, person.emails.length],
    queryFn: () => call<DuplicatePage>('GET', `/people/${person.id}/duplicates`),
  })
  if (!data?.items.length) return null
  return (
    <section aria-label={say('duplicates')}>
      <h3>{say('duplicates')}</h3>
      <ul className={styles['addresses']}>
        {data.items.map((each) => (
          <li key={each.id}>
            <span>{[...new Set([called(each), each.email])].join(', ')}</span>
            <span className={styles['muted']}>{say(`duplicates.${each.reason}`)}</span>
            <Button weight="quiet" onClick={() => onJoin(each.id)}>
              {say('join.do')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
