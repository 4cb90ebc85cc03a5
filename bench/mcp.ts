// What a tool over `/mcp` costs beside the API call that it makes, by turns on one desk.
import { percentile, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'

const TICKETS = 200
const ROUNDS = 400
const LIMIT = 20

export const run: Bench = async () => {
  const desk = await startBenchDesk()
  for (let at = 0; at < TICKETS; at++)
    await asked(desk, '/api/v1/tickets', {
      subject: `Lamp ${at} flickers`,
      body: 'It flickers since this morning.',
      requester: { email: `c${at % 40}@customer.example` },
    })
  const ways = {
    'the API': () => asked(desk, `/api/v1/tickets?q=flickers&limit=${LIMIT}`),
    'a tool over /mcp': () => tool(desk, 'search_tickets', { query: 'flickers', limit: LIMIT }),
  }
  const took = new Map(Object.keys(ways).map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, call] of Object.entries(ways)) {
      const startedAt = performance.now()
      await call()
      // The first are not yet compiled.
      if (round >= ROUNDS / 10) took.get(name)?.push(performance.now() - startedAt)
    }
  await desk.stop()
  const p = (name: string, share: number) => percentile(took.get(name) ?? [], share)
  const rows = Object.keys(ways).map((name) => ({
    name,
    value: `p50 ${p(name, 0.5).toFixed(1)} ms, p95 ${p(name, 0.95).toFixed(1)} ms`,
  }))
  const ratio = p('a tool over /mcp', 0.95) / p('the API', 0.95)
  return {
    rows: [...rows, { name: 'ratio of the p95', value: ratio.toFixed(2) }],
    results: { ratio, ...Object.fromEntries(took) },
  }
}

async function asked({ url, token }: BenchDesk, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json, text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return text
}

/** One call, as a client that has introduced itself makes it. */
async function tool(desk: BenchDesk, name: string, args: object): Promise<void> {
  const text = String(
    await asked(desk, '/mcp', {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name, arguments: args },
    }),
  )
  if (!text.includes('flickers')) throw new Error(text.slice(0, 300))
}
