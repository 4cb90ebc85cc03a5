// Signing in by the company's own provider: which there are, what its groups lead to, and where its directory writes.
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { IdentityProvider, NewIdentityProvider } from '../../../src/api/contract/providers.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { Loaded, Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import { Copied } from '../Copied.tsx'
import parts from '../parts.module.css'
import { Groups } from './Groups.tsx'

export const providersKey = ['identity-providers'] as const

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
      {adding && <Adding onClose={() => setAdding(false)} />}
    </Page>
  )
}

function Adding({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const { save, busy, errors, general } = useSave(
    () => void client.invalidateQueries({ queryKey: providersKey }),
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const secret = text('clientSecret')
    const body: NewIdentityProvider = {
      name: text('name'),
      issuer: text('issuer'),
      clientId: text('clientId'),
      ...(secret === '' ? {} : { clientSecret: secret }),
    }
    const work = async () => {
      const made = await call<IdentityProvider>('POST', '/identity-providers', { body })
      await navigate({
        to: '/admin/providers/$providerId' as '/admin',
        params: { providerId: String(made.id) } as never,
      })
    }
    void save(work, say('admin.added', { name: body.name }))
  }
  return (
    <Modal title={say('providers.add')} open onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          help={say('providers.nameHelp')}
          name="name"
          required
          autoFocus
          error={errors['name']}
        />
        <TextField
          label={say('providers.issuer')}
          help={say('providers.issuerHelp')}
          name="issuer"
          type="url"
          required
          placeholder="https://login.example.com"
          error={errors['issuer']}
        />
        <TextField
          label={say('providers.clientId')}
          name="clientId"
          required
          autoComplete="off"
          error={errors['clientId']}
        />
        <TextField
          label={say('providers.clientSecret')}
          name="clientSecret"
          type="password"
          autoComplete="new-password"
          error={errors['clientSecret']}
        />
        <Button weight="primary" type="submit" disabled={busy}>
          {say('providers.add')}
        </Button>
      </form>
    </Modal>
  )
}
