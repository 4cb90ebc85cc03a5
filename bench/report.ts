// Twelve-month reports over 100,000 tickets beside plain SQL that asks the event log the same, by turns in one run; boards of now; tickets as
// files; and what 500 who watch the board of now cost.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { output, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { copyTickets } from './copies.ts'
import { cpuMs } from './cpu.ts'
import { peakWhile, pssOf } from './pss.ts'

const TICKETS = 2_000
const COPIES = 49
const TURNS = 3

/** What is asked of the desk, and what a person at the database would ask of the log. */
const questions: readonly { name: string; path: string; plain: string }[] = [
  {
    name: 'net flow by day',
    path: 'netFlow?bucket=day',
    plain: `select date_trunc('day', at) as day, sum(case
        when kind = 'ticket_opened' then 1
        when payload->>'from' in ('resolved', 'closed') and payload->>'to' not in ('resolved', 'closed') then 1
        when payload->>'from' not in ('resolved', 'closed') and payload->>'to' in ('resolved', 'closed') then -1 else 0 end)
      from ticket_event e where kind in ('ticket_opened', 'status_changed') and at >= now() - interval '365 days' and ${standing('e')} group by 1`,
  },
  {
    name: 'first reply by week and team',
    path: 'firstReplyTime?bucket=week&by=team',
    plain: `select date_trunc('week', r.at) as week, team, percentile_disc(array[0.5, 0.9, 0.95]) within group (
        order by extract(epoch from r.at - o.at)) from ticket_event o
      join lateral (select at, seq from ticket_event r where r.ticket_id = o.ticket_id and r.kind = 'message_added'
        and r.payload->>'messageKind' = 'reply' and r.payload->>'direction' = 'outbound'
        and r.payload->>'sideConversationId' is null and r.actor_type in ('agent', 'api') and ${standing('r')}
        order by seq limit 1) r on true
      left join lateral (select payload->>'to' as team from ticket_event c where c.ticket_id = o.ticket_id
        and c.kind = 'team_changed' and c.seq < r.seq and ${standing('c')} order by seq desc limit 1) c on true
      where o.kind = 'ticket_opened' and o.payload->>'direction' = 'inbound' and r.at >= now() - interval '365 days' group by 1, 2`,
  },
  {
    name: 'backlog by day',
    path: 'backlog?bucket=day',
    plain: `with change as (select ticket_id, at, coalesce(payload->>'to', payload->>'status') not in ('resolved', 'closed') as active,
        lead(at) over (partition by ticket_id order by seq) as until from ticket_event e
        where kind in ('ticket_opened', 'status_changed') and ${standing('e')})
      select day, (select count(*) from change where active and at < day and (until is null or until >= day))
      from generate_series(now() - interval '365 days', now(), interval '30 days') day /* by month: by day nobody would wait for it */`,
  },
  {
    name: 'full resolution by category',
    path: 'fullResolutionTime?by=category',
    plain: `select category, percentile_disc(array[0.5, 0.9, 0.95]) within group (order by extract(epoch from s.at - o.at))
      from ticket_event o
      join lateral (select at, seq from ticket_event s where s.ticket_id = o.ticket_id and s.kind = 'status_changed'
        and s.payload->>'to' = 'resolved' and ${standing('s')} order by seq desc limit 1) s on true
      left join lateral (select payload->>'to' as category from ticket_event c where c.ticket_id = o.ticket_id
        and c.kind = 'category_changed' and c.seq <= s.seq and ${standing('c')} order by seq desc limit 1) c on true
      where o.kind = 'ticket_opened' group by 1`,
  },
]

/** Not undone, on a ticket that is not set aside. */
function standing(row: string): string {
  return `${row}.ticket_id in (select id from ticket where not hidden) and not exists (select from ticket_event u where u.ticket_id = ${row}.ticket_id and u.kind = 'undone'
    and u.payload->'seqs' @> to_jsonb(${row}.seq))`
}

