// Our own lines told as fast as they can be, beside the demo's telling, by turns; and what the telling takes in memory at two sizes.
// The lines are the demo's own tickets of seven messages, again and again under other numbers.
import { once } from 'node:events'
import { createReadStream, createWriteStream, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { moved, type Offsets } from '../src/imports/lines/moved.ts'
import type { TicketLine } from '../src/imports/lines/read-line.ts'
import { median, output, root, type Bench } from './bench.ts'
import { peakWhile } from './pss.ts'

const SIZES = (process.env['BENCH_TICKETS'] ?? '50000,200000').split(',').map(Number)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const DEMO = 1_000
const AT_ONCE = 5_000
const MESSAGES = 7

export const run: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-bench-imports-'))
  try {
    const told = join(folder, 'told')
    await output(['demo', '--tickets', String(DEMO)], envOf(folder, 'first'))
    await output(['export', 'jsonl', told], envOf(folder, 'first'))
    const some = join(folder, 'some')
    await multiplied(told, some, AT_ONCE)
    const rates: { demo: number; lines: number }[] = []
    for (let round = 0; round < ROUNDS; round++) rates.push(await byTurns(folder, some))
    const ratio = median(rates.map(({ demo, lines }) => lines / demo))
    const rows = [
      {
        name: `${AT_ONCE} tickets of ${MESSAGES} messages, beside the demo`,
        value: `${median(rates.map(({ lines }) => lines)).toFixed(0)}/s, ${ratio.toFixed(1)} times the demo (${median(rates.map(({ demo }) => demo)).toFixed(0)}/s)`,
      },
    ]
    const large: object[] = []
    for (const size of SIZES) {
      const place = join(folder, String(size))
      await multiplied(told, place, size)
      const { seconds, peak } = await imported(folder, place)
      large.push({ size, seconds, peak })
      rows.push({
        name: `${size} tickets`,
        value: `${(size / seconds).toFixed(0)}/s, the command at most ${peak.desk.toFixed(0)} MiB (with its PostgreSQL ${peak.all.toFixed(0)})`,
      })
      rmSync(place, { recursive: true })
    }
    return { rows, results: { rates, large } }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function envOf(folder: string, name: string): NodeJS.ProcessEnv {
  return { ...process.env, DOCKET_DATA: join(folder, name), DOCKET_LOG: 'warn' }
}

async function byTurns(folder: string, some: string): Promise<{ demo: number; lines: number }> {
  const { seconds } = JSON.parse(
    await output(['demo', '--tickets', String(DEMO), '--json'], envOf(folder, 'demo')),
  ) as { seconds: number }
  rmSync(join(folder, 'demo'), { recursive: true })
  return { demo: DEMO / seconds, lines: AT_ONCE / (await imported(folder, some)).seconds }
}

/** Tells a folder on an empty desk that is there already; what the start of its database took does not count. */
async function imported(folder: string, place: string) {
  const env = envOf(folder, 'desk')
  const startedAt = performance.now()
  await output(['import', 'list'], env)
  const again = performance.now()
  await output(['import', 'list'], env)
  const startMs = Math.min(performance.now() - again, again - startedAt)
  const toldAt = performance.now()
  const child = spawn(join(root, 'docket'), ['import', 'jsonl', place, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (chunk) => (text += String(chunk)))
  const { peak } = await peakWhile(child.pid ?? 0, () => once(child, 'close'))
  const seconds = (performance.now() - toldAt - startMs) / 1_000
  const report = JSON.parse(text) as { complete: boolean; kinds: Record<string, Record<string, number>> }
  const { seen, created } = report.kinds['tickets'] ?? {}
  if (!report.complete || seen !== created) throw new Error(text)
  rmSync(join(folder, 'desk'), { recursive: true })
  return { seconds, peak }
}

/** Writes the lines of a desk with so many tickets in place of its own. */
export async function multiplied(from: string, to: string, count: number): Promise<void> {
  const kept: string[] = []
  const tickets: TicketLine[] = []
  let header: Header | null = null
  for await (const text of createInterface({ input: createReadStream(join(from, 'docket.jsonl')) })) {
    const line = JSON.parse(text) as { kind: string }
    if (line.kind === 'docket') header = line as Header
    else if (line.kind === 'ticket') tickets.push(line as TicketLine)
    else if (line.kind !== 'survey' && line.kind !== 'end') kept.push(text)
  }
  const own = tickets.filter(({ messages, events }) => messages.length === MESSAGES && !namesOthers(events))
  if (header === null || own.length === 0) throw new Error('Bug: the demo has no such tickets')
  const { last } = header
  const times = Math.ceil(count / own.length)
  const all = Object.fromEntries(Object.entries(last).map(([space, most]) => [space, most * times]))
  if (existsSync(join(from, 'files'))) cpSync(join(from, 'files'), join(to, 'files'), { recursive: true })
  else cpSync(from, to, { recursive: true })
  const out = createWriteStream(join(to, 'docket.jsonl'))
  const write = async (line: object | string) => {
    if (!out.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)) await once(out, 'drain')
  }
  await write({ ...header, last: all })
  for (const text of kept) await write(text)
  for (let number = 0; number < count; number++) {
    const pieces = [{ upTo: null, by: offsetsOf(last, Math.floor(number / own.length)) }]
    const line = own[number % own.length]
    if (line !== undefined) await write(moved(line, { pieces, others: new Map(), withoutFacts: false }))
  }
  await write({ kind: 'end', lines: kept.length + count + 2 })
  out.end()
  await once(out, 'close')
}

type Header = { readonly kind: 'docket'; readonly last: Offsets }

function offsetsOf(last: Offsets, times: number): Offsets {
  const { tickets, content, events, asides } = last
  return {
    tickets: tickets * times,
    content: content * times,
    events: events * times,
    asides: asides * times,
  }
}

function namesOthers(events: TicketLine['events']): boolean {
  return events.some(({ payload }) => 'sourceTicketId' in payload || 'targetTicketId' in payload)
}
