// Something the server tells once: a first password, a new token.
import { useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import styles from './admin.module.css'

type Props = { title: string; help: string; secret: string; onClose: () => void }

export function Secret({ title, help, secret, onClose }: Props) {
  const [copied, setCopied] = useState(false)
  return (
    <Modal
      title={title}
      open
      onClose={onClose}
      actions={
        <Button weight="primary" onClick={onClose}>
          {say('secret.done')}
        </Button>
      }
    >
      <p>{help}</p>
      <div className={styles['secret']}>
        <code>{secret}</code>
        <Button onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
          {say(copied ? 'secret.copied' : 'secret.copy')}
        </Button>
      </div>
    </Modal>
  )
}
