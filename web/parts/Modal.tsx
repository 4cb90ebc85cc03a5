// A dialog: title, content, actions at the end. Escape and the scrim close it; focus returns to where it was.
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'

import { say } from '../words/say.ts'
import { IconButton } from './Button.tsx'
import styles from './modal.module.css'

type Props = {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
  actions?: ReactNode
  /** `pick`: no visible head, near the top, for lists to choose from. */
  shape?: 'dialog' | 'wide' | 'pick'
}

export function Modal({ title, open, onClose, children, actions, shape = 'dialog' }: Props) {
  const popup = useRef<HTMLDivElement>(null)
  // The first thing to fill in, not the button that closes.
  const firstField = () => popup.current?.querySelector<HTMLElement>('input, select, textarea') ?? true
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['scrim']} />
        <Dialog.Popup ref={popup} className={styles['popup']} data-shape={shape} initialFocus={firstField}>
          <div className={shape === 'pick' ? 'unseen' : styles['head']}>
            <Dialog.Title className={styles['title']}>{title}</Dialog.Title>
            {shape !== 'pick' && (
              <Dialog.Close
                render={
                  <IconButton label={say('action.close')}>
                    <X size={16} aria-hidden />
                  </IconButton>
                }
              />
            )}
          </div>
          <div className={shape === 'pick' ? styles['flush'] : styles['body']}>{children}</div>
          {actions && <div className={styles['actions']}>{actions}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
