// The side conversations of a ticket, each with whom it is with and who wrote last.
import { useQuery } from '@tanstack/react-query'
import { Check, CornerDownLeft, Pencil, Plus, Send } from 'lucide-react'
import { useEffect } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import type { SideConversation, SideDraft } from '../../../src/api/contract/side.ts'
import { IconButton } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { useMay } from '../../wire/session.ts'
import { notify } from '../../state/toasts.ts'
import { call, reasonOf } from '../../wire/call.ts'
import { onDraft } from '../../wire/live.ts'
import { aside, sideDraftsQuery, sideQuery } from '../../wire/side.ts'
import { say } from '../../words/say.ts'
import { Card } from './Card.tsx'
import styles from './context.module.css'
import { takeInSideDrafts } from './side-text.ts'

export function SideCard({ ticketId }: { ticketId: number }) {
  const { data } = useQuery(sideQuery(ticketId))
  const mayWrite = useMay('ticket.reply')
  const { data: kept } = useQuery({ ...sideDraftsQuery(ticketId), enabled: mayWrite })
  useEffect(() => onDraft((id) => id === ticketId && takeInSideDrafts(ticketId)), [ticketId])
  const items = data?.items ?? []
  const drafts = kept?.items ?? []
  const begun = drafts.filter(({ thread }) => !items.some(({ id }) => String(id) === thread))
  if (!mayWrite && items.length === 0) return null
  return (
    <Card
      name="side"
      action={
        mayWrite && (
          <IconButton label={say('side.begin')} onClick={() => aside.set({ ticketId, forward: null })}>
            <Plus size={14} aria-hidden />
          </IconButton>
        )
      }
    >
      <ul className={styles['rows']}>
        {begun.map((draft) => (
          <li key={draft.thread}>
            <button type="button" className={styles['row']} onClick={() => void openDraft(ticketId, draft)}>
              <Pencil size={14} aria-hidden />
              <span className={styles['subject']} dir="auto">
                {say('side.draft', { subject: draft.subject })}
              </span>
              <Age at={draft.updatedAt} bare />
            </button>
          </li>
        ))}
        {items.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              className={styles['row']}
              title={partiesOf(each)}
              onClick={() => aside.set({ ticketId, sideId: each.id })}
            >
              <Last {...each} />
              <span className={styles['subject']} dir="auto">
                {drafts.some(({ thread }) => thread === String(each.id))
                  ? say('side.draft', { subject: each.subject })
                  : each.subject}
              </span>
              <Age at={each.lastAt ?? each.createdAt} bare />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Goes on with what was begun, here or on another device; a message to be forwarded is read again. */
async function openDraft(ticketId: number, { thread }: SideDraft): Promise<void> {
  const [, messageId] = /^forward-(\d+)$/.exec(thread) ?? []
  const path = `/tickets/${ticketId}/messages/${messageId}`
  try {
    aside.set({ ticketId, forward: messageId === undefined ? null : await call<Message>('GET', path) })
  } catch (error) {
    notify({ kind: 'error', title: say('side.draftFailed'), detail: reasonOf(error) })
  }
}

export const partiesOf = ({ participants }: SideConversation): string =>
  participants.map(({ name, email }) => name || email).join(', ')

/** Whose turn it is, as a picture with its words. */
function Last({ status, lastDirection }: SideConversation) {
  const [Icon, word] =
    status === 'done'
      ? ([Check, 'side.done'] as const)
      : lastDirection === 'inbound'
        ? ([CornerDownLeft, 'side.answered'] as const)
        : ([Send, 'side.waiting'] as const)
  return (
    <>
      <Icon size={14} aria-hidden />
      <span className="unseen">{say(word)}</span>
    </>
  )
}
