// Choosing when a reply is to leave.
import { useState } from 'react'

import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { snoozeMoments } from '../../parts/moments.ts'
import { dayAndTime, useMinute } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from './composer.module.css'

export function SendLater({ onSend, onClose }: { onSend: (at: string) => void; onClose: () => void }) {
  const [at, setAt] = useState('')
  const send = (moment: Date) => {
    onClose()
    onSend(moment.toISOString())
  }
  const chosen = new Date(at)
  const now = useMinute()
  const ahead = !Number.isNaN(chosen.getTime()) && chosen.getTime() > now
  return (
    <Modal
      title={say('send.laterTitle')}
      open
      onClose={onClose}
      actions={
        <Button weight="primary" disabled={!ahead} onClick={() => send(chosen)}>
          {ahead ? say('send.laterAt', { when: dayAndTime(chosen.toISOString()) }) : say('send.later')}
        </Button>
      }
    >
      <div className={styles['moments']}>
        {snoozeMoments(new Date(now)).map(({ word, at: moment }) => (
          <Button key={word} onClick={() => send(moment)}>
            {say(word)} <span className={styles['when']}>{dayAndTime(moment.toISOString())}</span>
          </Button>
        ))}
      </div>
      <TextField
        label={say('send.laterOther')}
        type="datetime-local"
        value={at}
        onChange={(event) => setAt(event.target.value)}
      />
    </Modal>
  )
}
