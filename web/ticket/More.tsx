// The rest of what can be done with a ticket: snooze, merge, spam, delete, copy the link.
import { useQuery } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import type { Ticket } from '../../src/api/contract/tickets.ts'
import { useKeys } from '../keys/keys.ts'
import { ask } from '../state/desk-state.ts'
import { type Entry, entryIf, MenuButton } from '../parts/MenuButton.tsx'
import { useStore } from '../state/store.ts'
import { notify } from '../state/toasts.ts'
import { finding, merging } from '../state/writing.ts'
import { say, type WordId } from '../words/say.ts'
import { command, markUnread, patchTickets } from '../wire/actions.ts'
import { holdsQuery } from '../wire/beside.ts'
import { reasonOf } from '../wire/call.ts'
import { useMay } from '../wire/session.ts'
import { loadBack } from '../wire/tickets.ts'
import { HoldDialog, MergeDialog, WhatIfDialog } from './lazy.ts'

type Words = readonly [label: WordId, done: WordId]

export function More({ ticket }: { ticket: Ticket }) {
  const isMerging = useStore(merging, (id) => id === ticket.id)
  const [asking, setAsking] = useState(false)
  const [holding, setHolding] = useState(false)
  const mayReadRules = useMay('rules.read')
  const mayMerge = useMay('ticket.merge')
  const maySpam = useMay('ticket.spam')
  const mayDelete = useMay('ticket.delete')
  const mayHold = useMay('privacy.write')
  const merged = ticket.mergedInto !== null
  const toggle = (flag: 'spam' | 'deleted', on: Words, off: Words): Entry => {
    const [label, done] = ticket[flag] === true ? off : on
    const patch = { [flag]: ticket[flag] !== true }
    return { label: say(label), run: () => void patchTickets([ticket.id], patch, () => patch, { done }) }
  }
  useKeys('keys.ticket', [
    { keys: '$mod+.', word: 'keys.copyLink', run: () => void copyLink(ticket) },
    { keys: 'Shift+F', word: 'find.open', run: () => finding.set(ticket.id) },
    { keys: 'Shift+U', word: 'keys.unread', run: () => markUnread(ticket) },
  ])
  return (
    <>
      <MenuButton
        label={say('action.more')}
        entries={[
          { label: say('more.snooze'), keys: 'h', run: () => ask('snooze', [ticket.id]) },
          { label: say('more.unread'), keys: '⇧ U', run: () => markUnread(ticket) },
          { label: say('find.open'), keys: '⇧ F', run: () => finding.set(ticket.id) },
          { label: say('more.print'), run: () => void print(ticket.id) },
          { label: say('more.copyLink'), run: () => void copyLink(ticket) },
          ...entryIf(mayMerge && !merged, { label: say('more.merge'), run: () => merging.set(ticket.id) }),
          ...entryIf(mayMerge && merged, { label: say('more.unmerge'), run: () => void unmerge(ticket.id) }),
          ...entryIf(mayReadRules, { label: say('more.whatIf'), run: () => setAsking(true) }),
          ...entryIf(mayHold, { label: say('more.hold'), run: () => setHolding(true) }),
          'line',
          ...entryIf(maySpam, toggle('spam', ['more.spam', 'done.spam'], ['more.notSpam', 'done.notSpam'])),
          ...entryIf(
            mayDelete,
            toggle('deleted', ['more.delete', 'done.deleted'], ['more.restore', 'done.restored']),
          ),
        ]}
      >
        <Ellipsis size={16} aria-hidden />
      </MenuButton>
      {asking && <WhatIfDialog ticketId={ticket.id} onClose={() => setAsking(false)} />}
      {holding && <Holding ticketId={ticket.id} onClose={() => setHolding(false)} />}
      {isMerging && <MergeDialog ticket={ticket} onClose={() => merging.set(null)} />}
    </>
  )
}

function Holding({ ticketId, onClose }: { ticketId: number; onClose: () => void }) {
  const { data } = useQuery(holdsQuery(ticketId))
  if (data === undefined) return null
  const own = data.items.find((hold) => hold.ticketId === ticketId) ?? null
  return <HoldDialog on="tickets" id={ticketId} hold={own} onClose={onClose} />
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
  await loadBack(id)
  requestAnimationFrame(() => window.print())
}

async function unmerge(id: number): Promise<void> {
  try {
    const title = say('done.unmerged', { id })
    await command(`/tickets/${id}/unmerge`, 'POST', {}, title)
    notify({ title })
  } catch (error) {
    notify({ kind: 'error', title: say('unmerge.failed'), detail: reasonOf(error) })
  }
}
