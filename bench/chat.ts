// Chats under load: so many open and idle, what one costs the server, how soon an answer is on the other side while others are quiet,
// and whether any is lost or comes twice.
import { setTimeout as pause } from 'node:timers/promises'
import { comes, listens, type Listening, type Place } from '../test/support/chat.ts'
import { freePort } from '../test/support/desk.ts'
import { startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { heldBy } from './held.ts'
import { pssOf } from './pss.ts'

const CHATS = Number(process.env['BENCH_CHATS'] ?? 500)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20)
const PER_SECOND = 10
const TOGETHER = 20
/** Through one widget no more than a thousand begin at once. */
const THROUGH_ONE = 900
const LONGEST_MS = 10_000

type Open = { readonly ticketId: number; readonly live: Listening }

export const run: Bench = async () => {
  const inspectPort = await freePort()
  const desk = await startBenchDesk(undefined, {
    DOCKET_TRUSTED_PROXIES: '127.0.0.1',
    NODE_OPTIONS: `--inspect-port=${inspectPort}`,
  })
  // What the first ones load, the others do not.
  await openedMany(desk, TOGETHER)
  await pause(2_000)
  const atRest = await heldBy(desk.pid, inspectPort)
  const grown = pssOf(desk.pid).desk
  const open = await openedMany(desk, CHATS)
  await pause(2_000)
  const growth = ((pssOf(desk.pid).desk - grown) * 1024) / CHATS
  const kilobytes = ((await heldBy(desk.pid, inspectPort)) - atRest) / CHATS
  const { sent, latencies } = await converse(desk, open)
  const heard = open.flatMap(({ live }) => live.texts())
  const lost = Array.from({ length: sent }, (_, number) => `Answer ${number}`).filter(
    (text) => !heard.includes(text),
  ).length
  const doubled = heard.length - new Set(heard).size
  open.forEach(({ live }) => live.stop())
  await desk.stop()
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN)
  const results = { chats: CHATS, kilobytes, growth, sent, p50: at(0.5), p95: at(0.95), lost, doubled }
  return {
    rows: [
      {
        name: `${CHATS} open chats`,
        value: `${kilobytes.toFixed(1)} KiB held by each; the process grew by ${growth.toFixed(1)} KiB for each`,
      },
      { name: `${sent} answers`, value: `on the other side after ${at(0.5)} ms p50, ${at(0.95)} ms p95` },
      { name: 'lost, doubled', value: `${lost}, ${doubled}` },
    ],
    results,
  }
}

const call = (desk: BenchDesk, path: string, body: object) =>
  fetch(`${desk.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** Everybody comes from a network of their own: the limits of one are not what is measured. */
async function placeOf(desk: BenchDesk): Promise<Place> {
  const made = await call(desk, '/widgets', { name: 'Load', brand: 1 })
  const { key } = (await made.json()) as { key: string }
  return { url: desk.url, key, origin: desk.url, isFromAnywhere: true }
}

async function openedMany(desk: BenchDesk, count: number): Promise<Open[]> {
  const open: Open[] = []
  while (open.length < count)
    open.push(...(await opened(await placeOf(desk), Math.min(THROUGH_ONE, count - open.length))))
  return open
}

async function opened(place: Place, count: number): Promise<Open[]> {
  const open: Open[] = []
  while (open.length < count) {
    const some = Array.from({ length: Math.min(TOGETHER, count - open.length) }, async () => {
      const visitor = await comes(place)
      const said = await visitor.say('Hello')
      if (said.status !== 201) throw new Error(`A chat did not begin: ${said.status}`)
      const ticketId: number = said.body.state.id
      return { ticketId, live: await listens(place, visitor.token, ticketId, said.body.cursor) }
    })
    open.push(...(await Promise.all(some)))
  }
  return open
}

async function converse(desk: BenchDesk, open: readonly Open[]) {
  const latencies: number[] = []
  let sent = 0
  for (const end = Date.now() + SECONDS * 1_000; Date.now() < end; sent++) {
    const { ticketId, live } = open[sent % open.length] as Open
    const text = `Answer ${sent}`
    const startedAt = performance.now()
    const answer = await call(desk, `/tickets/${ticketId}/messages`, {
      kind: 'reply',
      body: text,
      sendAnyway: true,
    })
    if (answer.status !== 201) throw new Error(`An answer was not taken: ${answer.status}`)
    while (!live.texts().includes(text) && performance.now() - startedAt < LONGEST_MS) await pause(1)
    latencies.push(performance.now() - startedAt)
    await pause(Math.max(0, 1_000 / PER_SECOND - (performance.now() - startedAt)))
  }
  return { sent, latencies }
}
