// What lies before the part of a long conversation that is loaded, and the ways there: a piece, all of it, what is new, or a day.
import { useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import { Button } from '../../parts/Button.tsx'
import { notify } from '../../state/toasts.ts'
import { finding } from '../../state/writing.ts'
import { say } from '../../words/say.ts'
import { reasonOf } from '../../wire/call.ts'
import { loadBack } from '../../wire/tickets.ts'
import { goTo } from './go-to.ts'
import styles from './timeline.module.css'

/** So many come at once. */
const PIECE = 100

type Props = { ticketId: number; count: number; messages: readonly Message[]; unreadFrom: number | null }

export function Earlier({ ticketId, count, messages, unreadFrom }: Props) {
  const [busy, setBusy] = useState(false)
  const hasUnread = unreadFrom !== null && messages.every(({ id }) => id !== unreadFrom)
  const load = async (reached?: (first: Message) => boolean, messageId?: number) => {
    setBusy(true)
    try {
      await loadBack(ticketId, reached)
      if (messageId !== undefined) goTo(messageId)
    } catch (error) {
      notify({ kind: 'error', title: say('messages.failed'), detail: reasonOf(error) })
    } finally {
      setBusy(false)
    }
  }
  const [start] = messages
  return (
    <p className={styles['earlier']}>
      {hasUnread && (
        <Button
          weight="primary"
          disabled={busy}
          onClick={() => void load(({ id }) => id <= unreadFrom, unreadFrom)}
        >
          {say('messages.toUnread')}
        </Button>
      )}
      <Button disabled={busy} onClick={() => void load(({ id }) => id !== start?.id)}>
        {say('messages.earlier', { count: Math.min(count, PIECE) })}
      </Button>
      {count > PIECE && (
        <Button disabled={busy} onClick={() => void load()}>
          {say('messages.all')}
        </Button>
      )}
      <Button weight="quiet" keys="⇧ F" onClick={() => finding.set(ticketId)}>
        {say('find.open')}
      </Button>
    </p>
  )
}
