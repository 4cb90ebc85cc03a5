// `service install` and `service remove`: Docket runs by itself, from the start of the machine on, kept by systemd.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, chownSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { configure, readArguments, root, Stop, type Command } from '#commands/command.ts'
import { SETTINGS, unitOf } from '#commands/unit.ts'

const UNIT = '/etc/systemd/system/docket.service'
const ENV_FILE = '/etc/docket.env'
const EX_NOPERM = 77
const EX_UNAVAILABLE = 69

export const serviceInstall: Command = {
  usage: 'service install [--user NAME] [--print]',
  about: `Has systemd start Docket with the machine and again when it fails, as a user of its own (docket, unless named).
Settings are read from ${ENV_FILE}. --print shows the unit and changes nothing.`,
  run: async (args) => {
    const { values } = readArguments(serviceInstall, args, {
      user: { type: 'string', default: 'docket' },
      print: { type: 'boolean' },
    })
    const { user } = values
    if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(user)) throw new Stop(64, `--user: "${user}" is no name of a user`)
    const { dataDir } = configure()
    const unit = unitOf({ folder: root, dataDir, user, envFile: ENV_FILE })
    if (values.print === true) return void process.stdout.write(unit)
    assertRoot()
    if (user === 'root') throw new Stop(64, 'PostgreSQL does not run as root: name another user')
    const owner = idsOf(user)
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (statSync(dataDir).uid !== owner.uid) {
      if (existsSync(`${dataDir}/postgres`))
        throw new Stop(
          EX_NOPERM,
          `${dataDir} holds a desk of another user. Stop it, then: chown -R ${user} '${dataDir}'`,
        )
      chownSync(dataDir, owner.uid, owner.gid)
    }
    if (!existsSync(ENV_FILE)) writeFileSync(ENV_FILE, SETTINGS, { mode: 0o600 })
    writeFileSync(UNIT, unit, { mode: 0o644 })
    systemctl('daemon-reload')
    systemctl('enable', '--now', 'docket')
    console.log(
      `Docket runs as ${user}, its data in ${dataDir}.\nWhat it says: journalctl -u docket -f\nSettings: ${ENV_FILE}, then systemctl restart docket`,
    )
  },
}

export const serviceRemove: Command = {
  usage: 'service remove',
  about: 'Stops Docket and has systemd forget it. Data and settings stay.',
  run: async (args) => {
    readArguments(serviceRemove, args, {})
    assertRoot()
    if (!existsSync(UNIT)) throw new Stop(EX_UNAVAILABLE, 'There is no service of Docket here.')
    systemctl('disable', '--now', 'docket')
    rmSync(UNIT)
    systemctl('daemon-reload')
    console.log(`Docket is stopped and not started again. Data and ${ENV_FILE} are still there.`)
  },
}

function assertRoot(): void {
  if (!existsSync('/run/systemd/system'))
    throw new Stop(EX_UNAVAILABLE, 'This machine is not run by systemd. --print shows what it would be told.')
  if (process.getuid?.() !== 0) throw new Stop(EX_NOPERM, 'Only root may: try again with sudo.')
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  try {
    const idOf = (flag: string) =>
      Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    throw new Stop(
      EX_UNAVAILABLE,
      `There is no user ${user}. This makes one: useradd --system --no-create-home --shell /usr/sbin/nologin ${user}`,
    )
  }
}

function systemctl(...args: readonly string[]): void {
  try {
    execFileSync('systemctl', args, { stdio: ['ignore', 'inherit', 'inherit'] })
  } catch {
    throw new Stop(EX_UNAVAILABLE, `"systemctl ${args.join(' ')}" failed. Why: journalctl -u docket -n 50`)
  }
}
