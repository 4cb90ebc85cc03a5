// The presence switch: whether this person takes work now, and the next ticket by hand.
import { Menu } from '@base-ui/react/menu'
import { useNavigate } from '@tanstack/react-router'
import { Check } from 'lucide-react'

import type { Presence } from '../../src/api/contract/routing.ts'
import menu from '../parts/menu.module.css'
import { clockTime, useMinute } from '../parts/time.ts'
import { notify } from '../state/toasts.ts'
import rail from '../shell/rail.module.css'
import { useMe } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import { PresenceDot } from './PresenceDot.tsx'
import styles from './routing.module.css'
import { setPresence, takeNext, useStaff } from './wire.ts'

const CHOICES: readonly Presence[] = ['online', 'transfers_only', 'away', 'away_and_reassigning', 'offline']

/** The person's own presence, as a dot that opens a menu. */
export function Switch({ className, named = false }: { className?: string | undefined; named?: boolean }) {
  const me = useMe()
  const navigate = useNavigate()
  const next = useNext()
  const own = useStaff().find(({ id }) => id === me.id)
  const now = useMinute()
  if (own === undefined) return null
  const { presence, used, maxUnits, reason, since, shiftEndsAt } = own
  const title = say('routing.here', { presence: sayName('presence', presence) })
  return (
    <Menu.Root>
      <Menu.Trigger className={className} title={title}>
        <PresenceDot presence={presence} big={!named} named={named} />
        <span className="unseen">{title}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner
          side={named ? 'bottom' : 'right'}
          align="end"
          sideOffset={8}
          className={menu['positioner']}
        >
          <Menu.Popup className={menu['popup']}>
            <p className={rail['person']}>
              <b>{sayName('presence', presence)}</b>
              {say('routing.inHand', { used, max: maxUnits })}
              {shiftEndsAt !== null && Date.parse(shiftEndsAt) > now && (
                <span>{say('routing.shiftUntil', { at: clockTime(shiftEndsAt) })}</span>
              )}
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
            <Menu.Item className={menu['item']} onClick={() => void navigate({ to: '/queues/handover' })}>
              {say('handover.open')}
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

/** Takes the next ticket and goes there. */
export function useNext(): () => Promise<void> {
  const navigate = useNavigate()
  return async () => {
    const taken = await takeNext()
    if (taken === null) return
    if (taken.ticketId === null) return void notify({ title: say('routing.nothingWaits') })
    void navigate({
      to: '/inbox/$view/$ticketId',
      params: { view: 'mine', ticketId: String(taken.ticketId) },
    })
  }
}
