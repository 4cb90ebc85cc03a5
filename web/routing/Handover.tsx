// The end of a shift: what somebody leaves behind, what of it cannot wait chosen already, and one button to hand it over.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { Handover as HandoverAnswer } from '../../src/api/contract/staffing.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Age, PriorityMark, StatusMark } from '../parts/Marks.tsx'
import { dayAndTime } from '../parts/time.ts'
import { useTitle } from '../state/title.ts'
import { useMay, useMe } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { handOver } from './hand-over.ts'
import styles from './handover.module.css'
import board from './routing.module.css'
import { handoverQuery, useStaff } from './wire.ts'

const [STEP, MOST] = [50, 200]
type Item = HandoverAnswer['items'][number]

export function Handover() {
  useTitle([say('handover.title')])
  const me = useMe()
  const { agent } = useSearch({ strict: false }) as { agent?: number }
  const whose = agent ?? me.id
  const [limit, setLimit] = useState(STEP)
  const query = useQuery({ ...handoverQuery(whose, limit), placeholderData: keepPreviousData })
  const { data } = query
  return (
    <main className={board['board']} id="conversation" tabIndex={-1}>
      <header className={styles['head']}>
        <p>
          <Link to="/queues">← {say('routing.board')}</Link>
        </p>
        <h1>{say('handover.title')}</h1>
        <Whose id={whose} />
        {data !== undefined && <p className={styles['when']}>{whenWords(data, whose === me.id)}</p>}
      </header>
      <Arrived query={query} rows={5} height={52}>
        {(plan) =>
          plan.items.length === 0 ? (
            <Empty title={say('handover.empty')}>
              <p>{say('handover.emptyHelp')}</p>
            </Empty>
          ) : (
            <>
              <Chooser key={plan.agent.id} handover={plan} />
              {plan.nextCursor !== null && limit < MOST && (
                <Button onClick={() => setLimit(Math.min(MOST, limit + STEP))}>{say('list.more')}</Button>
              )}
            </>
          )
        }
      </Arrived>
    </main>
  )
}

/** Leads look at anybody's. */
function Whose({ id }: { id: number }) {
  const navigate = useNavigate()
  const mayLead = useMay('routing.lead')
  const staff = useStaff()
  if (!mayLead || staff.length === 0) return null
  return (
    <label className={styles['whose']}>
      {say('handover.whose')}{' '}
      <select
        value={id}
        onChange={(event) =>
          void navigate({ to: '/queues/handover', search: { agent: Number(event.target.value) } })
        }
      >
        {staff.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  )
}

function whenWords({ agent, shiftEndsAt, backAt }: HandoverAnswer, own: boolean): string {
  const { name } = agent
  if (shiftEndsAt === null && backAt !== null)
    return say(own ? 'handover.backOwn' : 'handover.back', { name, back: dayAndTime(backAt) })
  if (shiftEndsAt === null) return say(own ? 'handover.noHoursOwn' : 'handover.noHours', { name })
  const values = { name, end: dayAndTime(shiftEndsAt), back: backAt === null ? '–' : dayAndTime(backAt) }
  return say(own ? 'handover.whenOwn' : 'handover.when', values)
}

function Chooser({ handover: { agent, items } }: { handover: HandoverAnswer }) {
  const [touched, setTouched] = useState<ReadonlyMap<number, boolean>>(new Map())
  const isChosen = ({ ticketId, why }: Item) => touched.get(ticketId) ?? why !== null
  const chosen = items.filter(isChosen)
  const choose = (some: readonly Item[], on: boolean) =>
    setTouched((now) => new Map([...now, ...some.map(({ ticketId }) => [ticketId, on] as const)]))
  const urgent = items.filter(({ why }) => why !== null)
  const rest = items.filter(({ why }) => why === null)
  const parts = [
    { title: say('handover.urgent', { count: urgent.length }), items: urgent },
    { title: say('handover.rest', { count: rest.length }), items: rest },
  ].filter((part) => part.items.length > 0)
  return (
    <>
      {parts.map((part) => (
        <fieldset key={part.title} className={styles['part']}>
          <legend>
            <label>
              <input
                type="checkbox"
                checked={part.items.every(isChosen)}
                onChange={(event) => choose(part.items, event.target.checked)}
              />{' '}
              {part.title}
            </label>
          </legend>
          <ul>
            {part.items.map((item) => (
              <Row
                key={item.ticketId}
                item={item}
                on={isChosen(item)}
                onChoose={(on) => choose([item], on)}
              />
            ))}
          </ul>
        </fieldset>
      ))}
      <Give agentId={agent.id} ids={chosen.map(({ ticketId }) => ticketId)} />
    </>
  )
}

function Row({ item, on, onChoose }: { item: Item; on: boolean; onChoose: (on: boolean) => void }) {
  const { ticketId, subject, requester, priority, status, why, dueAt, waitingSince } = item
  return (
    <li className={board['row']}>
      <input
        type="checkbox"
        aria-label={say('handover.choose', { id: ticketId })}
        checked={on}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <PriorityMark priority={priority} bare />
      <span className={board['subject']}>
        <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
          #{ticketId} {subject}
        </Link>
        <span className={board['help']}>{requester}</span>
      </span>
      <span className={styles['why']}>
        <StatusMark status={status} />
        {why === 'due' && dueAt !== null && (
          <span className={board['bad']}>{say('handover.due', { at: dayAndTime(dueAt) })}</span>
        )}
        {why === 'waiting' && waitingSince !== null && (
          <span className={board['help']}>
            {say('handover.waiting')} <Age at={waitingSince} bare />
          </span>
        )}
      </span>
    </li>
  )
}

/** To the queues, or to one colleague. */
function Give({ agentId, ids }: { agentId: number; ids: readonly number[] }) {
  const [busy, setBusy] = useState(false)
  const colleagues = useStaff().filter(({ id }) => id !== agentId)
  const give = async (to: { id: number; name: string } | null) => {
    setBusy(true)
    await handOver({ agentId, ids, to })
    setBusy(false)
  }
  return (
    <div className={styles['give']}>
      <span>{say('handover.chosen', { count: ids.length })}</span>
      <Button weight="primary" disabled={busy || ids.length === 0} onClick={() => void give(null)}>
        {say('handover.toQueues')}
      </Button>
      <select
        aria-label={say('handover.toColleague')}
        disabled={busy || ids.length === 0}
        value=""
        onChange={(event) =>
          void give(colleagues.find(({ id }) => String(id) === event.target.value) ?? null)
        }
      >
        <option value="">{say('handover.toColleague')}</option>
        {colleagues.map(({ id, name, presence, used, maxUnits }) => (
          <option key={id} value={id}>
            {say('handover.colleague', { name, presence: say(`presence.${presence}`), used, max: maxUnits })}
          </option>
        ))}
      </select>
    </div>
  )
}
