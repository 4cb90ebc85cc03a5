// Who waits in a queue, in the order in which they will be served.
import { Menu } from '@base-ui/react/menu'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'

import type { WaitingTicket } from '../../src/api/contract/routing.ts'
import { Button } from '../parts/Button.tsx'
import { Empty, Skeleton } from '../parts/Empty.tsx'
import { Age, PriorityMark } from '../parts/Marks.tsx'
import menu from '../parts/menu.module.css'
import { useMay } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { giveTo } from './give.ts'
import { PresenceDot } from './PresenceDot.tsx'
import styles from './routing.module.css'
import { lineQuery, useSkills, useStaff } from './wire.ts'

const STEP = 30

/** What a dragged row carries. */
export const DRAGGED = 'application/x-docket-ticket'

export function Line({ queueId, title }: { queueId: number; title: string }) {
  const [limit, setLimit] = useState(STEP)
  const { data } = useQuery(lineQuery(queueId, limit))
  return (
    <section className={styles['line']} aria-label={say('routing.line', { queue: title })}>
      <h2>{say('routing.line', { queue: title })}</h2>
      {!data ? (
        <Skeleton rows={5} height={40} />
      ) : data.items.length === 0 ? (
        <Empty title={say('routing.emptyLine')} />
      ) : (
        <ol className={styles['rows']}>
          {data.items.map((row) => (
            <Row key={row.ticketId} row={row} />
          ))}
        </ol>
      )}
      {data?.nextCursor && limit < 200 && (
        <Button onClick={() => setLimit(Math.min(200, limit + STEP))}>{say('list.more')}</Button>
      )}
    </section>
  )
}

function Row({ row }: { row: WaitingTicket }) {
  const mayGive = useMay('routing.lead')
  const staff = useStaff()
  const offeredTo = staff.find(({ id }) => id === row.offeredTo)?.name
  return (
    <li
      className={styles['row']}
      draggable={mayGive}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, String(row.ticketId))
        event.dataTransfer.effectAllowed = 'move'
      }}
    >
      <span className={styles['rank']}>{row.rank}</span>
      <PriorityMark priority={row.priority} bare />
      <span className={styles['subject']}>
        <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(row.ticketId) }}>
          #{row.ticketId} {row.subject}
        </Link>
        <span className={styles['help']}>
          {row.requester}
          {offeredTo !== undefined && ` · ${say('routing.offeredTo', { name: offeredTo })}`}
          {row.unroutable.length > 0 && (
            <span className={styles['bad']}> · {unroutableWords(row.unroutable)}</span>
          )}
        </span>
        <Needs needs={row.needs} />
      </span>
      <span
        className={styles['due']}
        data-bad={(row.secondsLeft !== null && row.secondsLeft < 0) || undefined}
      >
        <Age at={row.eligibleAt} bare />
        {row.secondsLeft !== null && <span className={styles['help']}>{leftWords(row.secondsLeft)}</span>}
      </span>
      {mayGive && <Give ticketId={row.ticketId} />}
    </li>
  )
}

export function unroutableWords(missing: readonly string[]): string {
  switch (missing[0]) {
    case 'team':
      return say('routing.nobodyInTeam')
    case 'capacity':
      return say('routing.noCapacity')
    case 'conflict':
      return say('routing.allInConflict')
    default:
      return say('routing.nobodyCan', { skills: missing.join(', ') })
  }
}

function leftWords(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60)
  const time = minutes < 100 ? say('age.m', { n: minutes }) : say('age.h', { n: Math.round(minutes / 60) })
  return say(seconds < 0 ? 'routing.overdue' : 'routing.slaLeft', { time })
}

export function Needs({ needs }: { needs: WaitingTicket['needs'] }) {
  const skills = useSkills()
  if (needs.length === 0) return null
  return (
    <span className={styles['needs']}>
      {needs.map(({ skillId, minLevel, tier, state }) => (
        <span key={skillId} className={styles['need']} data-state={state} title={say(`needState.${state}`)}>
          {skills.find(({ id }) => id === skillId)?.name ?? skillId} ≥{minLevel}
          {tier === 0 ? ` · ${say('routing.required')}` : ''}
        </span>
      ))}
    </span>
  )
}

/** The menu that does what dragging does. */
function Give({ ticketId }: { ticketId: number }) {
  const staff = useStaff()
  return (
    <Menu.Root>
      <Menu.Trigger className={styles['give']} title={say('routing.give')}>
        <UserPlus size={15} aria-hidden />
        <span className="unseen">{say('routing.give')}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className={menu['positioner']}>
          <Menu.Popup className={`${menu['popup']} ${styles['people']}`}>
            {staff.map(({ id, name, presence, used, maxUnits }) => (
              <Menu.Item
                key={id}
                className={menu['item']}
                onClick={() => void giveTo(ticketId, { id, name })}
              >
                <span className={styles['choice']}>
                  <PresenceDot presence={presence} />
                  {name}
                </span>
                <span className={menu['keys']}>
                  {used}/{maxUnits}
                </span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
