// What a SAML provider says of itself: the address where it stands, or its text, pasted or from a file.
import { type ChangeEvent, useId } from 'react'

import { TextArea, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import type { Metadata } from './draft.ts'
import styles from './providers.module.css'

export function MetadataFields({
  given,
  errors,
  onChange,
}: {
  given: Metadata
  errors: Readonly<Record<string, string>>
  onChange: (part: Partial<Metadata>) => void
}) {
  const file = useId()
  const readFile = (event: ChangeEvent<HTMLInputElement>) =>
    void event.target.files?.[0]?.text().then((metadata) => onChange({ metadata }))
  return (
    <>
      <TextField
        label={say('providers.metadataUrl')}
        help={say('providers.metadataUrlHelp')}
        type="url"
        placeholder="https://login.example.com/metadata"
        value={given.metadataUrl}
        error={errors['metadataUrl']}
        onChange={(event) => onChange({ metadataUrl: event.target.value })}
      />
      <TextArea
        label={say('providers.metadataText')}
        rows={4}
        spellCheck={false}
        value={given.metadata}
        error={errors['metadata']}
        onChange={(event) => onChange({ metadata: event.target.value })}
      />
      <p className={styles['file']}>
        <label htmlFor={file}>{say('providers.metadataFile')}</label>{' '}
        <input id={file} type="file" accept=".xml,application/xml,text/xml" onChange={readFile} />
      </p>
    </>
  )
}
