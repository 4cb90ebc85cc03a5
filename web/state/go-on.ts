// Where work goes on when a ticket is done with, and where the keyboard then is.
import { useNavigate } from '@tanstack/react-router'

import { desk, neighbour, setDesk } from './desk-state.ts'
import { afterPaint } from './painted.ts'
import { preferences } from './preferences.ts'

export type GoOn = (id: number) => void

/** Opens a ticket of the list on the screen, in the view on the screen. */
export function useOpen(): (id: number) => void {
  const navigate = useNavigate()
  return (id) =>
    void navigate({
      to: '/inbox/$view/$ticketId',
      params: (now) => ({ view: now.view ?? 'all', ticketId: String(id) }),
      search: (now: object) => now,
    })
}

/** From a ticket that is done with: on to the next row, or from its screen to where this person wants to be. */
export function useGoOn(): GoOn {
  const navigate = useNavigate()
  const open = useOpen()
  return (id) => {
    const { afterSend } = preferences.get()
    const next = neighbour(id, 1)
    if (desk.get().openId === null) setDesk({ focusedId: next ?? id })
    else if (desk.get().openId === id && afterSend === 'next' && next !== null) open(next)
    else if (desk.get().openId === id && afterSend !== 'stay')
      void navigate({
        to: '/inbox/$view',
        params: (now) => ({ view: now.view ?? 'all' }),
        search: (now: object) => now,
      })
    afterPaint(() => takeKeyboard(afterSend === 'stay'))
  }
}

/** When nothing has the keyboard, the row in hand takes it; where one stays, or no list is on the screen, the conversation. */
function takeKeyboard(stays: boolean): void {
  if (document.activeElement !== document.body) return
  const row = document.querySelector<HTMLElement>('[role=row][tabindex="0"]')
  if (!stays && row?.offsetParent) row.focus({ preventScroll: true })
  else document.getElementById('conversation')?.focus()
}
