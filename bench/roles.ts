// Lists as agents of the desk's own roles ask for them, two hundred of which there are, beside the same as agents of the four built-in
// ones, by turns on one desk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { output, percentile, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'

const TICKETS = 10_000
const ROLES = 200
const ROUNDS = 1_500

const lists = [
  '/tickets?limit=50',
  '/tickets?q=status:open&limit=50',
  '/tickets/counts',
  '/tickets?q=invoice&limit=50',
]

export const run: Bench = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  try {
    const env = { ...process.env, DOCKET_DATA: dataDir, DOCKET_LOG: 'warn' }
    await output(['demo', '--tickets', String(TICKETS)], env)
    const desk = await startBenchDesk(dataDir)
    const token = (email: string) =>
      output(['token', 'create', '--name', email, '--scopes', '*', '--user', email], env)
    const made = async (path: string, body: object) =>
      (await asked(desk, desk.token, path, body)) as { id: number }
    const own: string[] = []
    const builtIn: string[] = []
    for (let at = 0; at < ROLES; at++) {
      const actions = ['ticket.read', 'ticket.update', 'ticket.reply', 'desk.read', 'views.write'].slice(
        0,
        1 + (at % 5),
      )
      const { id } = await made('/roles', { name: `Role ${at}`, actions })
      await made('/agents', { name: `R${at}`, email: `r${at}@bench.example`, role: 'agent', roleId: id })
      if (at % 20 === 0) own.push(await token(`r${at}@bench.example`))
    }
    for (let at = 0; at < ROLES / 20; at++) {
      await made('/agents', { name: `B${at}`, email: `b${at}@bench.example`, role: 'agent' })
      builtIn.push(await token(`b${at}@bench.example`))
    }
    const took = { own: [] as number[], builtIn: [] as number[] }
    for (let round = 0; round < ROUNDS; round++)
      for (const [kind, tokens] of [
        ['own', own],
        ['builtIn', builtIn],
      ] as const) {
        const startedAt = performance.now()
        await asked(desk, tokens[round % tokens.length] ?? '', lists[round % lists.length] ?? '')
        if (round > ROUNDS / 10) took[kind].push(performance.now() - startedAt)
      }
    await desk.stop()
    const shown = (all: number[]) =>
      `p50 ${percentile(all, 0.5).toFixed(2)} ms, p95 ${percentile(all, 0.95).toFixed(2)} ms`
    const ratio = (share: number) => percentile(took.own, share) / percentile(took.builtIn, share)
    return {
      rows: [
        { name: 'agents of built-in roles', value: shown(took.builtIn) },
        { name: `agents of ${ROLES} own roles`, value: shown(took.own) },
        { name: 'ratio', value: `p50 ${ratio(0.5).toFixed(2)}, p95 ${ratio(0.95).toFixed(2)}` },
      ],
      results: took,
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function asked({ url }: BenchDesk, token: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return JSON.parse(text)
}
