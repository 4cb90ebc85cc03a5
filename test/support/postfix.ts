// A real mail server (Postfix) with a configuration and a queue of its own, as a child process on a free port.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, until } from './desk.ts'

/** Why this machine cannot run real peers, for `skip`; false when it can. */
export function withoutPeers(): string | false {
  const tools = { postfix: '/usr/sbin/postfix', swaks: '/usr/bin/swaks', mutt: '/usr/bin/mutt' }
  const missing = Object.entries(tools).flatMap(([name, path]) => (existsSync(path) ? [] : [name]))
  if (missing.length > 0) return `not here: apt-get install ${missing.join(' ')}`
  return process.getuid?.() === 0 ? false : 'Postfix wants to be started as root'
}

export type Postfix = {
  readonly port: number
  readonly log: () => string
  readonly close: () => Promise<void>
}

/** Starts a server that passes each domain's mail on to a port of this machine. */
export async function startPostfix(routes: Readonly<Record<string, number>>): Promise<Postfix> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-postfix-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  for (const part of ['etc', 'queue', 'data']) mkdirSync(join(folder, part))
  const log = join(folder, 'log')
  writeFileSync(log, '')
  spawnSync('chown', ['postfix', join(folder, 'data')])
  const transports = Object.entries(routes).map(([domain, to]) => `${domain} smtp:[127.0.0.1]:${to}\n`)
  writeFileSync(join(folder, 'etc', 'transport'), transports.join(''))
  writeFileSync(join(folder, 'etc', 'main.cf'), mainText(folder, Object.keys(routes)))
  writeFileSync(join(folder, 'etc', 'master.cf'), masterText(port))
  const child = spawn('/usr/sbin/postfix', ['-c', join(folder, 'etc'), 'start-fg'], { stdio: 'ignore' })
  const ended = new Promise((done) => child.once('exit', done))
  const close = async () => {
    // The script that started it does not always take its master along.
    const pidFile = join(folder, 'queue', 'pid', 'master.pid')
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8').trim()), 'SIGTERM')
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  await until(() => answers(port), 60_000).catch(async (error: unknown) => {
    const said = readFileSync(log, 'utf8')
    await close()
    throw new Error(`Postfix did not start: ${said}`, { cause: error })
  })
  return { port, log: () => readFileSync(log, 'utf8'), close }
}

function mainText(folder: string, domains: readonly string[]): string {
  return `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/log
maillog_file_prefixes = /tmp, ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.customer.example
mydestination =
mynetworks = 127.0.0.0/8
relay_domains = ${domains.join(', ')}
transport_maps = texthash:${folder}/etc/transport
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = permit_mynetworks, reject
alias_maps =
alias_database =
local_recipient_maps =
smtp_dns_support_level = disabled
recipient_delimiter = +
`
}

function masterText(port: number): string {
  const open = new Set(['pickup', 'cleanup', 'qmgr', 'flush'])
  const unix = (name: string, program: string, wakeup = '-', limit = '-') =>
    `${name} unix ${open.has(name) ? 'n' : '-'} - n ${wakeup} ${limit} ${program}`
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    unix('pickup', 'pickup', '60', '1'),
    unix('cleanup', 'cleanup', '-', '0'),
    unix('qmgr', 'qmgr', '300', '1'),
    unix('rewrite', 'trivial-rewrite'),
    unix('bounce', 'bounce', '-', '0'),
    unix('defer', 'bounce', '-', '0'),
    unix('trace', 'bounce', '-', '0'),
    unix('verify', 'verify', '-', '1'),
    unix('flush', 'flush', '1000?', '0'),
    unix('proxymap', 'proxymap'),
    unix('smtp', 'smtp'),
    unix('relay', 'smtp'),
    unix('error', 'error'),
    unix('retry', 'error'),
    unix('discard', 'discard'),
    unix('anvil', 'anvil', '-', '1'),
    unix('scache', 'scache', '-', '1'),
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n')
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => (socket.destroy(), done(true)))
    socket.once('error', () => done(false))
    socket.setTimeout(500, () => (socket.destroy(), done(false)))
  })
}
