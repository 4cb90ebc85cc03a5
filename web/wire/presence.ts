// Who else has a ticket open and who writes there; and telling the others about this tab.
import { useEffect } from 'react'

import type { Presence, PresencePut } from '../../src/api/contract.ts'
import { afterPaint } from '../state/painted.ts'
import { createStore, useStore } from '../state/store.ts'
import { call } from './call.ts'
import { useMe } from './session.ts'

type Person = Presence['people'][number]
const none: readonly Person[] = []
const company = createStore<ReadonlyMap<number, readonly Person[]>>(new Map())
const tab = crypto.randomUUID()
const everyMs = 20_000

/** Takes in what the feed says of one ticket. */
export function takePresence({ ticketId, people }: Presence): void {
  company.set((now) => {
    const next = new Map(now)
    if (people.length === 0) next.delete(ticketId)
    else next.set(ticketId, people)
    return next
  })
}

/** Colleagues on a ticket, without oneself. */
export function useCompany(ticketId: number): readonly Person[] {
  const me = useMe()
  const here = useStore(company, (map) => map.get(ticketId) ?? none)
  return here.filter(({ id }) => id !== me.id)
}

/** Says that this tab shows a ticket, as long as it is seen, and what is written there. */
export function useAnnounce(ticketId: number, typing: PresencePut['typing']): void {
  useEffect(() => {
    const say = () => {
      if (!document.hidden) put({ tab, ticketId, typing })
    }
    const leave = () => put({ tab, ticketId: null, typing: null }, true)
    const look = () => (document.hidden ? leave() : say())
    say()
    const timer = setInterval(say, everyMs)
    document.addEventListener('visibilitychange', look)
    window.addEventListener('pagehide', leave)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('pagehide', leave)
    }
  }, [ticketId, typing])
  useEffect(() => () => put({ tab, ticketId: null, typing: null }), [])
}

let takeBack: (() => void) | null = null

/** Nobody waits for this: the ticket is shown first, and going from one to the next is told once. */
function put(body: PresencePut, keepalive = false): void {
  takeBack?.()
  takeBack = null
  const send = () => void call('PUT', '/presence', { body, keepalive }).catch(() => undefined)
  if (keepalive) send()
  else takeBack = afterPaint(send)
}
