// Recovery codes, shown this once: to be copied, saved or printed before the dialog closes.
import { useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'
import styles from './account.module.css'

export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  const text = `${codes.join('\n')}\n`
  return (
    <Modal
      title={say('recovery.title')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
            {say(copied ? 'recovery.copied' : 'recovery.copy')}
          </Button>
          <a
            className={styles['save']}
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="docket-recovery-codes.txt"
          >
            {say('recovery.save')}
          </a>
          <Button weight="primary" onClick={onClose}>
            {say('recovery.kept')}
          </Button>
        </>
      }
    >
      <p>{say('recovery.help')}</p>
      <ul className={styles['codes']} aria-label={say('recovery.title')}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
