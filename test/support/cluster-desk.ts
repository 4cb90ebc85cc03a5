// A desk of two `serve` and two `work` on one cluster, under load: tickets and replies by the API of both, mails in by both, a rule for each
// ticket, timers and timer rules, and mails out. What was acknowledged is counted afterwards.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { letter, post } from './customer.ts'
import { quiet, root } from './database.ts'
import { freePort, startDesk, until } from './desk.ts'
import { aRule, publishRules } from './rulebook.ts'
import { startSink, type Sink } from './sink.ts'

export type Part = {
  readonly child: ChildProcess
  readonly port: number
  readonly stop: () => Promise<number | null>
}

export type ClusterDesk = {
  /** Where its clients knock: each process itself, or what stands in front of them. */
  doors: { readonly serves: readonly number[]; readonly works: readonly number[] }
  readonly serves: Part[]
  readonly works: Part[]
  readonly token: string
  readonly sink: Sink
  /** Starts another process; on the port of an earlier one where that is given. */
  readonly start: (part: 'serve' | 'work', port?: number) => Promise<Part>
  readonly close: () => Promise<void>
}

/** Starts the four processes on a database that is empty yet. */
export async function startClusterDesk(databaseUrl: string, folders: () => string): Promise<ClusterDesk> {
  const token = await setUp(databaseUrl)
  const sink = await startSink()
  const dataDir = folders()
  const all: Part[] = []
  const start = async (what: 'serve' | 'work', given?: number) => {
    const port = given ?? (await freePort())
    const part = await startPart(what, port, {
      DATABASE_URL: databaseUrl,
      // No large mail comes and no file: nothing is shared but the database.
      DOCKET_DATA: what === 'serve' ? dataDir : folders(),
      DOCKET_SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    })
    all.push(part)
    return part
  }
  const [serves, works] = await Promise.all([
    Promise.all([start('serve'), start('serve')]),
    Promise.all([start('work'), start('work')]),
  ])
  const close = async () => {
    for (const { child } of all) child.kill('SIGKILL')
    await sink.close()
  }
  const doors = { serves: serves.map(({ port }) => port), works: works.map(({ port }) => port) }
  return { doors, serves, works, token, sink, start, close }
}

/** An administrator's token, replies that leave at once, and three rules: for each ticket, for each mail, and one that waits. */
async function setUp(databaseUrl: string): Promise<string> {
  const desk = await startDesk({ databaseUrl, work: false })
  await desk.running.desk.database.rows(sql`update agent set send_delay_seconds = 0`)
  const later = { field: 'tags', op: 'has_any', value: ['later'] } as const
  await publishRules(desk, [
    aRule(1, { on: ['created'], do: [{ addTags: ['seen', 'later'] }] }),
    aRule(2, { kind: 'timer', on: [], timer: { hold: 5 }, if: later, do: [{ addTags: ['nudged'] }] }),
  ])
  await desk.close()
  return desk.token
}

async function startPart(what: 'serve' | 'work', port: number, more: NodeJS.ProcessEnv): Promise<Part> {
  const ports = { DOCKET_PORT: String(port), DOCKET_SMTP_PORT: what === 'work' ? String(port) : '0' }
  const env = {
    ...process.env,
    DOCKET_SECRET: 'a secret for tests that is long enough',
    DOCKET_LOG: 'silent',
  }
  const child = spawn(join(root, 'docket'), [what], {
    env: { ...env, ...ports, ...more },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const answers = what === 'serve' ? () => isReady(port) : () => greets(port)
  await until(answers, 60_000)
  return { child, port, stop: () => (child.kill('SIGTERM'), ended) }
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ status }) => status === 200,
    () => false,
  )

const greets = (port: number) =>
  post(port, letter({ from: 'nobody@customer.example', to: 'x@y.example' }), {
    from: 'nobody@customer.example',
    to: [],
  }).then(
    () => true,
    () => false,
  )

/** An answer that said yes: when it was asked for, and when it came. */
export type Yes = { readonly at: number; readonly askedAt: number; readonly from: string }

export type Load = {
  readonly acknowledged: {
    readonly tickets: Set<string>
    readonly mails: Set<string>
    readonly replies: Set<string>
  }
  readonly snoozed: Set<number>
  readonly yeses: Yes[]
  /** What was refused while nothing was broken, in words. */
  readonly refused: string[]
  readonly stop: () => Promise<void>
}

