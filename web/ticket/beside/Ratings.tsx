// What the customer said of the help, for each resolve: the score, their words, whose the resolve was. Where nobody was asked, why.
import { useQuery } from '@tanstack/react-query'

import type { TicketSurvey } from '../../../src/api/contract/surveys.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Age } from '../../parts/Marks.tsx'
import { surveysQuery } from '../../wire/beside.ts'
import { say, sayName } from '../../words/say.ts'
import { Card } from './Card.tsx'
import styles from './context.module.css'

export function Ratings({ ticket }: { ticket: Ticket }) {
  const mayHave = ticket.resolvedAt !== null || ticket.reopenCount > 0
  const { data } = useQuery({ ...surveysQuery(ticket.id, ticket.seq), enabled: mayHave })
  if (!data || data.items.length === 0) return null
  return (
    <Card name="rating">
      {data.items.map((survey) => (
        <Rating key={survey.id} survey={survey} />
      ))}
    </Card>
  )
}

function Rating({ survey }: { survey: TicketSurvey }) {
  const { score, scale, comment, at, answeredAt, changedAt, assignee, outcome } = survey
  const whose = assignee === null ? null : say('rating.whose', { name: assignee.name || assignee.email })
  if (score === null)
    return (
      <p className={styles['rated']}>
        <span className={styles['muted']}>{sayName('rating', outcome)}</span> <Age at={at} bare />
      </p>
    )
  return (
    <div className={styles['rated']}>
      <p>
        <strong data-good={score >= 4}>{sayName(`rating.of${scale}`, String(score))}</strong>{' '}
        <Age at={changedAt ?? answeredAt ?? at} bare />
        {changedAt && <span className={styles['muted']}> {say('rating.changed')}</span>}
      </p>
      {comment !== '' && <blockquote>{comment}</blockquote>}
      {whose && <p className={styles['muted']}>{whose}</p>}
    </div>
  )
}
