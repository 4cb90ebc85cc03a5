// Play mode on the server: the next ticket that nobody else has in hand, and the lock on the one that is open.
import type { NextAnswer } from '../../src/api/contract/views.ts'
import { desk, setDesk } from '../state/desk-state.ts'
import { notify } from '../state/toasts.ts'
import { say } from '../words/say.ts'
import { call, reasonOf } from './call.ts'
import { keepTicket } from './tickets.ts'

/** The number of the next ticket, locked for the caller; null, said aloud, when nothing is left. */
export async function playNext(): Promise<number | null> {
  const { play, openId } = desk.get()
  if (play === null) return null
  const skip = openId === null ? play.skip : [...new Set([...play.skip, openId])]
  try {
    const body = { q: play.q, sort: play.sort, skip: skip.slice(-1_000) }
    const { ticket } = await call<NextAnswer>('POST', '/tickets/next', { body })
    if (openId !== null) void giveBack(openId)
    if (ticket) {
      keepTicket(ticket)
      setDesk({ play: { ...play, skip } })
      return ticket.id
    }
    setDesk({ play: null })
    notify({ title: say('play.end', { name: play.name }) })
  } catch (error) {
    notify({ kind: 'error', title: say('play.failed'), detail: reasonOf(error) })
  }
  return null
}

/** Keeps the open ticket in hand. A refusal says nothing: the ticket stays open, only the lock is somebody else's. */
export async function renewLock(id: number): Promise<void> {
  await call('POST', `/tickets/${id}/lock`, { body: {} }).catch(() => undefined)
}

async function giveBack(id: number): Promise<void> {
  await call('DELETE', `/tickets/${id}/lock`).catch(() => undefined)
}

export async function stopPlaying(id: number | null): Promise<void> {
  if (id !== null) await giveBack(id)
}
