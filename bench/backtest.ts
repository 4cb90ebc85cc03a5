// A backtest of the simulated company under 200 rules beside a plain replay of the same tickets (`verify`), by turns in one run. On a
// hundred thousand with DOCKET_BENCH_TICKETS=100000, in one turn; on a folder that has them already with DOCKET_BENCH_DATA.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { output, root, startBenchDesk, type Bench } from './bench.ts'
import { copyTickets, forgetKept } from './copies.ts'

const TICKETS = 3_000
const RULES = 200
const TURNS = 3
const FULL = `backtest of a draft with ${RULES} rules, nothing kept`
const ONE = 'after it, of a draft that touches one field'
const WHOLE = ['--last', '3650d', '--json']

export const run: Bench = async () => {
  const given = process.env['DOCKET_BENCH_DATA']
  const wanted = Number(process.env['DOCKET_BENCH_TICKETS'] ?? TICKETS)
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'docket-bench-'))
  const files = mkdtempSync(join(tmpdir(), 'docket-bench-rules-'))
  const env = { ...process.env, DOCKET_DATA: dataDir, DOCKET_LOG: 'warn' }
  try {
    if (given === undefined) await fill(dataDir, wanted, env)
    const exported = await output(['config', 'export'], env)
    const [many, one] = [join(files, 'many.yaml'), join(files, 'one.yaml')]
    const count = RULES - (exported.match(/ {6}- key: /g)?.length ?? 0)
    writeFileSync(
      many,
      withMore(
        exported,
        Array.from({ length: count }, (_, index) => never(index)),
      ),
    )
    writeFileSync(one, withMore(exported, [raises]))
    const asked: Readonly<Record<string, readonly string[]>> = {
      verify: ['verify'],
      [FULL]: ['backtest', many, ...WHOLE],
      [ONE]: ['backtest', one, ...WHOLE],
      'the same again': ['backtest', one, ...WHOLE],
      'backtest of what is live': ['backtest', '--published', ...WHOLE],
      'the draft, with routing played': ['backtest', one, ...WHOLE, '--routing', 'hours'],
    }
    const best = new Map<string, Measured>()
    for (let turn = 0; turn < (wanted === TICKETS ? TURNS : 1); turn++)
      for (const [name, args] of Object.entries(asked)) {
        if (name === FULL) await forget(dataDir)
        const measured = await measuredOf(args, env)
        if (measured.ms < (best.get(name)?.ms ?? Infinity)) best.set(name, measured)
      }
    const verify = best.get('verify')?.ms ?? Number.NaN
    const full = best.get(FULL)?.ms ?? Number.NaN
    const share = {
      name: 'one field, of the full one',
      value: ((best.get(ONE)?.ms ?? Number.NaN) / full).toFixed(2),
    }
    const rows = [...best].map(([name, { ms, cpuMs, peakMiB }]) => ({
      name,
      value: `${(ms / 1_000).toFixed(1)} s, ${(ms / verify).toFixed(1)} times verify; its process ${(cpuMs / 1_000).toFixed(1)} s, at most ${peakMiB.toFixed(0)} MiB`,
    }))
    return { rows: [...rows, share], results: { tickets: wanted, ...Object.fromEntries(best) } }
  } finally {
    rmSync(files, { recursive: true, force: true })
    if (given === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
}

async function forget(dataDir: string): Promise<void> {
  const desk = await startBenchDesk(dataDir)
  await forgetKept(dataDir)
  await desk.stop()
}

async function fill(dataDir: string, wanted: number, env: NodeJS.ProcessEnv): Promise<void> {
  await output(['demo', '--tickets', String(Math.min(wanted, TICKETS))], env)
  const copies = Math.round(wanted / TICKETS) - 1
  if (copies < 1) return
  const desk = await startBenchDesk(dataDir)
  await copyTickets(dataDir, copies)
  await desk.stop()
}

type Measured = { readonly ms: number; readonly cpuMs: number; readonly peakMiB: number }

/** How long a command takes, what its own process uses of a processor, and how large that becomes. */
async function measuredOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Measured> {
  const startedAt = performance.now()
  const child = spawn(join(root, 'docket'), args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  let ended = false
  const end = new Promise<void>((done) => child.once('exit', () => done((ended = true) as never)))
  let [cpuMs, peakMiB] = [0, 0]
  while (!ended) {
    const seen = lookAt(child.pid ?? 0)
    if (seen !== null) [cpuMs, peakMiB] = [seen.cpuMs, seen.peakMiB]
    await Promise.race([end, pause(100)])
  }
  return { ms: performance.now() - startedAt, cpuMs, peakMiB }
}

function lookAt(pid: number): { cpuMs: number; peakMiB: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return peak === undefined
      ? null
      : { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, peakMiB: Number(peak) / 1024 }
  } catch {
    // It has ended.
    return null
  }
}

type More = { readonly key: string; readonly on: string; readonly word: string; readonly does: string }

/** A rule that never holds. */
const never = (index: number): More => ({
  key: `more-${index}`,
  on: 'created, inbound_message',
  word: `word-${index}`,
  does: `addTags: [more-${index}]`,
})
const raises: More = { key: 'raises', on: 'created', word: 'invoice', does: 'setPriority: urgent' }

/** The rulebook with more rules. */
function withMore(text: string, rules: readonly More[]): string {
  const owner = /owner: (\S+)/.exec(text)?.[1] ?? ''
  const written = rules.map(
    ({ key, on, word, does }) => `      - key: ${key}
        kind: trigger
        title: ${key}
        owner: ${owner}
        reviewBy: 2030-01-01
        on: [${on}]
        if: { all: [{ field: subject, op: contains_word, value: ${word} }] }
        do: [{ ${does} }]
`,
  )
  return text.replace(/^ {4}rules:\n/m, (found) => found + written.join(''))
}
