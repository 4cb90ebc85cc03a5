// What Docket and its database take while eight clients write by the API and eight by mail, as fast as they are taken, and what of it
// is given back when they rest.
import { setTimeout as pause } from 'node:timers/promises'
import { Pool as HttpPool } from 'undici'
import { letter, openPost } from '../test/support/customer.ts'
import { rateOf, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { createByApi, BODY } from './create.ts'
import { pssOf, processesBelow } from './pss.ts'

const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 3)
const REST_MINUTES = Number(process.env['BENCH_REST_MINUTES'] ?? 10)
const CLIENTS = 8
const LOOK_EVERY_MS = 5_000

type Sample = {
  readonly second: number
  readonly desk: number
  readonly children: number
  readonly processes: number
  readonly heapUsed: number
  readonly heapTotal: number
  readonly external: number
}

export const run: Bench = async () => {
  const desk = await startBenchDesk()
  await pause(5_000)
  const samples: Sample[] = []
  const startedAt = performance.now()
  const look = setInterval(
    () => void sample(desk, startedAt).then((each) => samples.push(each)),
    LOOK_EVERY_MS,
  )
  samples.push(await sample(desk, startedAt))
  const rates = await Promise.all([create(desk), mail(desk)])
  samples.push(await sample(desk, startedAt))
  const atPeak = processesBelow(desk.pid)
  for (let minute = 0; minute < REST_MINUTES; minute++) await pause(60_000)
  clearInterval(look)
  samples.push(await sample(desk, startedAt))
  const atRest = processesBelow(desk.pid)
  await desk.stop()
  const total = ({ desk: node, children }: Sample) => node + children
  const peak = samples.reduce((most, each) => (total(each) > total(most) ? each : most))
  const shown = (each: Sample | undefined) =>
    each === undefined
      ? '–'
      : `${total(each).toFixed(0)} MiB (Node ${each.desk.toFixed(0)}, of it heap ${each.heapUsed.toFixed(0)} of ${each.heapTotal.toFixed(0)}, buffers ${each.external.toFixed(0)}; PostgreSQL ${each.children.toFixed(0)} in ${each.processes - 1} processes)`
  const after = (seconds: number) => samples.find(({ second }) => second >= seconds)
  const rows = [
    { name: 'at rest, before', value: shown(samples[0]) },
    { name: `most, in ${MINUTES} min`, value: shown(peak) },
    ...[1, 2, 5].map((minute) => ({
      name: `after ${minute} min of rest`,
      value: shown(after((MINUTES + minute) * 60)),
    })),
    { name: `after ${REST_MINUTES} min of rest`, value: shown(samples.at(-1)) },
    { name: 'done', value: `${rates[0].toFixed(0)} creates/s, ${rates[1].toFixed(0)} mails/s taken` },
  ]
  return { rows, results: { samples, atPeak, atRest, rates } }
}

async function sample({ pid, url }: BenchDesk, startedAt: number): Promise<Sample> {
  const text = await fetch(`${url}/metrics`).then((answer) => answer.text())
  const gauge = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0) / 1_048_576
  return {
    second: Math.round((performance.now() - startedAt) / 1000),
    ...pssOf(pid),
    heapUsed: gauge('nodejs_heap_size_used_bytes'),
    heapTotal: gauge('nodejs_heap_size_total_bytes'),
    external: gauge('nodejs_external_memory_bytes'),
  }
}

async function create({ url, token }: BenchDesk): Promise<number> {
  const http = new HttpPool(url, { connections: CLIENTS })
  return rateOf(CLIENTS, MINUTES * 60_000, () => createByApi(http, token)).finally(() => http.close())
}

async function mail({ smtpPort }: BenchDesk): Promise<number> {
  const posts = await Promise.all(Array.from({ length: CLIENTS }, () => openPost(smtpPort)))
  let number = 0
  const rate = await rateOf(CLIENTS, MINUTES * 60_000, async (client) => {
    const from = `c${number++ % 2_000}@customer.example`
    const raw = letter({ from, to: 'support@docket.localhost', text: BODY })
    const answer = await posts[client]?.post(raw, { from, to: ['support@docket.localhost'] })
    if (answer?.startsWith('250') !== true) throw new Error(answer)
  })
  for (const each of posts) each.end()
  return rate
}
