// What goes into the company's pages, to copy, and the widget as it would stand there.
import { useState } from 'react'

import type { Widget } from '../../../src/api/contract/chat.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import { Copied } from '../Copied.tsx'
import parts from '../parts.module.css'
import styles from './widgets.module.css'

export function Install({ widget }: { widget: Widget }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <fieldset className={parts['part']}>
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
