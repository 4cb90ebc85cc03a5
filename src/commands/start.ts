// `start`, `serve` and `work`: everything in one process, only web and API, only background work.
import { webSources } from '#commands/web-sources.ts'
import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { configure, readArguments, root, Stop, type Command } from '#commands/command.ts'
import { createLog } from '#kit/log.ts'
import { runDocket, type Running } from '#server.ts'

export const start: Command = {
  usage: 'start',
  about: 'Runs everything: database, web, API, mail listener and background work.',
  run: async (args) => {
    readArguments(start, args, {})
    await buildWebApp()
    await stay({ web: true, work: true })
  },
}

export const serve: Command = {
  usage: 'serve',
  about: 'Runs web and API only. Needs DATABASE_URL; any number may run at once.',
  run: async (args) => {
    readArguments(serve, args, {})
    await buildWebApp()
    await stay({ web: true, work: false })
  },
}

export const work: Command = {
  usage: 'work',
  about: 'Runs mail and background work only. Needs DATABASE_URL; any number may run at once.',
  run: async (args) => {
    readArguments(work, args, {})
    await stay({ web: false, work: true })
  },
}

async function stay(parts: { web: boolean; work: boolean }): Promise<void> {
  const config = configure()
  if (config.databaseUrl === null && !(parts.web && parts.work)) {
    throw new Stop(
      78,
      'Set DATABASE_URL: "serve" and "work" share a database. "./docket start" brings its own.',
    )
  }
  const log = createLog(config.logLevel)
  if (process.getuid?.() === 0)
    log.warn({}, 'Docket runs as root. Give it a user of its own, to whom the data folder belongs.')
  // Listened for from the beginning: whoever reads "ready" may stop us in the same moment.
  const asked = askedToStop()
  let running: Running
  try {
    running = await runDocket(config, root, log, parts)
  } catch (error) {
    log.debug({ err: error }, 'Could not start')
    throw new Stop(1, reasonOf(error))
  }
  if (running.url !== null) console.log(`Docket is ready: ${running.url}`)
  if (running.setupUrl !== null) console.log(`Create the first administrator: ${running.setupUrl}`)
  await untilStopped(running, asked)
}

function askedToStop(): Promise<'asked'> {
  return new Promise((done) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => done('asked'))
  })
}

function reasonOf(error: unknown): string {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number }
  if (code !== 'EADDRINUSE') return message
  return `Port ${port} is in use. Stop the other program, or set DOCKET_PORT and DOCKET_SMTP_PORT to free ports.`
}

async function untilStopped(running: Running, asked: Promise<'asked'>): Promise<void> {
  const reason = await Promise.race([asked, running.died.then(() => 'died' as const)])
  // A second Ctrl-C, or a part that hangs, must not keep the process for ever.
  const impatience = setTimeout(() => process.exit(1), 30_000)
  await running.stop()
  clearTimeout(impatience)
  if (reason === 'died') console.error('docket: another Docket has taken the data folder.')
  // Everything is closed; a handle that a library forgot must not keep the process.
  process.exit(reason === 'died' ? 1 : 0)
}

/** Builds the web app when its sources are newer than the last build. */
async function buildWebApp(): Promise<void> {
  const built = join(root, 'web', 'dist', 'index.html')
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0
  if (!webSources(root).some((path) => statSync(join(root, path)).mtimeMs > builtAt)) return
  console.error('Building the web app …')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const child = spawn(
    process.execPath,
    [vite, 'build', '--config', join(root, 'web', 'vite.config.ts'), '--logLevel', 'error'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  const code = await new Promise((done) => child.once('exit', done))
  if (code !== 0) throw new Stop(1, 'The web app could not be built; the reason stands above.')
}
