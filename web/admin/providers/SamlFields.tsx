// What is particular to a provider that speaks SAML: what its metadata said, with certificates and their ends, and how to read it anew.
import { useState } from 'react'

import { Button } from '../../parts/Button.tsx'
import { CheckField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { wholeDay } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say } from '../../words/say.ts'
import { attempt } from '../saving.ts'
import { providersKey, type FieldsProps } from './draft.ts'
import { MetadataFields } from './Metadata.tsx'
import styles from './providers.module.css'

export function SamlFields({ draft, provider, errors, onChange }: FieldsProps) {
  const [isReading, setReading] = useState(false)
  const { saml } = provider
  if (saml === null) return null
  const isOpen = isReading || 'metadata' in errors || 'metadataUrl' in errors
  return (
    <>
      <dl className={styles['facts']}>
        <dt>{say('providers.entityId')}</dt>
        <dd>{provider.issuer}</dd>
        <dt>{say('providers.signInUrl')}</dt>
        <dd>{saml.signInUrl}</dd>
        <dt>{say('providers.certificates')}</dt>
        <dd>
          {saml.certificates.map(({ subject, endsAt }) => (
            <p key={`${subject} ${endsAt}`}>
              {say('providers.certificate', { subject, when: wholeDay(endsAt) })}
            </p>
          ))}
          {saml.certificatesEndAt !== null && (
            <p className={styles['bad']} role="status">
              {say('providers.certificatesEnd')}
            </p>
          )}
        </dd>
        <dt>{say('providers.ownKey')}</dt>
        <dd>
          {saml.keyEndsAt === null
            ? say('providers.ownKeyNone')
            : say('providers.ownKeyUntil', { when: wholeDay(saml.keyEndsAt) })}
        </dd>
      </dl>
      {isOpen && <MetadataFields given={draft} errors={errors} onChange={onChange} />}
      <p className={styles['anew']}>
        {!isOpen && (
          <Button
            onClick={() => {
              setReading(true)
              onChange({ metadataUrl: saml.metadataUrl ?? '' })
            }}
          >
            {say('providers.readAnew')}
          </Button>
        )}
        <NewKey provider={provider} />
      </p>
      <CheckField
        label={say('providers.signsRequests')}
        help={say('providers.signsRequestsHelp')}
        checked={draft.signsRequests}
        onChange={(event) => onChange({ signsRequests: event.target.checked })}
      />
      <CheckField
        label={say('providers.takesUnasked')}
        help={say('providers.takesUnaskedHelp')}
        checked={draft.takesUnasked}
        onChange={(event) => onChange({ takesUnasked: event.target.checked })}
      />
    </>
  )
}

/** Another key for the desk, at once; the first is made without asking, as nobody knows any yet. */
function NewKey({ provider: { id, saml } }: { provider: FieldsProps['provider'] }) {
  const [asking, setAsking] = useState(false)
  const isFirst = saml?.keyEndsAt === null
  const make = () => {
    setAsking(false)
    void attempt(
      () => call('PATCH', `/identity-providers/${id}`, { body: { newKey: true } }),
      say('providers.newKeyMade'),
      () => void client.invalidateQueries({ queryKey: providersKey }),
    )
  }
  return (
    <>
      <Button onClick={() => (isFirst ? make() : setAsking(true))}>
        {say(isFirst ? 'providers.firstKey' : 'providers.newKey')}
      </Button>
      {asking && (
        <Modal
          title={say('providers.newKey')}
          open
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{say('action.cancel')}</Button>
              <Button weight="danger" onClick={make}>
                {say('providers.newKey')}
              </Button>
            </>
          }
        >
          <p>{say('providers.newKeyHelp')}</p>
        </Modal>
      )}
    </>
  )
}
