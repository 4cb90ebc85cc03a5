// Tells programs outside: claims due deliveries, signs them by Standard Webhooks, and tries again with growing waits for about
// a day. Then a delivery is dead, and somebody may replay it. The id stays the same, so that receivers can drop repeats.
import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { writeCause } from '#channels/cause.ts'
import {
  claimDeliveries,
  nextDeliveryAt,
  placeOfSecret,
  finishDelivery,
  type Claimed,
} from '#channels/webhook-store.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import { plus } from '#kit/time.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

const AT_ONCE = 8
/** Seconds to the next try after each failed one: a day and two hours in all. */
const WAITS = [5, 30, 120, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 36_000]
const TIMEOUT_MS = 10_000
const MOST_SHOWN = 500

/** Delivers what is due, a few at a time. */
export async function deliverWebhooks(desk: Desk): Promise<Round> {
  const claim = randomUUID()
  const due = await claimDeliveries(desk.database, claim, desk.clock.now(), AT_ONCE)
  if (due.length === 0) return nextDeliveryAt(desk.database)
  await Promise.all(due.map((delivery) => deliverOne(desk, delivery, claim)))
  return 'more'
}

async function deliverOne(desk: Desk, delivery: Claimed, claim: string): Promise<void> {
  const startedAt = performance.now()
  const { status, detail, isFinal } = await post(desk, delivery).catch(failureOf)
  const at = desk.clock.now()
  const attempt = { at, durationMs: Math.round(performance.now() - startedAt), status, detail }
  const isDone = status !== null && status >= 200 && status < 300
  const wait = WAITS[delivery.attempts - 1]
  const again = isDone || isFinal || wait === undefined ? null : plus(at, wait)
  const state = isDone ? 'delivered' : again === null ? 'dead' : 'queued'
  await finishDelivery(desk.database, { id: delivery.id, claim }, { state, again, attempt })
  if (state === 'dead')
    desk.log.warn({ webhook: delivery.webhookKey, deliveryId: delivery.id, detail }, 'A webhook was given up')
  tell(desk.database, { changed: 'webhooks', id: delivery.webhookId })
}

type Answer = { readonly status: number | null; readonly detail: string; readonly isFinal: boolean }

/** One try. A redirect is an answer like any other: it is not followed. */
async function post(desk: Desk, delivery: Claimed): Promise<Answer> {
  const secret = desk.seal.open(delivery, placeOfSecret(delivery.webhookKey))
  const body = JSON.stringify(delivery.payload)
  const id = `msg_${delivery.id}`
  const now = new Date(desk.clock.now())
  const { status } = await desk.egress.fetch(delivery.url, {
    method: 'POST',
    body,
    timeoutMs: TIMEOUT_MS,
    mostBytes: 65_536,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Docket',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
      ...(delivery.causeEventId === null
        ? {}
        : { 'docket-cause': writeCause(delivery.causeEventId, desk.secret) }),
    },
  })
  // 410 Gone is a receiver's word that it wants no more (Standard Webhooks).
  return {
    status,
    detail: status >= 300 && status < 400 ? 'A redirect: give its target instead' : '',
    isFinal: status === 410,
  }
}

/** What the answer said is not shown: a webhook must not become a way to read what lies inside the network. */
function failureOf(error: unknown): Answer {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, MOST_SHOWN)
  return { status: null, detail, isFinal: error instanceof Fault && error.code === 'EGRESS' }
}
