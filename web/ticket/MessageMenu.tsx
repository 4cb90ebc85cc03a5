// What can be done with one message: see it as it came, start a new ticket from here, copy its text.
import { Menu } from '@base-ui/react/menu'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import type { Message } from '../../src/api/contract/messages.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { IconButton } from '../parts/Button.tsx'
import menu from '../parts/menu.module.css'
import { notify } from '../parts/toasts.ts'
import { useMay } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { SplitDialog } from './lazy.ts'
import styles from './message.module.css'

export function MessageMenu({ message, ticket }: { message: Message; ticket: Ticket }) {
  const [splitting, setSplitting] = useState(false)
  const maySplit = useMay('ticket.split')
  const isMail = message.direction === 'inbound' && message.via === 'email'
  const copy = async () => {
    await navigator.clipboard.writeText(message.text)
    notify({ title: say('message.copied') })
  }
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          render={
            <IconButton label={say('message.menu')} className={styles['menu']}>
              <Ellipsis size={14} aria-hidden />
            </IconButton>
          }
        />
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className={menu['positioner']}>
            <Menu.Popup className={menu['popup']}>
              <Menu.Item className={menu['item']} onClick={() => void copy()}>
                {say('message.copy')}
              </Menu.Item>
              {isMail && (
                <Menu.Item
                  className={menu['item']}
                  onClick={() =>
                    window.open(
                      `/api/v1/tickets/${ticket.id}/messages/${message.id}/source`,
                      '_blank',
                      'noopener',
                    )
                  }
                >
                  {say('message.source')}
                </Menu.Item>
              )}
              {maySplit && (
                <Menu.Item className={menu['item']} onClick={() => setSplitting(true)}>
                  {say('message.split')}
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {splitting && <SplitDialog message={message} ticket={ticket} onClose={() => setSplitting(false)} />}
    </>
  )
}
