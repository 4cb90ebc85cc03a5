// What is particular to a provider that speaks SAML: what its metadata said, with certificates and their ends, and how to read it anew.
import { useState } from 'react'

import { Button } from '../../parts/Button.tsx'
import { CheckField } from '../../parts/Form.tsx'
import { wholeDay } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import type { FieldsProps } from './draft.ts'
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
      </dl>
      {isOpen ? (
        <MetadataFields given={draft} errors={errors} onChange={onChange} />
      ) : (
        <p className={styles['anew']}>
          <Button
            onClick={() => {
              setReading(true)
              onChange({ metadataUrl: saml.metadataUrl ?? '' })
            }}
          >
            {say('providers.readAnew')}
          </Button>
        </p>
      )}
      <CheckField
        label={say('providers.takesUnasked')}
        help={say('providers.takesUnaskedHelp')}
        checked={draft.takesUnasked}
        onChange={(event) => onChange({ takesUnasked: event.target.checked })}
      />
    </>
  )
}
