// Whether a reply has reached its reader, in a word; a failure in the other server's own words.
import { Check, CheckCheck, CircleHelp, Clock, Inbox, Send, TriangleAlert } from 'lucide-react'

import type { Delivery, DeliveryState, Message } from '../../../src/api/contract/messages.ts'
import { Button } from '../../parts/Button.tsx'
import { responseWords } from '../../parts/response.ts'
import { dayAndTime, useMinute } from '../../parts/time.ts'
import { say } from '../../words/say.ts'
import styles from './message.module.css'
import { undoSend } from '../composer/send.ts'

const looks = {
  held: { Icon: Inbox, tone: 'warn' },
  queued: { Icon: Clock, tone: 'calm' },
  sending: { Icon: Send, tone: 'calm' },
  sent: { Icon: Check, tone: 'calm' },
  delivered: { Icon: CheckCheck, tone: 'good' },
  delayed: { Icon: TriangleAlert, tone: 'warn' },
  bounced: { Icon: TriangleAlert, tone: 'bad' },
  failed: { Icon: TriangleAlert, tone: 'bad' },
  unknown: { Icon: CircleHelp, tone: 'warn' },
} as const satisfies Record<DeliveryState, unknown>

function wordsOf({ state, detail }: Delivery, withDetail: boolean): string {
  const word = say(`delivery.${state}`)
  return withDetail && detail ? `${word}: ${responseWords(detail)}` : word
}

export function DeliveryMark({ message, ticketId }: { message: Message; ticketId: number }) {
  const now = useMinute()
  const { delivery } = message
  if (!delivery) return null
  const { Icon, tone } = looks[delivery.state]
  const later =
    delivery.sendAt !== null && Date.parse(delivery.sendAt) > now + 90_000 ? delivery.sendAt : null
  return (
    <span
      className={styles['delivery']}
      data-tone={tone}
      title={responseWords(delivery.detail ?? '') || undefined}
    >
      <Icon size={12} aria-hidden />
      <span>
        {later ? say('delivery.later', { when: dayAndTime(later) }) : wordsOf(delivery, tone === 'bad')}
      </span>
      {later && (
        <Button weight="quiet" onClick={() => void undoSend(ticketId, message)}>
          {say('delivery.cancel')}
        </Button>
      )}
    </span>
  )
}
