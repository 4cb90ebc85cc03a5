// Signing in by the company's own provider: which there are, what its groups lead to, and where its directory writes.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { IdentityProvider } from '../../../src/api/contract/providers.ts'
import { Button } from '../../parts/Button.tsx'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { Loaded, Page } from '../Page.tsx'
import { Copied } from '../Copied.tsx'
import parts from '../parts.module.css'
import { AddProvider } from './AddProvider.tsx'
import { providersKey } from './draft.ts'
import { Groups } from './Groups.tsx'

export function Providers() {
  const query = useQuery({
    queryKey: providersKey,
    queryFn: () => call<{ items: IdentityProvider[] }>('GET', '/identity-providers'),
  })
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={say('admin.providers')}
      about={say('providers.about')}
      changesOf="identity_provider,group_access"
      action={
        <Button weight="primary" onClick={() => setAdding(true)}>
          {say('providers.add')}
        </Button>
      }
    >
      <Loaded
        query={query}
        height={40}
        empty={{ title: say('providers.none'), help: say('providers.noneHelp') }}
      >
        {(items) => (
          <ul className={parts['keys']} aria-label={say('admin.providers')}>
            {items.map((provider) => (
              <li key={provider.id}>
                <Link
                  className={styles['strong']}
                  to={'/admin/providers/$providerId' as '/admin'}
                  params={{ providerId: String(provider.id) } as never}
                >
                  {provider.name}
                </Link>
                <span>
                  {say(`providers.kind.${provider.kind}`)} ·{' '}
                  {say(provider.isOn ? 'providers.isOn' : 'providers.isOff')} ·{' '}
                  {say('providers.people', { count: provider.people })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <Groups />
      <section className={parts['part']}>
        <h2>{say('providers.directory')}</h2>
        <p>{say('providers.directoryHelp')}</p>
        <Copied text={`${location.origin}/scim/v2`} />
        <p>
          <Link to={'/admin/tokens' as '/admin'}>{say('providers.directoryToken')}</Link>
        </p>
      </section>
      {adding && <AddProvider onClose={() => setAdding(false)} />}
    </Page>
  )
}
