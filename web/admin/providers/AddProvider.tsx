// A new provider of identity: how it is spoken with, and what the desk must know of it for that.
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'

import type { IdentityProvider, NewIdentityProvider } from '../../../src/api/contract/providers.ts'
import { providerKinds, type ProviderKind } from '../../../src/people/provider-kind.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { useSave } from '../saving.ts'
import { emptyDirectory, ldapIn, metadataIn, providersKey } from './draft.ts'
import { DirectoryFields } from './DirectoryFields.tsx'
import { MetadataFields } from './Metadata.tsx'

const nothing = {
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  metadata: '',
  metadataUrl: '',
  ...emptyDirectory,
}
type Draft = typeof nothing

function bodyOf(kind: ProviderKind, draft: Draft): NewIdentityProvider {
  const name = draft.name.trim()
  if (kind === 'saml') return { kind, name, ...metadataIn(draft) }
  const { issuer, clientId, clientSecret } = draft
  const secret = clientSecret === '' ? {} : { clientSecret }
  if (kind === 'ldap') return { kind, name, ...secret, ldap: ldapIn(draft) }
  return { kind, name, issuer, clientId, ...secret }
}

export function AddProvider({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  const [kind, setKind] = useState<ProviderKind>('oidc')
  const [draft, setDraft] = useState(nothing)
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const { save, busy, errors, general, failure } = useSave(
    () => void client.invalidateQueries({ queryKey: providersKey }),
  )
  const form = useRef<HTMLFormElement>(null)
  // A long form scrolls: what is wrong is brought to whoever pressed the button at its end.
  useEffect(() => {
    if (failure !== null) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [failure])
  const text = (key: 'name' | 'issuer' | 'clientId' | 'clientSecret') => ({
    value: draft[key],
    error: errors[key],
    onChange: (event: { target: { value: string } }) => change({ [key]: event.target.value }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const work = async () => {
      const made = await call<IdentityProvider>('POST', '/identity-providers', { body: bodyOf(kind, draft) })
      await navigate({
        to: '/admin/providers/$providerId' as '/admin',
        params: { providerId: String(made.id) } as never,
      })
    }
    void save(work, say('admin.added', { name: draft.name.trim() }))
  }
  return (
    <Modal title={say('providers.add')} open onClose={onClose}>
      <form className={styles['form']} onSubmit={submit} ref={form}>
        <FormProblem text={general} />
        <SelectField
          label={say('providers.kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value as ProviderKind)}
          options={providerKinds.map((each) => ({ value: each, label: say(`providers.kind.${each}`) }))}
        />
        <TextField
          label={say('field.name')}
          help={say(kind === 'ldap' ? 'directory.nameHelp' : 'providers.nameHelp')}
          required
          autoFocus
          {...text('name')}
        />
        {kind === 'ldap' ? (
          <DirectoryFields draft={draft} hasSecret={false} errors={errors} onChange={change} />
        ) : kind === 'saml' ? (
          <MetadataFields given={draft} errors={errors} onChange={change} />
        ) : (
          <>
            <TextField
              label={say('providers.issuer')}
              help={say('providers.issuerHelp')}
              type="url"
              required
              placeholder="https://login.example.com"
              {...text('issuer')}
            />
            <TextField label={say('providers.clientId')} required autoComplete="off" {...text('clientId')} />
            <TextField
              label={say('providers.clientSecret')}
              type="password"
              autoComplete="new-password"
              {...text('clientSecret')}
            />
          </>
        )}
        <Button weight="primary" type="submit" disabled={busy}>
          {say('providers.add')}
        </Button>
      </form>
    </Modal>
  )
}
