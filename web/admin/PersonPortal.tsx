// How a person comes to their tickets at the portal: who is signed in for them, whether they read their organisation's, and an end to it.
import { useQuery } from '@tanstack/react-query'

import type { Person, PortalAccess } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField } from '../parts/Form.tsx'
import { dayAndTime } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { useMay } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { attempt } from './saving.ts'

export function PersonPortal({ person }: { person: Person }) {
  const key = ['person', person.id, 'portal']
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => call<PortalAccess>('GET', `/people/${person.id}/portal`),
  })
  const mayMake = useMay('people.managers')
  if (!data) return null
  const { sessions, lastSeenAt, manages } = data
  const change = (work: () => Promise<unknown>, done: string) =>
    void attempt(work, done, () => void client.invalidateQueries({ queryKey: key }))
  const seen =
    lastSeenAt === null
      ? say('portal.nobody')
      : say('portal.sessions', { count: sessions, when: dayAndTime(lastSeenAt) })
  return (
    <section aria-label={say('portal.title')}>
      <h3>{say('portal.title')}</h3>
      <p className={styles['muted']}>{seen}</p>
      {person.organization && (
        <CheckField
          label={say('portal.manages')}
          help={say('portal.managesHelp', { name: person.organization.name })}
          checked={manages}
          disabled={!mayMake}
          onChange={(event) => {
            const body = { manages: event.target.checked }
            change(
              () => call('PUT', `/people/${person.id}/manager`, { body }),
              say('admin.saved', { name: person.name || person.email }),
            )
          }}
        />
      )}
      <p className={styles['buttons']}>
        <Button
          onClick={() => change(() => call('DELETE', `/people/${person.id}/portal`), say('portal.revoked'))}
        >
          {say('portal.revoke')}
        </Button>
        <span className={styles['muted']}>{say('portal.revokeHelp')}</span>
      </p>
    </section>
  )
}
