// Twelve-month reports over 100,000 tickets beside plain SQL that asks the event log the same, by turns in one run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { output, startBenchDesk, type Bench } from './bench.ts'
import { copyTickets } from './copies.ts'

const TICKETS = 2_000
const COPIES = 49
const TURNS = 3

/** What is asked of the desk, and what a person at the database would ask of the log. */
const asked: readonly { name: string; path: string; plain: string }[] = [
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
    for (const { name, path, plain } of asked) {
      const [ours, theirs]: number[][] = [[], []]
      for (let turn = 0; turn < TURNS; turn++) {
        ours?.push(await timed(() => fetchReport(desk.url, desk.token, `${path}&from=${year}`)))
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
    return { rows, results: { tickets: TICKETS * (COPIES + 1), ...results } }
  } finally {
    await desk.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fetchReport(url: string, token: string, path: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/reports/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
