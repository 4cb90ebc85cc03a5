// A real IMAP server (Dovecot) in a folder of its own, as an ordinary child process, for tests of fetching.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, until } from './desk.ts'

const BINARY = '/usr/sbin/dovecot'
/** The system user `mail`: Dovecot reads no mailbox as root. */
const OWNER = 8

/** Why this machine cannot run the server, for `skip`; false when it can. */
export function withoutDovecot(): string | false {
  if (!existsSync(BINARY)) return 'Dovecot is not here: apt-get install dovecot-imapd'
  return process.getuid?.() === 0 ? false : 'Dovecot wants to be started as root'
}

export type Dovecot = {
  readonly port: number
  readonly user: string
  readonly password: string
  /** Puts a mail into a folder, as a delivery does, now or at another time. */
  readonly deliver: (
    raw: Uint8Array,
    options?: { folder?: string; seen?: boolean; answered?: boolean; at?: string },
  ) => void
  /** How many mails lie in a folder. */
  readonly count: (folder?: string) => number
  /** Runs `doveadm` for the user. */
  readonly doveadm: (...args: string[]) => string
  /** Forgets the folder's numbering: UIDVALIDITY is another one from now on. */
  readonly renumber: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a server with one account on a free port. */
export async function startDovecot(options: { oauthUrl?: string } = {}): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-dovecot-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const mailDir = join(folder, 'mail')
  for (const part of ['mail', 'run', 'mail/cur', 'mail/new', 'mail/tmp']) own(join(folder, part))
  const config = join(folder, 'dovecot.conf')
  writeFileSync(join(folder, 'users'), `support:{PLAIN}secret:${OWNER}:${OWNER}::${folder}::\n`)
  writeFileSync(join(folder, 'oauth2.conf'), oauthConfig(options.oauthUrl ?? 'http://127.0.0.1:1/'))
  writeFileSync(config, configText(folder, port, options.oauthUrl !== undefined))
  let child: ReturnType<typeof spawn> | null = null
  let count = 0
  const start = async () => {
    child = spawn(BINARY, ['-F', '-c', config], { stdio: 'ignore' })
    await until(() => answers(port), 15_000)
  }
  const stop = async () => {
    const running = child
    child = null
    if (running === null) return
    const ended = new Promise((done) => running.once('exit', done))
    running.kill('SIGTERM')
    await ended
  }
  await start()
  const pathOf = (name: string) => (name === 'INBOX' ? mailDir : join(mailDir, `.${name}`))
  const doveadm = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync('/usr/bin/doveadm', ['-c', config, ...args], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`doveadm ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  return {
    port,
    user: 'support',
    password: 'secret',
    deliver: (raw, { folder: name = 'INBOX', seen = false, answered = false, at } = {}) => {
      const base = pathOf(name)
      for (const part of ['.', 'cur', 'new', 'tmp']) own(join(base, part))
      const file = `${Math.floor(Date.now() / 1000)}.M${process.hrtime.bigint()}P${process.pid}Q${++count}.test`
      writeFileSync(join(base, 'tmp', file), raw)
      chownSync(join(base, 'tmp', file), OWNER, OWNER)
      if (at !== undefined) utimesSync(join(base, 'tmp', file), new Date(at), new Date(at))
      renameSync(
        join(base, 'tmp', file),
        seen ? join(base, 'cur', `${file}:2,${answered ? 'R' : ''}S`) : join(base, 'new', file),
      )
    },
    count: (name = 'INBOX') =>
      ['cur', 'new'].flatMap((part) =>
        existsSync(join(pathOf(name), part)) ? readdirSync(join(pathOf(name), part)) : [],
      ).length,
    doveadm,
    renumber: async () => {
      await stop()
      for (const file of readdirSync(mailDir).filter((each) => each.startsWith('dovecot')))
        rmSync(join(mailDir, file), { recursive: true, force: true })
      await new Promise((done) => setTimeout(done, 1_100))
      await start()
    },
    start,
    stop,
    close: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function own(path: string): void {
  mkdirSync(path, { recursive: true })
  chownSync(path, OWNER, OWNER)
}

function configText(folder: string, port: number, oauth: boolean): string {
  return `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login${oauth ? ' xoauth2' : ''}
first_valid_uid = ${OWNER}
first_valid_gid = ${OWNER}
mail_location = maildir:${folder}/mail
maildir_very_dirty_syncs = no
mailbox_list_index = no
default_internal_user = dovecot
default_internal_group = dovecot
default_login_user = dovenull
mail_max_userip_connections = 50
namespace inbox {
  inbox = yes
}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
${
  oauth
    ? `passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = ${folder}/oauth2.conf
}`
    : ''
}
userdb {
  driver = passwd-file
  args = ${folder}/users
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`
}

function oauthConfig(url: string): string {
  return `
introspection_mode = post
introspection_url = ${url}
username_attribute = email
active_attribute = active
active_value = true
`
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => (socket.destroy(), done(true)))
    socket.once('error', () => done(false))
    socket.setTimeout(500, () => (socket.destroy(), done(false)))
  })
}
