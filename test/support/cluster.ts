// A real cluster on loopback: three PostgreSQL under Patroni, one etcd, HAProxy in front of whichever is the primary. All are ordinary
// child processes in a folder of their own. What reaches a node, and what it asks of etcd, passes gates that can be shut.
import { spawn, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { etcdArguments, frontConfig, haproxyConfig, patroniConfig } from './cluster-config.ts'
import { roomInMemory } from './database.ts'
import { freePort, until } from './desk.ts'
import { openGate, type Gate } from './gate.ts'

const PROGRAMS = { patroni: '/usr/bin/patroni', etcd: '/usr/bin/etcd', haproxy: '/usr/sbin/haproxy' }
const postgres = () => globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1) ?? null

/** Why this machine cannot run the cluster, for `skip`; false when it can. */
export function withoutCluster(): string | false {
  if (Object.values(PROGRAMS).every((path) => existsSync(path)) && postgres() !== null) return false
  return 'the cluster is not here: apt-get install patroni python3-etcd etcd-server haproxy postgresql'
}

const NAMES = ['one', 'two', 'three'] as const
export type NodeName = (typeof NAMES)[number]

export type ClusterNode = {
  readonly name: NodeName
  readonly folder: string
  readonly port: number
  readonly rest: number
  /** Towards its PostgreSQL, towards its Patroni, and from its Patroni to etcd. */
  readonly gates: { readonly data: Gate; readonly rest: Gate; readonly etcd: Gate }
}

export type Cluster = {
  /** Where Docket finds the primary, whichever it is. */
  readonly url: string
  /** Where it finds one of the others. */
  readonly replicaUrl: string
  /** The primary by its own word, or null while there is none. */
  readonly primary: () => Promise<NodeName | null>
  /** Two followers stream from the primary, one of them in step with it. */
  readonly isWhole: () => Promise<boolean>
  /** Ends a node's Patroni and its PostgreSQL as a power cut does. */
  readonly kill: (name: NodeName) => void
  /** Starts a killed node again. */
  readonly revive: (name: NodeName) => void
  /** Nothing reaches the node any more, and it reaches no etcd. */
  readonly cut: (name: NodeName) => void
  readonly heal: (name: NodeName) => void
  readonly close: () => Promise<void>
}

/** Starts the cluster and waits until it is whole. */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(roomInMemory() ?? tmpdir(), 'docket-cluster-'))
  const start = starterIn(folder)
  const [etcdPort, front, back] = [await freePort(), await freePort(), await freePort()]
  const etcd = start(PROGRAMS.etcd, etcdArguments(start.ownFolder('etcd'), etcdPort, await freePort()))
  const nodes = await Promise.all(NAMES.map((name) => newNode(name, start.ownFolder(name), etcdPort)))
  const bin = postgres() ?? ''
  for (const node of nodes) writeFileSync(join(folder, `${node.name}.yml`), patroniConfig(node, bin))
  writeFileSync(join(folder, 'haproxy.cfg'), haproxyConfig(nodes, front, back))
  const haproxy = start(PROGRAMS.haproxy, ['-db', '-f', join(folder, 'haproxy.cfg')])
  const patronis = new Map<NodeName, ChildProcess>()
  const named = (name: NodeName) => nodes.find((node) => node.name === name) as ClusterNode
  const revive = (name: NodeName) =>
    void patronis.set(name, start(PROGRAMS.patroni, [join(folder, `${name}.yml`)]))
  const kill = (name: NodeName) => {
    patronis.get(name)?.kill('SIGKILL')
    endPostgres(named(name).folder)
  }
  const primary = () => primaryOf(nodes)
  const isWhole = async () => {
    const name = await primary()
    return name !== null && (await followersOf(named(name)))
  }
  NAMES.forEach(revive)
  const close = async () => {
    NAMES.forEach(kill)
    for (const child of [haproxy, etcd]) child.kill('SIGKILL')
    await Promise.all(nodes.flatMap(({ gates }) => Object.values(gates).map((gate) => gate.close())))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await until(isWhole, 90_000)
    const first = named((await primary()) ?? 'one')
    await ask(first.port, `create role docket login createrole password 'docket'`)
    await ask(first.port, 'create database docket owner docket')
  } catch (error) {
    await close()
    throw error
  }
  const url = (port: number) => `postgresql://docket:docket@127.0.0.1:${port}/docket`
  return {
    url: url(front),
    replicaUrl: url(back),
    primary,
    isWhole,
    kill,
    revive,
    close,
    cut: (name) => Object.values(named(name).gates).forEach((gate) => gate.cut()),
    heal: (name) => Object.values(named(name).gates).forEach((gate) => gate.heal()),
  }
}

/** HAProxy in front of a desk: where it listens, and what ends it. */
export async function startFront(
  folder: string,
  behind: { readonly serves: readonly number[]; readonly works: readonly number[] },
) {
  const front = { http: await freePort(), smtp: await freePort() }
  writeFileSync(join(folder, 'front.cfg'), frontConfig(front, behind))
  const child = spawn(PROGRAMS.haproxy, ['-db', '-f', join(folder, 'front.cfg')], { stdio: 'ignore' })
  const answers = () =>
    fetch(`http://127.0.0.1:${front.http}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until(answers)
  return { ...front, close: () => void child.kill('SIGKILL') }
}

/** PostgreSQL does not run as root: there all of them run as whom its package made. */
function starterIn(folder: string) {
  chmodSync(folder, 0o755)
  const { uid, gid } = process.getuid?.() === 0 ? statSync('/var/lib/postgresql') : { uid: null, gid: null }
  const as = uid === null || gid === null ? {} : { uid, gid }
  const start = (program: string, args: readonly string[]): ChildProcess => {
    const log = openSync(join(folder, 'log'), 'a')
    const env = { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8' }
    const child = spawn(program, args, { stdio: ['ignore', log, log], cwd: folder, env, ...as })
    closeSync(log)
    return child
  }
  const ownFolder = (name: string): string => {
    const path = join(folder, name)
    mkdirSync(path, { mode: 0o700 })
    if (uid !== null && gid !== null) chownSync(path, uid, gid)
    return path
  }
  return Object.assign(start, { ownFolder })
}

async function newNode(name: NodeName, folder: string, etcdPort: number): Promise<ClusterNode> {
  const [port, rest] = [await freePort(), await freePort()]
  const gates = { data: await openGate(port), rest: await openGate(rest), etcd: await openGate(etcdPort) }
  return { name, folder, port, rest, gates }
}

async function primaryOf(nodes: readonly ClusterNode[]): Promise<NodeName | null> {
  const names = await Promise.all(
    nodes.map(({ name, rest }) =>
      fetch(`http://127.0.0.1:${rest}/primary`, { signal: AbortSignal.timeout(2_000) }).then(
        ({ status }) => (status === 200 ? name : null),
        () => null,
      ),
    ),
  )
  return names.find((name) => name !== null) ?? null
}

async function followersOf({ port }: ClusterNode): Promise<boolean> {
  const rows = await ask(port, `select sync_state from pg_stat_replication where state = 'streaming'`)
  return rows.length === 2 && rows.some(({ sync_state }) => sync_state === 'sync')
}

async function ask(port: number, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(statement)).rows
  } catch {
    return []
  } finally {
    await client.end().catch(() => {})
  }
}

/** All of it at once: a postmaster alone would leave its children time to finish. */
function endPostgres(folder: string): void {
  const file = join(folder, 'data', 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const list = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(list) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dirname(file))) return
  const children = readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  for (const each of [pid, ...children])
    try {
      process.kill(each, 'SIGKILL')
    } catch {
      // gone by itself
    }
}
