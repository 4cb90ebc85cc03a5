// The change feed: one server-sent stream per tab tells what changed; only what is on the screen is read again.
import type { Change, Presence } from '../../src/api/contract.ts'
import type { ChatMoment } from '../../src/api/contract/chat.ts'
import type { NowBoard } from '../../src/api/contract/reports.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { createStore } from '../state/store.ts'
import { addressOf } from './address.ts'
import { takeChat } from './chat.ts'
import { client } from './client.ts'
import { takePresence } from './presence.ts'
import { lookWhoIsIn } from './session.ts'

/** `offline` after the stream was gone for a moment, so that a reload of the server does not flash. */
export const connection = createStore<'online' | 'offline'>('online')

const graceMs = 4_000

/** A moment later, or when the server can be reached again if it cannot be then. */
export async function reachable(): Promise<void> {
  await new Promise((done) => setTimeout(done, 1_000))
  if (connection.get() === 'online') return
  await new Promise<void>((done) => {
    const stop = connection.subscribe(() => {
      if (connection.get() === 'offline') return
      stop()
      done()
    })
  })
}

const draftListeners = new Set<(ticketId: number) => void>()
/** Hears of drafts that changed, here or on another device. */
export function onDraft(hear: (ticketId: number) => void): () => void {
  draftListeners.add(hear)
  return () => draftListeners.delete(hear)
}

/** How the desk stands at this moment, while somebody watches. */
export const liveBoard = createStore<NowBoard | null>(null)
const isWatched = createStore(false)
/** Has the stream tell the board of now until the answer is called. */
export function watchBoard(): () => void {
  isWatched.set(true)
  return () => {
    isWatched.set(false)
    liveBoard.set(null)
  }
}

/** Opens the stream from where the feed stood at `from` and keeps it open; call the answer to stop. */
export function startLive(from: string): () => void {
  let stream: EventSource | null = null
  let since = from
  let retry: ReturnType<typeof setTimeout> | undefined
  let grace: ReturnType<typeof setTimeout> | undefined

  const lost = () => {
    grace ??= setTimeout(() => connection.set('offline'), graceMs)
    if (stream?.readyState !== EventSource.CLOSED) return
    // The server answered, and not with a stream: the session may have ended.
    void lookWhoIsIn()
    clearTimeout(retry)
    retry = setTimeout(open, 3_000)
  }
  const opened = () => {
    clearTimeout(grace)
    grace = undefined
    if (connection.get() === 'offline') void client.invalidateQueries({ predicate: isShownData })
    connection.set('online')
  }
  const open = () => {
    stream?.close()
    const asked = { since: since || undefined, watch: isWatched.get() ? 'now' : undefined }
    stream = new EventSource(addressOf('/stream', asked))
    stream.addEventListener('open', opened)
    stream.addEventListener('error', lost)
    stream.addEventListener('change', (event: MessageEvent<string>) => {
      const change = JSON.parse(event.data) as Change
      since = change.seq
      take(change)
    })
    stream.addEventListener('presence', ({ data }: MessageEvent<string>) =>
      takePresence(JSON.parse(data) as Presence),
    )
    stream.addEventListener('chat', ({ data }: MessageEvent<string>) =>
      takeChat(JSON.parse(data) as ChatMoment),
    )
    stream.addEventListener('now', ({ data }: MessageEvent<string>) =>
      liveBoard.set(JSON.parse(data) as NowBoard),
    )
    stream.addEventListener('hello', ({ data }: MessageEvent<string>) => {
      since = seqOf(data)
    })
    stream.addEventListener('reset', ({ data }: MessageEvent<string>) => {
      since = seqOf(data)
      void client.invalidateQueries({ predicate: isShownData })
    })
  }
  open()
  const unhear = isWatched.subscribe(open)
  window.addEventListener('online', open)
  window.addEventListener('offline', wentOffline)
  return () => {
    clearTimeout(retry)
    clearTimeout(grace)
    unhear()
    window.removeEventListener('online', open)
    window.removeEventListener('offline', wentOffline)
    stream?.close()
  }
}

const wentOffline = () => connection.set('offline')

function seqOf(data: string): string {
  return (JSON.parse(data) as { seq: string }).seq
}

/** Lists are frozen and drafts belong to the person typing: neither is read again behind their back. */
function isShownData({ queryKey: [noun] }: { queryKey: readonly unknown[] }): boolean {
  return noun !== 'list' && noun !== 'draft' && noun !== 'me' && noun !== 'find'
}

function take({ kind, id, ticketSeq }: Change): void {
  if (kind === 'ticket') return takeTicket(id, ticketSeq)
  if (kind === 'settings') return
  if (kind === 'draft') return id === null ? undefined : draftListeners.forEach((hear) => hear(id))
  if (kind === 'people')
    return ['person', 'recipients'].forEach((noun) => void client.invalidateQueries({ queryKey: [noun] }))
  void client.invalidateQueries({ queryKey: [kind] })
}

function takeTicket(id: number | null, seq: number | null): void {
  if (id !== null) {
    const known = client.getQueryData<Ticket>(['ticket', id])
    if (known && (seq === null || known.seq < seq))
      void client.invalidateQueries({ queryKey: ['ticket', id] })
    void client.invalidateQueries({ queryKey: ['messages', id] })
    void client.invalidateQueries({ queryKey: ['events', id] })
    void client.invalidateQueries({ queryKey: ['side', id] })
    void client.invalidateQueries({ queryKey: ['recipients', id] })
    void client.invalidateQueries({ queryKey: ['chat', id] })
  }
  soonReadCounts()
}

let countsTimer: ReturnType<typeof setTimeout> | undefined
/** Counts and "n new" follow within a second, however many tickets change at once. */
export function soonReadCounts(): void {
  countsTimer ??= setTimeout(() => {
    countsTimer = undefined
    void client.invalidateQueries({ queryKey: ['counts'] })
    void client.invalidateQueries({ queryKey: ['fresh'] })
    void client.invalidateQueries({ queryKey: ['history'] })
  }, 800)
}
