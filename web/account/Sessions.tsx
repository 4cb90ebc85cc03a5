// Where one is signed in: by device, with signing out there, or everywhere but here.
import { useQuery } from '@tanstack/react-query'

import type { OpenSession } from '../../src/api/contract/account.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { Age } from '../parts/Marks.tsx'
import { dayAndTime } from '../parts/time.ts'
import { sessionsQuery } from '../wire/account.ts'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say } from '../words/say.ts'
import { attempt } from './attempt.ts'
import styles from './account.module.css'

const reload = () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey })

export function Sessions() {
  const query = useQuery(sessionsQuery)
  const endOthers = () =>
    attempt(() => call('DELETE', '/account/sessions').then(reload), say('sessions.ended'))
  return (
    <section className={styles['section']} id="sessions">
      <h2>{say('sessions.title')}</h2>
      <Arrived query={query} rows={2} height={48}>
        {({ items }) => (
          <>
            <ul className={styles['list']} aria-label={say('sessions.title')}>
              {items.map((session) => (
                <One key={session.id} session={session} />
              ))}
            </ul>
            {items.length > 1 && (
              <Button onClick={() => void endOthers()}>{say('sessions.endOthers')}</Button>
            )}
          </>
        )}
      </Arrived>
    </section>
  )
}

function One({ session }: { session: OpenSession }) {
  const { id, browser, system, address, firstSeenAt, lastSeenAt, isThis } = session
  const device = [browser, system].filter(Boolean).join(' · ') || say('sessions.unknown')
  const end = () =>
    attempt(
      () => call('DELETE', `/account/sessions/${id}`).then(reload),
      say('sessions.endedOne', { device }),
    )
  return (
    <li>
      <div>
        <strong>{device}</strong>
        <p>
          {address} · {say('sessions.since', { when: dayAndTime(firstSeenAt) })}
        </p>
        <p>
          {isThis ? (
            <span className={styles['this']}>{say('sessions.this')}</span>
          ) : (
            <>
              {say('sessions.seen')} <Age at={lastSeenAt} />
            </>
          )}
        </p>
      </div>
      {!isThis && (
        <Button
          weight="quiet"
          aria-label={say('sessions.endOne', { device, address })}
          onClick={() => void end()}
        >
          {say('sessions.end')}
        </Button>
      )}
    </li>
  )
}