export const run: Bench = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  await output(['demo', '--tickets', String(TICKETS)], {
    ...process.env,
    DOCKET_DATA: dataDir,
    DOCKET_LOG: 'warn',
  })
  const desk = await startBenchDesk(dataDir)
  try {
    await copyTickets(dataDir, COPIES)
    const database = new pg.Client({
      connectionString: readFileSync(join(dataDir, 'postgres.url'), 'utf8').trim(),
    })
    await database.connect()
    const year = new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10)
    const rows: { name: string; value: string }[] = []
    const results: Record<string, object> = {}
    for (const { name, path, plain } of questions) {
      const [ours, theirs]: number[][] = [[], []]
      for (let turn = 0; turn < TURNS; turn++) {
        ours?.push(
          await timed(() => asked(desk, `reports/${path}&from=${year}`).then((answer) => answer.text())),
        )
        theirs?.push(await timed(() => database.query(plain)))
      }
      const [report, log] = [Math.min(...(ours ?? [])), Math.min(...(theirs ?? []))]
      rows.push({
        name,
        value: `${report.toFixed(0)} ms, ${(log / report).toFixed(1)} times plain SQL (${log.toFixed(0)} ms)`,
      })
      results[name] = { report, log }
    }
    await database.end()
    for (const board of ['stalls', 'automation', 'taxonomy', 'now']) rows.push(await boardOf(desk, board))
    rows.push(...(await files(desk, year)), await watchers(desk))
    return { rows, results: { tickets: TICKETS * (COPIES + 1), ...results } }
  } finally {
    await desk.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** How long a board of now takes, and of the processor, which says the same on a busy machine. */
async function boardOf(desk: BenchDesk, board: string): Promise<{ name: string; value: string }> {
  const [took, cpu]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < TURNS; turn++) {
    const before = cpuMs(desk.pid)
    took.push(await timed(() => asked(desk, `reports/${board}`).then((answer) => answer.text())))
    const after = cpuMs(desk.pid)
    cpu.push(after.desk - before.desk + after.children - before.children)
  }
  return {
    name: `the board ${board}`,
    value: `${Math.min(...took).toFixed(0)} ms, ${Math.min(...cpu)} ms of the processor`,
  }
}

/** All that is counted, as a file: how long it takes, until it begins, and by how much the desk grows meanwhile. */
async function files(desk: BenchDesk, year: string): Promise<{ name: string; value: string }[]> {
  const rows = []
  for (const kind of ['csv', 'xlsx']) {
    let [begun, bytes] = [0, 0]
    const before = pssOf(desk.pid).desk
    const startedAt = performance.now()
    const { peak } = await peakWhile(desk.pid, async () => {
      const response = await asked(desk, `reports/arrivals/tickets.${kind}?from=${year}`)
      for await (const chunk of response.body ?? []) {
        begun ||= performance.now() - startedAt
        bytes += chunk.length
      }
    })
    const seconds = (performance.now() - startedAt) / 1_000
    rows.push({
      name: `${TICKETS * (COPIES + 1)} tickets as ${kind}`,
      value: `${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, begun after ${begun.toFixed(0)} ms; Node grew by ${(peak.desk - before).toFixed(0)} MiB`,
    })
  }
  return rows
}

const WATCHERS = 500
const WATCHED_SECONDS = 30

/** The share of a core that watching takes while something changes twice a second, less what changes and open streams take by themselves. */
async function watchers(desk: BenchDesk): Promise<{ name: string; value: string }> {
  const open = await streams(desk, 'stream')
  const watched = await streams(desk, 'stream?watch=now')
  const share = (part: number) => `${(part * 100).toFixed(1)} %`
  return {
    name: `${WATCHERS} watch now`,
    value: `${share(watched.desk - open.desk)} of a core in Node, ${share(watched.children - open.children)} in PostgreSQL, beside ${share(open.desk)} and ${share(open.children)} of the changes and as many who watch lists; each told ${(watched.told / WATCHERS).toFixed(0)} times`,
  }
}

/** So many streams open: everybody who works has one, whatever they watch on it. */
async function streams(desk: BenchDesk, path: string) {
  const end = new AbortController()
  const open = await Promise.all(
    Array.from({ length: WATCHERS }, () => asked(desk, path, { signal: end.signal })),
  )
  let told = 0
  const reading = open.map(async ({ body }) => {
    for await (const chunk of body ?? []) told += Buffer.from(chunk).toString().split('event: now').length - 1
  })
  const core = await coreWhileChanging(desk)
  end.abort()
  await Promise.allSettled(reading)
  return { ...core, told }
}

async function coreWhileChanging(desk: BenchDesk): Promise<{ desk: number; children: number }> {
  const before = cpuMs(desk.pid)
  const startedAt = performance.now()
  for (let turn = 0; performance.now() - startedAt < WATCHED_SECONDS * 1_000; turn++) {
    const body = {
      subject: `Watched ${turn}`,
      body: 'Help',
      requester: { email: 'watched@customer.example' },
    }
    await asked(desk, 'tickets', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    await pause(500)
  }
  const after = cpuMs(desk.pid)
  const ms = performance.now() - startedAt
  return { desk: (after.desk - before.desk) / ms, children: (after.children - before.children) / ms }
}

async function asked({ url, token }: BenchDesk, path: string, more: RequestInit = {}): Promise<Response> {
  const headers = { ...more.headers, authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/api/v1/${path}`, { ...more, headers })
  if (!response.ok) throw new Error(await response.text())
  return response
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
