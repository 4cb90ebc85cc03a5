// A whole Docket for a journey: real PostgreSQL, real HTTP, real SMTP in, a real SMTP sink out, and a clock that is set by hand.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dns } from '#channels/dns.ts'
import type { Config } from '#config.ts'
import type { Clock } from '#kit/clock.ts'
import { instant, plus, type Instant } from '#kit/time.ts'
import { createToken, principalOfAgent } from '#people/access-store.ts'
import { addAgent } from '#people/agent-store.ts'
import type { Principal } from '#people/can.ts'
import type { Role } from '#people/role.ts'
import { hashPassword } from '#people/secrets.ts'
import { runDocket, type Running } from '#server.ts'
import { tell } from '#store/listen.ts'
import { freshDatabase, quiet, root } from './database.ts'
import { startSink, type Sink } from './sink.ts'

export type HandClock = Clock & {
  readonly pass: (seconds: number) => void
  readonly set: (at: Instant) => void
}

/** A clock that stands still until it is moved; the default begins on a Monday morning. */
export function handClock(start = instant(Date.parse('2026-03-02T09:00:00Z'))): HandClock {
  let now = start
  return { now: () => now, pass: (seconds) => void (now = plus(now, seconds)), set: (at) => void (now = at) }
}

/** A world in which no name has any record. */
export const noDns: Dns = (name) =>
  Promise.reject(Object.assign(new Error(`ENOTFOUND ${name}`), { code: 'ENOTFOUND' }))

export type TestDesk = {
  readonly running: Running
  readonly url: string
  readonly smtpPort: number
  readonly sink: Sink
  readonly clock: HandClock
  readonly config: Config
  /** Calls the API as the administrator, or with another token. */
  readonly api: Call
  /** The administrator's API token. */
  readonly token: string
  readonly as: (token: string) => Call
  readonly addAgent: (
    name: string,
    role: Role,
  ) => Promise<{ principal: Principal; token: string; email: string; password: string }>
  /** Lets background work that is due happen, by waking every lane. */
  readonly close: () => Promise<void>
}

export type Answer = { readonly status: number; readonly body: any; readonly headers: Headers } // eslint-disable-line typescript/no-explicit-any
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>

/** Starts a desk on a fresh database. */
export async function startDesk(
  options: {
    relay?: boolean
    clock?: HandClock
    databaseUrl?: string
    replicaUrl?: string
    web?: boolean
    dns?: Dns
    oldSecrets?: readonly string[]
    trustedProxies?: readonly string[]
    telemetry?: Config['telemetry']
    /** False: no lanes and no mail; another process works. */
    work?: boolean
    /** Nobody has set it up yet: there is no administrator, and the API is closed. */
    isNew?: boolean
    /** Its address has the name `localhost`: passkeys know no numbers. */
    isNamed?: boolean
  } = {},
): Promise<TestDesk> {
  const database = options.databaseUrl === undefined ? await freshDatabase() : null
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-desk-'))
  const sink = await startSink()
  const clock = options.clock ?? handClock()
  const port = await freePort()
  const config: Config = {
    host: '127.0.0.1',
    port,
    dataDir,
    databaseUrl: database?.url ?? options.databaseUrl ?? null,
    replicaUrl: options.replicaUrl ?? null,
    baseUrl: `http://${options.isNamed === true ? 'localhost' : '127.0.0.1'}:${port}`,
    smtpPort: await freePort(),
    smtpUrl: options.relay === false ? null : `smtp://127.0.0.1:${sink.port}`,
    blobs: null,
    s3: { endpoint: null, region: 'us-east-1', pathStyle: false, keys: null },
    secret: 'a secret for tests that is long enough',
    oldSecrets: options.oldSecrets ?? [],
    allowHosts: ['127.0.0.0/8', '::1'],
    trustedProxies: options.trustedProxies ?? [],
    adminEmail: null,
    adminPassword: null,
    deskUrl: `http://127.0.0.1:${port}`,
    deskToken: null,
    telemetry: options.telemetry ?? null,
    logLevel: 'silent',
  }
  const running = await runDocket(
    config,
    root,
    quiet,
    { web: true, work: options.work ?? true },
    clock,
    options.dns ?? noDns,
  )
  const url = `http://127.0.0.1:${port}`
  const as = (token: string): Call => callWith(url, token)
  const newAgent = async (name: string, role: Role) => {
    const password = `${name.toLowerCase()} has a long password`
    const email = `${name.toLowerCase()}@desk.example`
    const { database: db } = running.desk
    const id = await addAgent(db, {
      email,
      name,
      role,
      passwordHash: await hashPassword(password),
      at: clock.now(),
    })
    if (id === null) throw new Error(`${name} is an agent already`)
    // The API tells of new agents; here nobody does.
    running.desk.setup.forget()
    const { secret } = await createToken(db, {
      name,
      agentId: id,
      scopes: ['*'],
      at: clock.now(),
      expiresAt: null,
    })
    const principal = await principalOfAgent(db, id)
    if (principal === null) throw new Error('no such agent')
    return { principal, token: secret, email, password }
  }
  const token = options.isNew === true ? '' : (await newAgent('Bo', 'admin')).token
  return {
    running,
    url,
    smtpPort: running.smtpPort ?? 0,
    sink,
    clock: waking(clock, running),
    config,
    api: as(token),
    token,
    as,
    addAgent: newAgent,
    close: async () => {
      await running.stop()
      await sink.close()
      await database?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Lanes sleep by real time until a moment of the hand's clock: when that moves, they are woken. */
function waking(clock: HandClock, running: Running): HandClock {
  const wake = () => {
    for (const lane of ['outbox', 'timers', 'inbound', 'webhooks', 'routing', 'chats'] as const)
      void tell(running.desk.database, { lane })
  }
  return {
    now: clock.now,
    pass: (seconds) => {
      clock.pass(seconds)
      wake()
    },
    set: (at) => {
      clock.set(at)
      wake()
    },
  }
}

function callWith(url: string, token: string): Call {
  return async (method, path, body, headers = {}) => {
    const raw = body instanceof Uint8Array
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      body: isJson && text !== '' ? JSON.parse(text) : text,
      headers: response.headers,
    }
  }
}

/**
 * A port to listen on, below those from which the system takes the ends of outgoing connections: one of them could stand on it before
 * whoever is to listen has started.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((done) => {
      server.once('error', () => done(false))
      server.listen(port, '127.0.0.1', () => done(true))
    })
    if (!isFree) continue
    await new Promise((done) => server.close(done))
    return port
  }
}

/** Waits until `look` finds something, at most `withinMs`; for what happens in the background, in real time. */
export async function until<Found>(
  look: () => Promise<Found | null | undefined | false>,
  withinMs = 40_000,
): Promise<Found> {
  for (const end = Date.now() + withinMs; ;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`It did not happen within ${withinMs} ms`)
    await new Promise((done) => setTimeout(done, 15))
  }
}
