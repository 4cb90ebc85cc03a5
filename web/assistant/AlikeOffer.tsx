// The open incident that a ticket may be about, or that many say the same just now: linked at a press, never by itself.
import { Link } from '@tanstack/react-router'

import type { TicketAssistant } from '../../src/api/contract/assistant.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import type { AlikeWord } from '../../src/assistant/words.ts'
import { attempt } from '../admin/saving.ts'
import { Button } from '../parts/Button.tsx'
import { StatusMark } from '../parts/Marks.tsx'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { useMay } from '../wire/session.ts'
import { linksQuery } from '../wire/tickets.ts'
import { say, sayName } from '../words/say.ts'
import styles from './assistant.module.css'
import { forgetAssistant } from './wire.ts'

type Props = { alike: NonNullable<TicketAssistant['alike']>; ticket: Ticket }

export function AlikeOffer({ alike: { runId, linkType, count, ticket: other }, ticket }: Props) {
  const mayUpdate = useMay('ticket.update')
  const answer = (said: AlikeWord) =>
    void attempt(
      () => call('POST', `/assistant/runs/${runId}/alike`, { body: { said } }),
      say(said === 'linked' ? 'alike.linked' : 'assistant.noted'),
      () => {
        forgetAssistant()
        void client.invalidateQueries({ queryKey: linksQuery(ticket.id).queryKey })
      },
    )
  return (
    <div className={styles['alike']}>
      <p>{count > 0 ? say('alike.many', { count }) : say(`alike.${linkType}`)}</p>
      <StatusMark status={other.status} bare />{' '}
      <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(other.id) }}>
        #{other.id} {other.subject}
      </Link>
      {mayUpdate && (
        <div className={styles['actions']}>
          <Button onClick={() => answer('linked')}>
            {say('alike.link', { link: sayName('link', linkType), id: other.id })}
          </Button>
          <Button weight="quiet" onClick={() => answer('refused')}>
            {say('alike.refuse')}
          </Button>
        </div>
      )}
    </div>
  )
}
