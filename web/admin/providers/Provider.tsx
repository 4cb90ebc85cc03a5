// One provider: what it and the desk must know of each other, a trial that says whose fault it is, and what its sign-in counts for.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

import type { IdentityProvider, IdentityProviderPatch } from '../../../src/api/contract/providers.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, TextArea, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { goToProvider } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { LastChanges } from '../Beside.tsx'
import { Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { Copied } from '../Copied.tsx'
import parts from '../parts.module.css'
import { draftOf, patchOf, providersKey, type FieldsProps } from './draft.ts'
import { DirectoryFields } from './DirectoryFields.tsx'
import { DirectoryTrial } from './DirectoryTrial.tsx'
import own from './providers.module.css'
import { SamlFields } from './SamlFields.tsx'
import { TrialFound } from './TrialFound.tsx'

export function Provider() {
  const { providerId } = useParams({ strict: false }) as { providerId: string }
  const query = useQuery({
    queryKey: [...providersKey, providerId],
    queryFn: () => call<IdentityProvider>('GET', `/identity-providers/${providerId}`),
    staleTime: 0,
  })
  return (
    <Arrived query={query} rows={6} height={40}>
      {(provider) => <Editor key={providerId} provider={provider} />}
    </Arrived>
  )
}

function Editor({ provider }: { provider: IdentityProvider }) {
  const [draft, setDraft] = useState(() => draftOf(provider))
  const reload = () => void client.invalidateQueries({ queryKey: providersKey })
  const { save, busy, errors, general } = useSave(() => {
    // What was read now stands above.
    setDraft((now) => ({ ...now, metadata: '', metadataUrl: '' }))
    reload()
  })
  const path = `/identity-providers/${provider.id}`
  const patch = (more: IdentityProviderPatch = {}) =>
    call('PATCH', path, { body: { ...patchOf(draft, provider), ...more } })
  const saved = say('admin.saved', { name: draft.name })
  const trial = useRef<HTMLElement>(null)
  // Who comes back from a trial wants to see what was found.
  useEffect(() => {
    if (location.hash === '#trial') trial.current?.scrollIntoView()
  }, [])
  const [isTrying, setTrying] = useState(false)
  const isDirectory = provider.kind === 'ldap'
  const tryIt = () =>
    void save(
      () => patch().then(() => (isDirectory ? setTrying(true) : goToProvider(provider.id, 'trial'))),
      null,
    )
  return (
    <Page
      title={provider.name}
      about={say('providers.aboutOne')}
      action={
        <Button weight="primary" disabled={busy} onClick={() => void save(() => patch(), saved)}>
          {say('action.save')}
        </Button>
      }
      beside={<LastChanges thing="identity_provider" thingId={provider.id} />}
    >
      <FormProblem text={general ?? errors['isOn'] ?? null} />
      <Fields
        draft={draft}
        provider={provider}
        errors={errors}
        onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
      />
      {!isDirectory && <AtProvider provider={provider} />}
      <section ref={trial} className={parts['part']}>
        <h2>{say('providers.trial')}</h2>
        <p>{say(isDirectory ? 'directory.trialHelp' : 'providers.trialHelp')}</p>
        {provider.trial && <TrialFound trial={provider.trial} />}
        {provider.isOn && provider.trial === null && (
          <p className={own['bad']} role="status">
            {say('providers.tryAnew')}
          </p>
        )}
        <div className={styles['buttons']}>
          <Button disabled={busy} onClick={tryIt}>
            {say('providers.tryIt')}
          </Button>
          <Button
            weight={provider.isOn ? 'plain' : 'primary'}
            disabled={busy}
            onClick={() => void save(() => patch({ isOn: !provider.isOn }), saved)}
          >
            {say(provider.isOn ? 'providers.switchOff' : 'providers.switchOn')}
          </Button>
          <Removal provider={provider} onDone={reload} />
        </div>
        {isTrying && <DirectoryTrial path={path} onClose={() => setTrying(false)} onTried={reload} />}
        {provider.syncProblem !== null && (
          <p className={own['bad']} role="status">
            {say('directory.syncProblem', { said: provider.syncProblem })}
          </p>
        )}
        {isDirectory && provider.syncedAt !== null && (
          <p>{say('directory.syncedAt', { when: dayAndTime(provider.syncedAt) })}</p>
        )}
      </section>
    </Page>
  )
}

function AtProvider({ provider }: { provider: IdentityProvider }) {
  return (
    <section className={parts['part']}>
      <h2>{say('providers.atProvider')}</h2>
      {provider.kind === 'saml' && (
        <>
          <p>{say('providers.metadataUri')}</p>
          <Copied text={provider.metadataUri} />
        </>
      )}
      <p>{say(provider.kind === 'saml' ? 'providers.consumerUrl' : 'providers.redirectUri')}</p>
      <Copied text={provider.redirectUri} />
      {provider.kind === 'oidc' && (
        <>
          <p>{say('providers.logoutUri')}</p>
          <Copied text={provider.logoutUri} />
        </>
      )}
    </section>
  )
}

function Fields({ draft, provider, errors, onChange }: FieldsProps) {
  const text = (key: 'name' | 'groupsClaim' | 'domains') => ({
    value: draft[key],
    error: errors[key],
    onChange: (event: { target: { value: string } }) => onChange({ [key]: event.target.value }),
  })
  const isOidc = provider.kind === 'oidc'
  return (
    <div className={styles['form']}>
      <TextField
        label={say('field.name')}
        help={say(provider.kind === 'ldap' ? 'directory.nameHelp' : 'providers.nameHelp')}
        {...text('name')}
      />
      {provider.kind === 'ldap' ? (
        <DirectoryFields draft={draft} hasSecret={provider.hasSecret} errors={errors} onChange={onChange} />
      ) : isOidc ? (
        <OidcFields draft={draft} provider={provider} errors={errors} onChange={onChange} />
      ) : (
        <SamlFields draft={draft} provider={provider} errors={errors} onChange={onChange} />
      )}
      {provider.kind !== 'ldap' && (
        <TextField
          label={say(isOidc ? 'providers.groupsClaim' : 'providers.groupsAttribute')}
          help={say('providers.groupsClaimHelp')}
          {...text('groupsClaim')}
        />
      )}
      <TextArea
        label={say('providers.domains')}
        help={say(isOidc ? 'providers.domainsHelp' : 'providers.domainsHelpSaml')}
        rows={2}
        {...text('domains')}
      />
      <CheckField
        label={say('providers.vouches')}
        help={say('providers.vouchesHelp')}
        checked={draft.vouchesFactor}
        onChange={(event) => onChange({ vouchesFactor: event.target.checked })}
      />
      <CheckField
        label={say('providers.replaces')}
        help={say('providers.replacesHelp')}
        checked={draft.replacesPassword}
        onChange={(event) => onChange({ replacesPassword: event.target.checked })}
      />
    </div>
  )
}

function OidcFields({ draft, provider, errors, onChange }: FieldsProps) {
  const text = (key: 'issuer' | 'clientId' | 'clientSecret' | 'scopes') => ({
    value: draft[key],
    error: errors[key],
    onChange: (event: { target: { value: string } }) => onChange({ [key]: event.target.value }),
  })
  return (
    <>
      <TextField
        label={say('providers.issuer')}
        help={say('providers.issuerHelp')}
        type="url"
        {...text('issuer')}
      />
      <TextField label={say('providers.clientId')} {...text('clientId')} />
      <TextField
        label={say('providers.clientSecret')}
        help={say(provider.hasSecret ? 'providers.secretKept' : 'providers.secretNone')}
        type="password"
        autoComplete="new-password"
        {...text('clientSecret')}
      />
      <TextField label={say('providers.scopes')} help={say('providers.scopesHelp')} {...text('scopes')} />
    </>
  )
}

function Removal({
  provider: { id, name, people },
  onDone,
}: {
  provider: IdentityProvider
  onDone: () => void
}) {
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const remove = () => {
    setAsking(false)
    void attempt(
      () => call('DELETE', `/identity-providers/${id}`),
      say('providers.removed', { name }),
      () => {
        onDone()
        void navigate({ to: '/admin/providers' as '/admin' })
      },
    )
  }
  return (
    <>
      <Button weight="quiet" onClick={() => setAsking(true)}>
        {say('providers.remove')}
      </Button>
      {asking && (
        <Modal
          title={say('providers.remove')}
          open
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{say('action.cancel')}</Button>
              <Button weight="danger" onClick={remove}>
                {say('providers.remove')}
              </Button>
            </>
          }
        >
          <p>{say('providers.removeHelp', { name, count: people })}</p>
        </Modal>
      )}
    </>
  )
}
