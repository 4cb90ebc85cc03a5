// Send, and beside it the statuses that can be set with it.
import { ChevronUp, Clock } from 'lucide-react'

import type { MessageKind } from '../../../src/api/contract/messages.ts'
import { readable } from '../../keys/keys.ts'
import { StatusMark } from '../../parts/Marks.tsx'
import { MenuButton } from '../../parts/MenuButton.tsx'
import { sendable, type Settable } from '../../parts/settable.ts'
import { say } from '../../words/say.ts'
import styles from './composer.module.css'

type Props = {
  label: string
  mode: MessageKind
  disabled: boolean
  why: string | undefined
  onSend: (status?: Settable) => void
  onLater?: (() => void) | undefined
}

export function SendButton({ label, mode, disabled, why, onSend, onLater }: Props) {
  const later = (
    <span className={styles['sendAs']}>
      <Clock size={14} aria-hidden />
      {say('send.later')}
    </span>
  )
  return (
    <div className={styles['send']}>
      <button
        type="button"
        className={styles['sendMain']}
        disabled={disabled}
        title={why ?? readable('$mod+Enter')}
        onClick={() => onSend()}
      >
        {label}
      </button>
      <MenuButton
        label={say('send.with')}
        className={styles['sendMore']}
        disabled={disabled}
        side="top"
        entries={[
          ...sendable.map((status) => ({
            label: (
              <span className={styles['sendAs']}>
                <StatusMark status={status} bare />
                {say(mode === 'note' ? 'send.noteAs' : 'send.as', { status: say(`status.${status}`) })}
              </span>
            ),
            ...(status === 'resolved' ? { keys: readable('$mod+Shift+Enter') } : {}),
            run: () => onSend(status),
          })),
          ...(onLater ? (['line', { label: later, run: onLater }] as const) : []),
        ]}
      >
        <ChevronUp size={14} aria-hidden />
      </MenuButton>
    </div>
  )
}
