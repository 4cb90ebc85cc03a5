// Chats under load: so many open and idle, what one costs the server, how soon an answer is on the other side while others are quiet,
// and whether any is lost or comes twice. An agent's feed listens beside them, once to a few chats and once to all.
import { setTimeout as pause } from 'node:timers/promises'
import { comes, listens, listensTo, type Listening, type Place } from '../test/support/chat.ts'
import { freePort } from '../test/support/desk.ts'
import { startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { heapOf } from './heap.ts'
import { pssOf } from './pss.ts'

const CHATS = Number(process.env['BENCH_CHATS'] ?? 500)
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 20)
const BESIDE_SECONDS = Math.min(SECONDS, 60)
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
  const few = await openedMany(desk, TOGETHER)
  await pause(2_000)
  const beside = await converse(desk, few, 'Before', BESIDE_SECONDS)
  const atRest = await heapOf(desk.pid, inspectPort)
  const grown = pssOf(desk.pid).desk
  const open = await openedMany(desk, CHATS)
  await pause(2_000)
  const growth = ((pssOf(desk.pid).desk - grown) * 1024) / CHATS
  const kilobytes = ((await heapOf(desk.pid, inspectPort)) - atRest) / CHATS
  const { sent, latencies, fed } = await converse(desk, open, 'Answer', SECONDS)
  const heard = open.flatMap(({ live }) => live.texts())
  const lost = Array.from({ length: sent }, (_, number) => `Answer ${number}`).filter(
    (text) => !heard.includes(text),
  ).length
  const doubled = heard.length - new Set(heard).size
  for (const { live } of [...few, ...open]) live.stop()
  await desk.stop()
  const [p50, p95] = spread(latencies)
  const [feed, feedBeside] = [spread(fed), spread(beside.fed)]
  const results = { chats: CHATS, kilobytes, growth, sent, p50, p95, lost, doubled, feed, feedBeside }
  return {
    rows: [
      {
        name: `${CHATS} open chats`,
        value: `${kilobytes.toFixed(1)} KiB held by each; the process grew by ${growth.toFixed(1)} KiB for each`,
      },
      { name: `${sent} answers`, value: `on the other side after ${p50} ms p50, ${p95} ms p95` },
      {
        name: 'told to an agent',
        value: `after ${feed.join(' and ')} ms (p50, p95) beside ${CHATS} chats, ${feedBeside.join(' and ')} beside ${TOGETHER}`,
      },
      { name: 'lost, doubled', value: `${lost}, ${doubled}` },
    ],
    results,
  }
}

function spread(latencies: readonly number[]): [p50: number, p95: number] {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN)
  return [at(0.5), at(0.95)]
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

/** Answers one chat after the other; ms from the request to the words on the other side, and to the agents' feed naming the ticket. */
async function converse(desk: BenchDesk, open: readonly Open[], word: string, seconds: number) {
  const feed = await listensTo(`${desk.url}/api/v1/stream`, { authorization: `Bearer ${desk.token}` })
  const latencies: number[] = []
  const fed: number[] = []
  let sent = 0
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; sent++) {
    const { ticketId, live } = open[sent % open.length] as Open
    const text = `${word} ${sent}`
    const heardBefore = feed.heard.length
    const startedAt = performance.now()
    const taken = call(desk, `/tickets/${ticketId}/messages`, {
      kind: 'reply',
      body: text,
      sendAnyway: true,
    })
    const isTold = () =>
      feed.heard.slice(heardBefore).some(({ event, data }) => event === 'change' && data.id === ticketId)
    const told = within(isTold, startedAt)
    const come = within(() => live.texts().includes(text), startedAt)
    const answer = await taken
    if (answer.status !== 201) throw new Error(`An answer was not taken: ${answer.status}`)
    fed.push(await told)
    latencies.push(await come)
    await pause(Math.max(0, 1_000 / PER_SECOND - (performance.now() - startedAt)))
  }
  feed.stop()
  return { sent, latencies, fed }
}

/** Ms from the moment until it is so; the longest that is waited for, where it never is. */
async function within(isSo: () => boolean, startedAt: number): Promise<number> {
  while (!isSo() && performance.now() - startedAt < LONGEST_MS) await pause(1)
  return performance.now() - startedAt
}
