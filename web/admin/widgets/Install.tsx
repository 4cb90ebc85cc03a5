// What goes into the company's pages, to copy, and the widget as it would stand there.
import { useState } from 'react'

import type { Widget } from '../../../src/api/contract/chat.ts'
import { Button } from '../../parts/Button.tsx'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import styles from './widgets.module.css'

export function Install({ widget }: { widget: Widget }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <fieldset className={styles['part']}>
      <legend>{say('widgets.install')}</legend>
      <p>{say('widgets.installHelp')}</p>
      <Copied text={widget.tag} />
      <p>{say('widgets.policy')}</p>
      <Copied text={widget.policy} />
      <p>
        <Button weight="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {say('widgets.preview')}
        </Button>{' '}
        {say('widgets.previewHelp')}
      </p>
      {isOpen && (
        <iframe
          className={styles['preview']}
          title={say('widgets.preview')}
          // It is our own page, with our own scripts.
          // eslint-disable-next-line react/iframe-missing-sandbox
          sandbox="allow-same-origin allow-scripts allow-forms"
          src={`/widget-preview/${widget.key}`}
        />
      )}
    </fieldset>
  )
}

/** A text that is there to be copied. */
export function Copied({ text }: { text: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    notify({ title: say('secret.copied') })
  }
  return (
    <div className={styles['copied']}>
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <Button onClick={() => void copy()}>{say('widgets.copy')}</Button>
    </div>
  )
}
