// Send, and beside it the statuses that can be set with it.
import { Menu } from '@base-ui/react/menu'
import { ChevronUp, Clock } from 'lucide-react'

import type { MessageKind } from '../../src/api/contract/messages.ts'
import { readable } from '../keys/keys.ts'
import { StatusMark } from '../parts/Marks.tsx'
import menu from '../parts/menu.module.css'
import { say } from '../words/say.ts'
import styles from './composer.module.css'

const statuses = ['open', 'pending', 'on_hold', 'resolved'] as const
type Sent = (typeof statuses)[number]

type Props = {
  label: string
  mode: MessageKind
  disabled: boolean
  why: string | undefined
  onSend: (status?: Sent) => void
  onLater?: (() => void) | undefined
}

export function SendButton({ label, mode, disabled, why, onSend, onLater }: Props) {
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
      <Menu.Root>
        <Menu.Trigger className={styles['sendMore']} disabled={disabled} aria-label={say('send.with')}>
          <ChevronUp size={14} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner side="top" align="end" sideOffset={4} className={menu['positioner']}>
            <Menu.Popup className={menu['popup']}>
              {statuses.map((status) => (
                <Menu.Item key={status} className={menu['item']} onClick={() => onSend(status)}>
                  <span className={styles['sendAs']}>
                    <StatusMark status={status} bare />
                    {say(mode === 'note' ? 'send.noteAs' : 'send.as', { status: say(`status.${status}`) })}
                  </span>
                  {status === 'resolved' && (
                    <kbd className={menu['keys']}>{readable('$mod+Shift+Enter')}</kbd>
                  )}
                </Menu.Item>
              ))}
              {onLater && (
                <>
                  <Menu.Separator className={menu['separator']} />
                  <Menu.Item className={menu['item']} onClick={onLater}>
                    <span className={styles['sendAs']}>
                      <Clock size={14} aria-hidden />
                      {say('send.later')}
                    </span>
                  </Menu.Item>
                </>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}
