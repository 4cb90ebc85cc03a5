// Who works for a queue: there or away, and how much they have in hand. A ticket dropped on somebody is theirs.
import { Menu } from '@base-ui/react/menu'
import { Link, useNavigate } from '@tanstack/react-router'
import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'

import type { Presence, StaffMember } from '../../src/api/contract/routing.ts'
import { Avatar } from '../parts/Marks.tsx'
import menu from '../parts/menu.module.css'
import { clockTime, useMinute } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import { giveTo } from './give.ts'
import { DRAGGED } from './Line.tsx'
import { PresenceDot } from './PresenceDot.tsx'
import styles from './routing.module.css'
import { tryTo, useQueues, useStaff } from './wire.ts'

const ORDER: readonly Presence[] = ['online', 'transfers_only', 'away', 'away_and_reassigning', 'offline']

export function Staff({ queueId }: { queueId: number }) {
  const queue = useQueues().find(({ id }) => id === queueId)
  const teams = [...(queue?.primaryTeams ?? []), ...(queue?.secondaryTeams ?? [])]
  const staff = useStaff()
    .filter((one) => one.teams.some((team) => teams.includes(team)))
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.presence) - ORDER.indexOf(b.presence) || a.used / a.maxUnits - b.used / b.maxUnits,
    )
  return (
    <section className={styles['staff']} aria-label={say('routing.staff')}>
      <h2>{say('routing.staff')}</h2>
      {staff.length === 0 && <p className={styles['help']}>{say('routing.nobodyInTeam')}</p>}
      <ul>
        {staff.map((one) => (
          <Member key={one.id} member={one} />
        ))}
      </ul>
    </section>
  )
}

function Member({ member }: { member: StaffMember }) {
  const { id, name, presence, used, maxUnits, shiftEndsAt } = member
  const mayLead = useMay('routing.lead')
  const [over, setOver] = useState(false)
  const accepts = (types: readonly string[]) => mayLead && types.includes(DRAGGED)
  return (
    <li
      className={styles['member']}
      data-over={over || undefined}
      data-gone={presence !== 'online' || undefined}
      onDragOver={(event) => {
        if (!accepts(event.dataTransfer.types)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const ticketId = Number(event.dataTransfer.getData(DRAGGED))
        if (ticketId > 0) void giveTo(ticketId, { id, name })
      }}
    >
      <Avatar name={name} of={id} size={24} />
      <span className={styles['memberName']}>
        <Link
          to="/inbox/$view"
          params={{ view: 'search' }}
          search={{ q: `assignee:"${name}" status:new,open,pending,on_hold` }}
          title={say('routing.tickets', { name })}
        >
          {name}
        </Link>
        <span className={styles['presence']}>
          <PresenceDot presence={presence} named />
          <ShiftEnd at={shiftEndsAt} />
        </span>
      </span>
      <span className={styles['load']} title={say('routing.inHand', { used, max: maxUnits })}>
        <span className="tabular">
          {used}/{maxUnits}
        </span>
        <span className={styles['bar']} aria-hidden>
          <span style={{ inlineSize: `${Math.min(100, maxUnits === 0 ? 100 : (used / maxUnits) * 100)}%` }} />
        </span>
      </span>
      {mayLead && <SetPresence member={member} />}
    </li>
  )
}

const SOON_MS = 3_600_000

/** Said in the last hour. */
function ShiftEnd({ at }: { at: string | null }) {
  const now = useMinute()
  const left = at === null ? Infinity : Date.parse(at) - now
  if (at === null || left <= 0 || left > SOON_MS) return null
  return <span className={styles['help']}>{say('routing.until', { at: clockTime(at) })}</span>
}

function SetPresence({ member: { id, name } }: { member: StaffMember }) {
  const navigate = useNavigate()
  const set = (presence: Presence) => tryTo(() => call('PATCH', `/staff/${id}`, { body: { presence } }))
  return (
    <Menu.Root>
      <Menu.Trigger className={styles['give']} title={say('routing.setPresence', { name })}>
        <MoreHorizontal size={15} aria-hidden />
        <span className="unseen">{say('routing.setPresence', { name })}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className={menu['positioner']}>
          <Menu.Popup className={menu['popup']}>
            {ORDER.map((presence) => (
              <Menu.Item key={presence} className={menu['item']} onClick={() => void set(presence)}>
                <span className={styles['choice']}>
                  <PresenceDot presence={presence} />
                  {sayName('presence', presence)}
                </span>
              </Menu.Item>
            ))}
            <Menu.Separator className={menu['separator']} />
            <Menu.Item
              className={menu['item']}
              onClick={() => void navigate({ to: '/queues/handover', search: { agent: id } })}
            >
              {say('handover.open')}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