/** Keeps both doors busy until it is stopped. Whoever is not answered tries again with the same key, as programs and mail servers do. */
export function load(desk: ClusterDesk, writers: number, restMs: number): Load {
  const acknowledged = { tickets: new Set<string>(), mails: new Set<string>(), replies: new Set<string>() }
  const [snoozed, yeses, refused] = [new Set<number>(), [] as Yes[], [] as string[]]
  let isOver = false
  const again = async (from: string, ask: () => Promise<boolean>) => {
    for (;;) {
      const askedAt = performance.now()
      const done = await ask().catch(
        (error: Error) => (refused.push(`${from}: ${error.cause ?? error.message}`), false),
      )
      if (done) return void yeses.push({ at: performance.now(), askedAt, from })
      await pause(100)
    }
  }
  const api = async (serve: number, method: string, path: string, key: string, body: object) => {
    const answer = await fetch(`http://127.0.0.1:${desk.doors.serves[serve]}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${desk.token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    })
    const said = (await answer.json()) as { id: number; detail?: string }
    if (answer.status < 300) return said
    throw new Error(`${method} ${path.replace(/\d+/, ':id')} ${answer.status} ${said.detail ?? ''}`)
  }
  const opens = async (serve: number) => {
    const [subject, key] = [`Call ${randomUUID()}`, randomUUID()]
    const asked = { subject, body: 'Hello', requester: { email: 'cy@customer.example' } }
    let id = 0
    await again(
      `serve ${serve}`,
      async () => ((id = (await api(serve, 'POST', '/tickets', key, asked)).id), true),
    )
    acknowledged.tickets.add(subject)
    const [body, replyKey] = [`Reply ${randomUUID()}.`, randomUUID()]
    const reply = { kind: 'reply', body, sendAnyway: true }
    await again(`serve ${serve}`, async () => {
      await api(serve, 'POST', `/tickets/${id}/messages`, replyKey, reply)
      return true
    })
    acknowledged.replies.add(body)
    await again(`serve ${serve}`, async () => {
      const snoozedUntil = new Date(Date.now() + 6_000).toISOString()
      await api(serve, 'PATCH', `/tickets/${id}`, randomUUID(), { snoozedUntil })
      return true
    })
    snoozed.add(id)
  }
  const mails = async (work: number) => {
    const subject = `Mail ${randomUUID()}`
    // Each from somebody else: many from one are held, as a mail bomb is.
    const from = `${randomUUID()}@customer.example`
    const raw = letter({ from, to: 'support@docket.localhost', subject })
    const envelope = { from, to: ['support@docket.localhost'] }
    await again(`work ${work}`, async () =>
      (await post(desk.doors.works[work] ?? 0, raw, envelope)).startsWith('250'),
    )
    acknowledged.mails.add(subject)
  }
  const writing = Array.from({ length: writers }, async (_, writer) => {
    while (!isOver) {
      await (writer % 2 === 0 ? opens((writer / 2) % 2) : mails(((writer - 1) / 2) % 2))
      await pause(restMs)
    }
  })
  return {
    acknowledged,
    snoozed,
    yeses,
    refused,
    stop: async () => {
      isOver = true
      await Promise.all(writing)
    },
  }
}

export type Count = { readonly lost: Record<string, number>; readonly doubled: Record<string, number> }

/** Waits until nothing waits any more, then compares what there is with what was acknowledged. */
export async function count(
  desk: ClusterDesk,
  { acknowledged, snoozed }: Load,
  databaseUrl: string,
): Promise<Count> {
  const database = openDatabase(databaseUrl, { log: quiet, size: 2, role: null })
  try {
    await until(async () => {
      const row = await database.row<{ waits: boolean }>(sql`select
        exists (select from raw_mail where state = 'waiting')
        or exists (select from outbox where state in ('queued', 'sending'))
        or exists (select from ticket where snoozed_until is not null)
        or exists (select from ticket t where not exists (select from ticket_event e
          where e.ticket_id = t.id and e.kind = 'rule_fired' and e.payload->>'ruleId' = '2')) as waits`)
      return row?.waits === false
    }, 180_000).catch(() => {})
    const subjects = await database.rows<{ subject: string; n: number }>(
      sql`select subject, count(*)::int as n from ticket group by subject`,
    )
    const fired = await database.rows<{ ticket: number; what: string; n: number }>(
      sql`select ticket_id as ticket, kind || coalesce(payload->>'ruleId', '') as what, count(*)::int as n
        from ticket_event where kind in ('rule_fired', 'snoozed', 'unsnoozed') group by 1, 2`,
    )
    const replies = desk.sink.mails.flatMap(({ mail }) => {
      const text = /Reply [0-9a-f-]{36}\./.exec(mail.text ?? '')
      return text === null ? [] : [{ text: text[0], messageId: mail.messageId }]
    })
    // What is held lies in quarantine, where a person finds it.
    const held = await database.rows<{ subject: string }>(sql`select subject from quarantine`)
    const there = new Set([...subjects, ...held].map(({ subject }) => subject))
    const left = new Set(replies.map(({ text }) => text))
    const of = (what: string) => fired.filter((each) => each.what === what)
    const twice = (what: string) => of(what).filter(({ n }) => n > 1).length
    const snoozes = new Map(of('snoozed').map(({ ticket, n }) => [ticket, n]))
    const woken = new Set(of('unsnoozed').map(({ ticket }) => ticket))
    const missing = <T>(asked: ReadonlySet<T>, found: ReadonlySet<T>) =>
      [...asked].filter((each) => !found.has(each)).length
    return {
      lost: {
        tickets: missing(acknowledged.tickets, there),
        mails: missing(acknowledged.mails, there),
        replies: missing(acknowledged.replies, left),
        timers: missing(snoozed, woken),
        rules: subjects.reduce((sum, { n }) => sum + n, 0) - of('rule_fired1').length,
        timerRules: subjects.reduce((sum, { n }) => sum + n, 0) - of('rule_fired2').length,
      },
      doubled: {
        tickets: subjects.filter(({ n }) => n > 1).length,
        replies: replies.length - left.size,
        timers: of('unsnoozed').filter(({ ticket, n }) => n > (snoozes.get(ticket) ?? 0)).length,
        rules: twice('rule_fired1'),
        timerRules: twice('rule_fired2'),
      },
    }
  } finally {
    await database.close()
  }
}
