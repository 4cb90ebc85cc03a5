// In the rail: the queues, and whether this person takes work now. Nothing of it shows on a desk without queues.
import { Menu } from '@base-ui/react/menu'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Check, Layers } from 'lucide-react'

import type { Presence } from '../../src/api/contract/routing.ts'
import menu from '../parts/menu.module.css'
import { clockTime } from '../parts/time.ts'
import { notify } from '../parts/toasts.ts'
import rail from '../shell/rail.module.css'
import { useMay, useMe } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import { Offers } from './Offers.tsx'
import { PresenceDot } from './PresenceDot.tsx'
import styles from './routing.module.css'
import { boardQuery, setPresence, takeNext, useQueues, useStaff } from './wire.ts'

const CHOICES: readonly Presence[] = ['online', 'transfers_only', 'away', 'away_and_reassigning', 'offline']

export function Here() {
  const queues = useQueues()
  const mayWork = useMay('ticket.update')
  if (queues.length === 0) return null
  return (
    <>
      <BoardLink />
      {mayWork && <Switch />}
      {mayWork && <Offers />}
    </>
  )
}

/** Leads see at once that something waits which nobody can take. */
function BoardLink() {
  const isLead = useMay('routing.lead')
  const { data } = useQuery({ ...boardQuery, enabled: isLead })
  const stuck = data?.queues.reduce((sum, { unroutable }) => sum + unroutable, 0) ?? 0
  return (
    <Link to="/queues" className={rail['place']} title={say('routing.board')}>
      <Layers size={18} aria-hidden />
      {stuck > 0 && <span className={styles['stuck']}>{stuck}</span>}
      <span className="unseen">
        {say('routing.board')}
        {stuck > 0 && `, ${say('routing.stuck', { count: stuck })}`}
      </span>
    </Link>
  )
}

function Switch() {
  const me = useMe()
  const navigate = useNavigate()
  const own = useStaff().find(({ id }) => id === me.id)
  if (own === undefined) return null
  const { presence, used, maxUnits, reason, since } = own
  const next = async () => {
    const taken = await takeNext()
    if (taken === null) return
    if (taken.ticketId === null) return void notify({ title: say('routing.nothingWaits') })
    void navigate({
      to: '/inbox/$view/$ticketId',
      params: { view: 'mine', ticketId: String(taken.ticketId) },
    })
  }
  const title = say('routing.here', { presence: sayName('presence', presence) })
  return (
    <Menu.Root>
      <Menu.Trigger className={rail['place']} title={title}>
        <PresenceDot presence={presence} big />
        <span className="unseen">{title}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="right" align="end" sideOffset={8} className={menu['positioner']}>
          <Menu.Popup className={menu['popup']}>
            <p className={rail['person']}>
              <b>{sayName('presence', presence)}</b>
              {say('routing.inHand', { used, max: maxUnits })}
              {reason === 'offers_expired' && since !== null && (
                <span className={styles['why']}>{say('routing.wentAway', { at: clockTime(since) })}</span>
              )}
            </p>
            <Menu.Separator className={menu['separator']} />
            {CHOICES.map((each) => (
              <Menu.Item key={each} className={menu['item']} onClick={() => void setPresence(each)}>
                <span className={styles['choice']}>
                  <PresenceDot presence={each} />
                  <span>
                    {sayName('presence', each)}
                    <span className={styles['help']}>{sayName('presenceHelp', each)}</span>
                  </span>
                </span>
                {each === presence && <Check size={14} aria-label={say('routing.chosen')} />}
              </Menu.Item>
            ))}
            <Menu.Separator className={menu['separator']} />
            <Menu.Item className={menu['item']} onClick={() => void next()}>
              {say('routing.next')}
            </Menu.Item>
            <Menu.Item className={menu['item']} onClick={() => void navigate({ to: '/queues' })}>
              {say('routing.board')}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
