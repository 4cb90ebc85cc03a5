// A person's rights in their data: giving it out, keeping it because the law says so, and erasing it.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Person } from '../../../src/api/contract/desk.ts'
import type { ErasurePreview, HoldList } from '../../../src/api/contract/privacy.ts'
import { Button } from '../../parts/Button.tsx'
import { HoldDialog } from '../../parts/HoldDialog.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { attempt } from '../saving.ts'
import { EraseDialog } from './EraseDialog.tsx'

/** A download cannot ask who is there, so that comes first. */
const takeOut = (id: number) =>
  attempt(
    () => call('POST', `/people/${id}/data`),
    say('privacy.exporting'),
    () => location.assign(`/api/v1/people/${id}/data.zip`),
  )

export function PersonPrivacy({ person }: { person: Person }) {
  return useMay('privacy.write') ? <Known person={person} /> : null
}

function Known({ person }: { person: Person }) {
  const { data: held } = useQuery({
    queryKey: ['holds', 'people', person.id],
    queryFn: () => call<HoldList>('GET', `/people/${person.id}/holds`),
  })
  const { data: shown } = useQuery({
    queryKey: ['erasures', person.id, 'state'],
    queryFn: () =>
      call<ErasurePreview>('GET', `/people/${person.id}/erasure`, { query: { counts: 'false' } }),
    // While it is worked on nobody has to ask how far it is.
    refetchInterval: ({ state }) => (state.data?.erasure?.finishedAt === null ? 2_000 : false),
  })
  const [open, setOpen] = useState<'hold' | 'erase' | null>(null)
  const holds = held?.items ?? []
  const own = holds.find(({ personId }) => personId === person.id) ?? null
  const erasure = shown?.erasure ?? null
  // From the moment it is asked for there is nothing to give out or to keep that would be whole.
  const isGone =
    erasure !== null && person.email === '' && (erasure.finishedAt === null || shown?.isLeft === false)
  return (
    <section aria-label={say('privacy.title')}>
      <h3>{say('privacy.title')}</h3>
      {holds.map(({ id, ticketId, name, reason, setBy, setAt }) => (
        <p key={id}>
          <strong>
            {ticketId === null
              ? say('privacy.held')
              : say('privacy.ticketHeld', { id: String(ticketId), name })}
          </strong>{' '}
          {reason}{' '}
          <span className={styles['muted']}>
            {say('hold.by', { name: setBy.name, when: dayAndTime(setAt) })}
          </span>
        </p>
      ))}
      {erasure !== null && (
        <p role="status">
          {erasure.finishedAt === null
            ? say('privacy.erasing', { done: erasure.done, total: erasure.total })
            : say('privacy.erased', { name: erasure.by, when: dayAndTime(erasure.finishedAt) })}
        </p>
      )}
      {erasure !== null && erasure.failure !== null && (
        <p role="alert">{say('privacy.failing', { reason: erasure.failure })}</p>
      )}
      {!isGone && (
        <p className={styles['buttons']}>
          <Button onClick={() => void takeOut(person.id)}>{say('privacy.export')}</Button>
          <Button onClick={() => setOpen('hold')}>
            {say(own === null ? 'privacy.hold' : 'privacy.changeHold')}
          </Button>
          <Button weight="danger" disabled={shown === undefined} onClick={() => setOpen('erase')}>
            {say('privacy.erase')}
          </Button>
        </p>
      )}
      {open === 'hold' && <HoldDialog on="people" id={person.id} hold={own} onClose={() => setOpen(null)} />}
      {open === 'erase' && <EraseDialog person={person} onClose={() => setOpen(null)} />}
    </section>
  )
}
