// The rest of what can be done with a ticket: snooze, merge, spam, delete, copy the link.
import { Menu } from '@base-ui/react/menu'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import type { Ticket, TicketPatch } from '../../src/api/contract/tickets.ts'
import { useKeys } from '../keys/keys.ts'
import { IconButton } from '../parts/Button.tsx'
import { ask } from '../parts/desk-state.ts'
import styles from '../parts/menu.module.css'
import { notify } from '../parts/toasts.ts'
import { say, type WordId } from '../words/say.ts'
import { command, markUnread, patchTickets } from '../wire/actions.ts'
import { reasonOf } from '../wire/call.ts'
import { useMay } from '../wire/session.ts'
import { loadWhole } from '../wire/tickets.ts'
import { MergeDialog } from './lazy.ts'

export function More({ ticket }: { ticket: Ticket }) {
  const [merging, setMerging] = useState(false)
  const mayMerge = useMay('ticket.merge')
  const maySpam = useMay('ticket.spam')
  const mayDelete = useMay('ticket.delete')
  const flag = (patch: TicketPatch, done: WordId) =>
    void patchTickets([ticket.id], patch, () => patch as Partial<Ticket>, { done })
  useKeys('keys.ticket', [
    { keys: '$mod+.', word: 'keys.copyLink', run: () => void copyLink(ticket) },
    { keys: 'Shift+U', word: 'keys.unread', run: () => markUnread(ticket) },
  ])
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          render={
            <IconButton label={say('action.more')}>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        />
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className={styles['positioner']}>
            <Menu.Popup className={styles['popup']}>
              <Item word="more.snooze" keys="h" run={() => ask('snooze', [ticket.id])} />
              <Item word="more.unread" keys="⇧ U" run={() => markUnread(ticket)} />
              <Item word="more.print" run={() => void print(ticket.id)} />
              <Item word="more.copyLink" run={() => void copyLink(ticket)} />
              {mayMerge && ticket.mergedInto === null && (
                <Item word="more.merge" run={() => setMerging(true)} />
              )}
              {mayMerge && ticket.mergedInto !== null && (
                <Item word="more.unmerge" run={() => void unmerge(ticket.id)} />
              )}
              <Menu.Separator className={styles['separator']} />
              {maySpam && !ticket.spam && (
                <Item word="more.spam" run={() => flag({ spam: true }, 'done.spam')} />
              )}
              {maySpam && ticket.spam && (
                <Item word="more.notSpam" run={() => flag({ spam: false }, 'done.notSpam')} />
              )}
              {mayDelete && !ticket.deleted && (
                <Item word="more.delete" run={() => flag({ deleted: true }, 'done.deleted')} />
              )}
              {mayDelete && ticket.deleted && (
                <Item word="more.restore" run={() => flag({ deleted: false }, 'done.restored')} />
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {merging && <MergeDialog ticket={ticket} onClose={() => setMerging(false)} />}
    </>
  )
}

function Item({ word, keys, run }: { word: WordId; keys?: string; run: () => void }) {
  return (
    <Menu.Item className={styles['item']} onClick={run}>
      {say(word)}
      {keys && <kbd className={styles['keys']}>{keys}</kbd>}
    </Menu.Item>
  )
}

async function copyLink(ticket: Ticket): Promise<void> {
  try {
    await navigator.clipboard.writeText(`${location.origin}/tickets/${ticket.id}`)
    notify({ title: say('done.copied') })
  } catch (error) {
    notify({ kind: 'error', title: say('copy.failed'), detail: reasonOf(error) })
  }
}

/** Everything that was said, not only what is loaded; the styles for paper do the rest. */
async function print(id: number): Promise<void> {
  await loadWhole(id)
  requestAnimationFrame(() => window.print())
}

async function unmerge(id: number): Promise<void> {
  try {
    await command(`/tickets/${id}/unmerge`, 'POST', {})
    notify({ title: say('done.unmerged', { id }) })
  } catch (error) {
    notify({ kind: 'error', title: say('unmerge.failed'), detail: reasonOf(error) })
  }
}
