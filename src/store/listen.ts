// PostgreSQL's NOTIFY, as wake-ups and as the live feed. A lost connection is opened again; listeners then look for themselves.
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Log } from '#kit/log.ts'
import type { Database, Db } from '#store/database.ts'
import { besideTicket, deskThings, laneNames } from '#store/notice-words.ts'

export type LaneName = (typeof laneNames)[number]

/** What is told on commit: that something waits in a lane, or that a thing changed. */
export type Notice =
  | { readonly lane: LaneName }
  | {
      readonly changed: 'ticket'
      readonly id: number
      readonly seq: number
      readonly lanes: readonly LaneName[]
    }
  /** The number is a ticket's; null is no one ticket's. */
  | { readonly changed: BesideTicket; readonly id: number | null }
  | { readonly changed: DeskThing; readonly id: number | null }
  | { readonly presence: PresenceNotice }
  | { readonly chat: ChatNotice }
  | { readonly reconnected: true }

/** A browser tab says which ticket it shows and what is written there; null when it leaves. */
export type PresenceNotice = {
  readonly tab: string
  readonly agentId: number
  readonly ticketId: number | null
  readonly typing: 'reply' | 'note' | null
  readonly since: string
}

/** Of a chat and of the moment: whether its visitor is there and writes, or that somebody has read it. Never stored. */
export type ChatNotice = {
  readonly ticketId: number
  readonly here?: boolean
  readonly typing?: boolean
  readonly read?: number
  /** The visitor has said something. */
  readonly said?: true
}

/** What changes often and is no configuration: what is kept of the desk's rules stays good. */
export const passing: ReadonlySet<string> = new Set([
  'ticket',
  'draft',
  'outbox',
  'quarantine',
  'jobs',
  'backtests',
  'imports',
  'backups',
  'hooks',
  'views',
  'macros',
  'articles',
  'sections',
  'mentions',
  'checklist',
  'presences',
  'offers',
  'waiting',
  'alerts',
  'runs',
  'savedReports',
])

type BesideTicket = (typeof besideTicket)[number]

export type DeskThing = (typeof deskThings)[number]

export type Listener = {
  readonly on: (hear: (notice: Notice) => void) => () => void
  readonly close: () => Promise<void>
}

/** Tells a notice after the commit of what was written. */
export function tell(db: Db, notice: Notice): void {
  db.notify(JSON.stringify(notice))
}

const number = z.int().min(0)
const lanesNamed = z.enum(laneNames)
const ofTicket = z.strictObject({
  changed: z.literal('ticket'),
  id: number,
  seq: number,
  lanes: z.array(lanesNamed).readonly(),
})
/** Any login of the database may send words on this channel: what reads otherwise is no notice. */
const told: z.ZodType<Notice> = z.union([
  z.strictObject({ lane: lanesNamed }),
  ofTicket,
  z.strictObject({ changed: z.enum(besideTicket), id: number.nullable() }),
  z.strictObject({ changed: z.enum(deskThings), id: number.nullable() }),
  z.strictObject({
    presence: z.strictObject({
      tab: z.string().max(200),
      agentId: number,
      ticketId: number.nullable(),
      typing: z.enum(['reply', 'note']).nullable(),
      since: z.iso.datetime(),
    }),
  }),
  z.strictObject({
    chat: z.strictObject({
      ticketId: number,
      here: z.boolean().exactOptional(),
      typing: z.boolean().exactOptional(),
      read: number.exactOptional(),
      said: z.literal(true).exactOptional(),
    }),
  }),
])

/** A notice as it was told by `tell`; null of what is none. */
export function readNotice(payload: string): Notice | null {
  try {
    const said: unknown = JSON.parse(payload)
    // Every process reads one of these for each update: the rest is not tried first.
    const isOfTicket =
      typeof said === 'object' && said !== null && 'changed' in said && said.changed === 'ticket'
    return (isOfTicket ? ofTicket : told).safeParse(said).data ?? null
  } catch {
    return null
  }
}

/** Listens until closed. */
export async function listen(database: Database, log: Log): Promise<Listener> {
  const hearers = new Set<(notice: Notice) => void>()
  const hear = (notice: Notice) => {
    for (const each of hearers)
      try {
        each(notice)
      } catch (error) {
        log.error({ err: error }, 'A notice was not heard')
      }
  }
  const hearPayload = (payload: string) => {
    const notice = readNotice(payload)
    if (notice === null) log.warn({ letters: payload.length }, 'What came as a notice is none')
    else hear(notice)
  }
  let closed = false
  let client = await connect()

  async function connect() {
    const next = await database.connection()
    next.on('notification', ({ payload }) => hearPayload(payload ?? ''))
    try {
      await next.query('listen docket')
    } catch (error) {
      await next.end().catch(() => {})
      throw error
    }
    // Only one that has listened is followed by another: what fails before is tried again by who asked for it.
    next.once('end', () => void reconnect())
    return next
  }
  async function reconnect() {
    for (let waitMs = 100; !closed; waitMs = Math.min(waitMs * 2, 5_000)) {
      try {
        await pause(waitMs)
        client = await connect()
        if (closed) await client.end()
        else hear({ reconnected: true })
        return
      } catch (error) {
        log.warn({ reason: (error as Error).message }, 'The database is away')
      }
    }
  }
  return {
    on: (each) => {
      hearers.add(each)
      return () => hearers.delete(each)
    },
    close: async () => {
      closed = true
      await client.end()
    },
  }
}
