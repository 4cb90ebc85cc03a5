// Erasing a person: first what would go, in numbers, and what stands in the way; then the word for it, with their name typed.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { Person } from '../../../src/api/contract/desk.ts'
import type { ErasureBody, ErasurePreview } from '../../../src/api/contract/privacy.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say, sayName } from '../../words/say.ts'
import styles from '../admin.module.css'
import { useSave } from '../saving.ts'

type Props = { person: Person; onClose: () => void }

const counted = [
  'tickets',
  'otherTickets',
  'messages',
  'files',
  'mails',
  'heldMails',
  'chats',
  'comments',
  'addresses',
] as const

export function EraseDialog({ person, onClose }: Props) {
  const query = useQuery({
    queryKey: ['erasures', person.id, 'counts'],
    queryFn: () => call<ErasurePreview>('GET', `/people/${person.id}/erasure`),
  })
  const { save, busy, general } = useSave(() => {
    void client.invalidateQueries({ queryKey: ['erasures'] })
    void client.invalidateQueries({ queryKey: ['person'] })
    onClose()
  })
  const [typed, setTyped] = useState('')
  const called = person.name || person.email || String(person.id)
  const preview = query.data
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (preview === undefined) return
    const { tickets = 0, otherTickets = 0 } = preview
    const body: ErasureBody = { tickets, otherTickets }
    void save(() => call('POST', `/people/${person.id}/erasure`, { body }), say('privacy.asked'))
  }
  const mayErase = preview?.hindrance === null && typed.trim() === called.trim()
  return (
    <Modal
      title={say('privacy.eraseTitle', { name: called })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="danger" type="submit" form="erase" disabled={busy || !mayErase}>
            {say('privacy.eraseNow')}
          </Button>
        </>
      }
    >
      <FormProblem text={general} />
      <Arrived query={query} rows={4} height={28}>
        {(shown) => (
          <>
            <p>{say('privacy.goes')}</p>
            <dl className={styles['counts']}>
              {counted
                .map((key) => [key, shown[key] ?? 0] as const)
                .filter(([, count]) => count > 0)
                .map(([key, count]) => (
                  <div key={key}>
                    <dt>{sayName('privacyCount', key)}</dt>
                    <dd>{number(count)}</dd>
                  </div>
                ))}
            </dl>
            <p>{say('privacy.stays')}</p>
            {shown.hindrance !== null && (
              <FormProblem
                text={[
                  sayName('privacyHindrance', shown.hindrance),
                  ...shown.holds.map(({ reason, setBy }) => `“${reason}” (${setBy.name})`),
                ].join(' ')}
              />
            )}
          </>
        )}
      </Arrived>
      <form id="erase" className={styles['apart']} onSubmit={submit}>
        <TextField
          label={say('privacy.typeName', { name: called })}
          name="typed"
          autoComplete="off"
          disabled={preview === undefined || preview.hindrance !== null}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
    </Modal>
  )
}
