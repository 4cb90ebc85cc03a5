// A form on pages elsewhere: which pages may show it, what stands in them, and how it looks in its frame.
import { useState } from 'react'

import type { Form } from '../../../src/api/contract/forms.ts'
import { Button } from '../../parts/Button.tsx'
import { TextArea } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import { notify } from '../../state/toasts.ts'
import styles from './forms.module.css'
import { snippetOf } from './snippet.ts'

type Props = {
  /** As it is saved; null while it is new. */
  form: Form | null
  origins: readonly string[]
  problem: string | undefined
  onChange: (origins: string[]) => void
}

export function FormEmbed({ form, origins, problem, onChange }: Props) {
  return (
    <fieldset className={styles['questions']}>
      <legend>{say('forms.embed')}</legend>
      <TextArea
        label={say('forms.origins')}
        help={say('forms.originsHelp')}
        error={problem}
        rows={3}
        placeholder="https://www.example.org"
        spellCheck={false}
        value={origins.join('\n')}
        onChange={(event) => onChange(event.target.value.split('\n'))}
      />
      {form && <Snippet form={form} />}
    </fieldset>
  )
}

function Snippet({ form }: { form: Form }) {
  const [isOpen, setOpen] = useState(false)
  const snippet = snippetOf(form)
  const copy = async () => {
    await navigator.clipboard.writeText(snippet)
    notify({ title: say('secret.copied') })
  }
  return (
    <>
      <p>{say(form.origins.length === 0 ? 'forms.snippetClosed' : 'forms.snippetHelp')}</p>
      <pre className={styles['snippet']} aria-label={say('forms.snippet')} tabIndex={0}>
        <code>{snippet}</code>
      </pre>
      <p className={styles['actions']}>
        <Button onClick={() => void copy()}>{say('forms.snippetCopy')}</Button>
        <Button weight="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {say('forms.embedPreview')}
        </Button>
      </p>
      {isOpen && (
        <iframe
          className={styles['embedded']}
          title={say('forms.embedPreview')}
          // Without the right to send: what is tried here becomes no ticket. It is our own page, with our own scripts.
          // eslint-disable-next-line react/iframe-missing-sandbox
          sandbox="allow-same-origin allow-scripts"
          src={`/forms/${form.key}?embed=preview`}
        />
      )}
    </>
  )
}
