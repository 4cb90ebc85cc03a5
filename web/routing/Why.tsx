// On a ticket: how it waits, or why this person has it, and why not somebody else.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { RouteExplanation, TicketRouting } from '../../src/api/contract/routing.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { Age } from '../parts/Marks.tsx'
import { clockTime, dayAndTime, decimal, percent } from '../parts/time.ts'
import { Card } from '../ticket/beside/Card.tsx'
import { say, sayName } from '../words/say.ts'
import { Needs, unroutableWords } from './Line.tsx'
import styles from './routing.module.css'
import { routingQuery } from './wire.ts'

export function Why({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(routingQuery(ticket.id, ticket.seq))
  const [open, setOpen] = useState(false)
  if (!data || (data.waiting === null && data.decisions.length === 0)) return null
  const { waiting, decisions } = data
  const last = decisions[0]
  const nameOf = (id: number) => data.agents.find((each) => each.id === id)?.name ?? `#${id}`
  return (
    <Card name="routing">
      {waiting !== null ? (
        <p>
          {say('routing.waitsIn', {
            queue: waiting.queue.name,
            rank: waiting.explanation?.rank ?? 1,
            of: waiting.explanation?.of ?? 1,
          })}{' '}
          <span className={styles['help']}>
            <Age at={waiting.enteredAt} />
          </span>
          {waiting.unroutable.length > 0 && (
            <span className={styles['bad']}>{unroutableWords(waiting.unroutable)}</span>
          )}
          {waiting.unroutable.length === 0 && waiting.explanation?.candidates.length === 0 && (
            <span className={styles['help']}>{say('routing.nobodyNow')}</span>
          )}
        </p>
      ) : (
        last !== undefined && (
          <p>
            {say(`routeKind.${last.kind}`, { name: nameOf(last.agentId), queue: last.queue.name })}{' '}
            <span className={styles['help']}>
              <Age at={last.at} />
            </span>
          </p>
        )
      )}
      <p className={styles['ask']}>
        <Button weight="quiet" onClick={() => setOpen(true)}>
          {say('routing.whyButton')}
        </Button>
      </p>
      {open && <WhyDialog routing={data} onClose={() => setOpen(false)} />}
    </Card>
  )
}

function WhyDialog({ routing, onClose }: { routing: TicketRouting; onClose: () => void }) {
  const { waiting, decisions } = routing
  const moments = [
    ...(waiting?.explanation
      ? [{ key: 'now', label: say('routing.now'), explanation: waiting.explanation }]
      : []),
    ...decisions.map((each) => ({
      key: String(each.id),
      label: `${dayAndTime(each.at)} · ${nameIn(routing, each.agentId)}`,
      explanation: each.explanation,
    })),
  ]
  const [key, setKey] = useState(moments[0]?.key ?? '')
  const chosen = moments.find((each) => each.key === key)
  return (
    <Modal
      shape="wide"
      title={say(key === 'now' ? 'routing.whyWaits' : 'routing.whyTitle')}
      open
      onClose={onClose}
      actions={<Button onClick={onClose}>{say('action.close')}</Button>}
    >
      {moments.length > 1 && (
        <label className={styles['moment']}>
          {say('routing.decision')}{' '}
          <select value={key} onChange={(event) => setKey(event.target.value)}>
            {moments.map((each) => (
              <option key={each.key} value={each.key}>
                {each.label}
              </option>
            ))}
          </select>
        </label>
      )}
      {chosen !== undefined && <Explained explanation={chosen.explanation} routing={routing} />}
    </Modal>
  )
}

function nameIn({ agents }: TicketRouting, id: number): string {
  return agents.find((each) => each.id === id)?.name ?? `#${id}`
}

function Explained({ explanation, routing }: { explanation: RouteExplanation; routing: TicketRouting }) {
  const { rank, of, needs, relaxed, candidates, ineligible } = explanation
  const others = ineligible.filter(({ because }) => because !== 'not_in_team')
  const outside = ineligible.length - others.length
  return (
    <div className={styles['why']}>
      <p>{say('routing.place', { rank, of })}</p>
      <Needs needs={needs} />
      {relaxed.length > 0 && (
        <p className={styles['help']}>{say('routing.relaxed', { count: relaxed.length })}</p>
      )}
      <h3>{say('routing.couldTake')}</h3>
      {candidates.length === 0 ? (
        <p className={styles['help']}>{say('routing.nobody')}</p>
      ) : (
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{say('routing.agent')}</th>
                <th scope="col">{say('criterion.overqualification')}</th>
                <th scope="col">{say('criterion.shortfall')}</th>
                <th scope="col">{say('criterion.load')}</th>
                <th scope="col">{say('criterion.breadth')}</th>
                <th scope="col">{say('criterion.idle')}</th>
              </tr>
            </thead>
            <tbody>
              {candidates.slice(0, 8).map(({ agentId, criteria }, index) => (
                <tr key={agentId} data-first={index === 0 || undefined}>
                  <th scope="row">
                    {nameIn(routing, agentId)}
                    {criteria.affinity === 0 && (
                      <span className={styles['help']}>{say('routing.hadIt')}</span>
                    )}
                    {criteria.teamRank === 1 && (
                      <span className={styles['help']}>{say('routing.secondary')}</span>
                    )}
                  </th>
                  <td>{decimal(criteria.overqualification, 2)}</td>
                  <td>{criteria.shortfall}</td>
                  <td>{percent(criteria.load)}</td>
                  <td>
                    {criteria.breadth === undefined || criteria.breadth === null
                      ? '–'
                      : decimal(criteria.breadth, 2)}
                  </td>
                  <td>
                    {criteria.lastAssignedAt === null ? (
                      say('routing.never')
                    ) : (
                      <Age at={criteria.lastAssignedAt} bare />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {ineligible.length > 0 && (
        <h3>{say(candidates.length === 0 ? 'routing.whyNobody' : 'routing.whyNot')}</h3>
      )}
      <ul className={styles['nots']}>
        {others.map((each) => (
          <li key={each.agentId}>
            <b>{nameIn(routing, each.agentId)}</b> {reasonOf(each, routing)}
          </li>
        ))}
        {outside > 0 && <li className={styles['help']}>{say('routing.outsideTeams', { count: outside })}</li>}
      </ul>
    </div>
  )
}

function reasonOf(found: RouteExplanation['ineligible'][number], { skills }: TicketRouting): string {
  switch (found.because) {
    case 'presence':
      return found.since
        ? say('notBecause.presenceSince', {
            presence: sayName('presence', found.presence ?? ''),
            at: dayAndTime(found.since),
          })
        : sayName('presence', found.presence ?? '')
    case 'skill':
      return say('notBecause.skill', {
        skill: skills.find(({ id }) => id === found.skillId)?.name ?? String(found.skillId),
        level: found.level ?? 0,
        asked: found.minLevel ?? 0,
      })
    case 'shift_end':
      return say('notBecause.shift_end', {
        at: clockTime(found.endsAt ?? ''),
        minutes: Math.round((found.handleSeconds ?? 0) / 60),
      })
    case 'capacity':
      return say('notBecause.capacity', {
        used: found.used ?? 0,
        max: found.max ?? 0,
        units: found.units ?? 0,
      })
    case 'excluded':
      return sayName('notBecause', found.why ?? 'excluded')
    default:
      return sayName('notBecause', found.because)
  }
}
