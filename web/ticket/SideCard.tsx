// The side conversations of a ticket, each with whom it is with and who wrote last.
import { useQuery } from '@tanstack/react-query'
import { Check, CornerDownLeft, Plus, Send } from 'lucide-react'

import type { SideConversation } from '../../src/api/contract/side.ts'
import { IconButton } from '../parts/Button.tsx'
import { Age } from '../parts/Marks.tsx'
import { useMay } from '../wire/session.ts'
import { aside, sideQuery } from '../wire/side.ts'
import { say } from '../words/say.ts'
import { Card } from './Card.tsx'
import styles from './context.module.css'

export function SideCard({ ticketId }: { ticketId: number }) {
  const { data } = useQuery(sideQuery(ticketId))
  const mayWrite = useMay('ticket.reply')
  const items = data?.items ?? []
  if (!mayWrite && items.length === 0) return null
  return (
    <Card
      title={say('side.name')}
      action={
        mayWrite && (
          <IconButton label={say('side.begin')} onClick={() => aside.set({ ticketId, forward: null })}>
            <Plus size={14} aria-hidden />
          </IconButton>
        )
      }
    >
      <ul className={styles['rows']}>
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
                {each.subject}
              </span>
              <Age at={each.lastAt ?? each.createdAt} bare />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
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
