// Where one's own account can be signed in to besides here: joined, and parted again.
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import type { Identities as Found } from '../../src/api/contract/providers.ts'
import { Button } from '../parts/Button.tsx'
import { dayAndTime } from '../parts/time.ts'
import { notify } from '../state/toasts.ts'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { goToProvider, signInProblemIn, signInProvidersQuery } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { attempt } from './attempt.ts'
import styles from './account.module.css'

const identitiesKey = ['account', 'identities']

export function Identities() {
  const { data: ways } = useQuery(signInProvidersQuery)
  const { data } = useQuery({
    queryKey: identitiesKey,
    queryFn: () => call<Found>('GET', '/account/identities'),
  })
  useEffect(tellProblem, [])
  if (!ways || !data || (ways.items.length === 0 && data.items.length === 0)) return null
  const joined = new Set(data.items.map(({ provider }) => provider.id))
  const part = (id: number, name: string) =>
    attempt(
      async () => {
        await call('DELETE', `/account/identities/${id}`)
        await client.invalidateQueries({ queryKey: ['account'] })
      },
      say('identities.parted', { name }),
    )
  return (
    <section className={styles['section']}>
      <h2>{say('identities.title')}</h2>
      <p className={styles['lead']}>{say('identities.lead')}</p>
      <ul className={styles['list']} aria-label={say('identities.title')}>
        {data.items.map(({ provider: { id, name }, email, since }) => (
          <li key={id}>
            <div>
              <strong>{name}</strong>
              <p>
                {email} · {say('identities.since', { when: dayAndTime(since) })}
              </p>
            </div>
            <Button
              weight="quiet"
              aria-label={say('identities.partOne', { name })}
              onClick={() => void part(id, name)}
            >
              {say('identities.part')}
            </Button>
          </li>
        ))}
      </ul>
      {ways.items
        .filter(({ id }) => !joined.has(id))
        .map(({ id, name }) => (
          <Button key={id} onClick={() => void attempt(() => goToProvider(id, 'link'), null)}>
            {say('identities.join', { name })}
          </Button>
        ))}
    </section>
  )
}

/** What became of it stands in the address that one came back to. */
function tellProblem(): void {
  const problem = signInProblemIn(new URLSearchParams(location.search).get('problem'))
  if (problem !== null)
    notify({ kind: 'error', title: say('account.failed'), detail: say(`signInProblem.${problem}`) })
}
