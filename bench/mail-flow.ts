// How fast mail comes in: 10,000 mails in one burst over SMTP, how many a second are acknowledged (durable) and read to the end, what an
// agent feels meanwhile, and the memory it takes.
import { readFileSync } from 'node:fs'
import { letter, openPost } from '../test/support/customer.ts'
import { startBenchDesk, type Bench } from './bench.ts'
import { cpuMs } from './cpu.ts'

const BURST = Number(process.env['DOCKET_BENCH_MAILS'] ?? 10_000)
const CONNECTIONS = 16

export const run: Bench = async () => {
  const desk = await startBenchDesk()
  try {
    const ask = async (path: string) => {
      const startedAt = performance.now()
      const answer = await fetch(`${desk.url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${desk.token}` },
      })
      const body = (await answer.json()) as { items?: unknown[]; count?: number }
      return { ms: performance.now() - startedAt, body }
    }
    await flood(desk.smtpPort, 200)
    await until(async () => (await waiting(desk.url)) === 0)
    const single = await oneByOne(desk.smtpPort, 30)

    const times: number[] = []
    let peak = 0
    let over = false
    const agent = (async () => {
      while (!over) {
        times.push((await ask('/tickets?limit=50')).ms)
        peak = Math.max(peak, rss(desk.pid))
        await new Promise((done) => setTimeout(done, 150))
      }
    })()
    const startedAt = performance.now()
    const cpuBefore = cpuMs(desk.pid)
    await flood(desk.smtpPort, BURST)
    const acknowledgedMs = performance.now() - startedAt
    const fractionAt = await waiting(desk.url)
    await until(async () => (await waiting(desk.url)) === 0)
    const readMs = performance.now() - startedAt
    const cpuAfter = cpuMs(desk.pid)
    const cpu = {
      desk: (cpuAfter.desk - cpuBefore.desk) / BURST,
      database: (cpuAfter.children - cpuBefore.children) / BURST,
    }
    over = true
    await agent
    const sorted = times.toSorted((a, b) => a - b)
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0
    const perSecond = (ms: number) => Math.round(BURST / (ms / 1000))
    const results = {
      mails: BURST,
      acknowledgedPerSecond: perSecond(acknowledgedMs),
      readPerSecond: perSecond(readMs),
      waitingWhenAcknowledged: fractionAt,
      agentP95Ms: Math.round(p95),
      peakRssBytes: peak,
      newConnectionMs: single,
      cpuMsPerMail: cpu,
    }
    return {
      rows: [
        {
          name: `acknowledged, ${BURST} mails, ${CONNECTIONS} connections`,
          value: `${results.acknowledgedPerSecond}/s`,
        },
        { name: 'read to the end', value: `${results.readPerSecond}/s` },
        { name: 'agent meanwhile, p95', value: `${results.agentP95Ms} ms` },
        { name: 'memory, most', value: `${Math.round(peak / 1e6)} MB` },
        { name: 'one mail on a connection of its own', value: `${single.toFixed(0)} ms` },
        {
          name: 'processor time a mail',
          value: `${cpu.desk.toFixed(1)} ms desk, ${cpu.database.toFixed(1)} ms database`,
        },
      ],
      results,
    }
  } finally {
    await desk.stop()
  }
}

let count = 0

/** Many customers, each with a text of the usual length. */
function mail(): { raw: Buffer; from: string } {
  const from = `customer${count++ % 4_000}@people.example`
  const text = `Hello,\n\nmy order ${count} has not arrived yet. ${'It was promised for last week. '.repeat(20)}\n\nThanks`
  return { from, raw: letter({ from, to: 'support@docket.localhost', subject: `Order ${count}`, text }) }
}

async function flood(port: number, mails: number): Promise<void> {
  let left = mails
  const one = async () => {
    const connection = await openPost(port)
    while (left-- > 0) {
      const { raw, from } = mail()
      const answer = await connection.post(raw, { from, to: ['support@docket.localhost'] })
      if (!answer.startsWith('250')) throw new Error(answer)
    }
    connection.end()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
}

async function oneByOne(port: number, mails: number): Promise<number> {
  const startedAt = performance.now()
  for (let index = 0; index < mails; index++) {
    const connection = await openPost(port)
    const { raw, from } = mail()
    await connection.post(raw, { from, to: ['support@docket.localhost'] })
    connection.end()
  }
  return (performance.now() - startedAt) / mails
}

/** Mails that wait to be read, by the desk's own metrics. */
async function waiting(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^docket_waiting\{lane="inbound"\} (\d+)/m.exec(text)?.[1] ?? Number.NaN)
}

function rss(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise((done) => setTimeout(done, 200))
}
