// Firefox and WebKit as a distribution has them, driven as their makers offer it: Firefox by its own protocol, WebKit by its driver. Both
// speak the words of WebDriver. Where one is missing its tests are skipped, by name.
import assert from 'node:assert/strict'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { freePort, until } from './desk.ts'

export type OtherBrowser = {
  readonly go: (url: string) => Promise<void>
  /** What a function's body returns in the page. */
  readonly run: (body: string) => Promise<any> // eslint-disable-line typescript/no-explicit-any
  /** Waits until a function's body returns something. */
  readonly sees: (body: string) => Promise<any> // eslint-disable-line typescript/no-explicit-any
  readonly type: (keys: string) => Promise<void>
  /** Presses in the middle of the element that a body returns. */
  readonly press: (body: string) => Promise<void>
  readonly resize: (width: number, height: number) => Promise<void>
  readonly axe: () => Promise<string[]>
  readonly close: () => Promise<void>
}
type Send = (command: keyof typeof paths, given?: object) => Promise<unknown>

export const keys = { enter: '\uE007', escape: '\uE00C', tab: '\uE004' }

const isThere = (program: string) => spawnSync('which', [program]).status === 0
const miniBrowser = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').at(-1)

/** Which browsers there are: how to start one, or what is missing. */
export const otherBrowsers: readonly {
  readonly name: string
  readonly missing: string | false
  readonly start: () => Promise<OtherBrowser>
}[] = [
  { name: 'Firefox', missing: !isThere('firefox-esr') && 'no firefox-esr', start: startFirefox },
  {
    name: 'WebKit',
    missing:
      !isThere('WebKitWebDriver') || miniBrowser === undefined
        ? 'no webkit2gtk-driver'
        : !isThere('Xvfb') && 'no xvfb',
    start: startWebKit,
  },
]

/** What WebKit's driver calls the commands. */
const paths = {
  Navigate: 'POST url',
  ExecuteScript: 'POST execute/sync',
  PerformActions: 'POST actions',
  SetWindowRect: 'POST window/rect',
} as const

type Later = (end: () => unknown) => void

/** Starts a browser; whatever was begun for it is ended when it is closed, or could not be started: last first, whatever fails. */
async function opening(start: (later: Later) => Promise<Send>): Promise<OtherBrowser> {
  const ends: (() => unknown)[] = []
  const close = async () => {
    for (const end of ends.splice(0).toReversed())
      await Promise.resolve()
        .then(end)
        .catch(() => {})
  }
  try {
    return driving(await start((end) => void ends.push(end)), close)
  } catch (error) {
    await close()
    throw error
  }
}

/** A browser answers within this time, or never. */
const PATIENCE_MS = 60_000

function startFirefox(): Promise<OtherBrowser> {
  return opening(firefox)
}

async function firefox(later: Later): Promise<Send> {
  const home = mkdtempSync(join(tmpdir(), 'docket-firefox-'))
  later(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }))
  const port = await freePort()
  const prefs = { 'marionette.port': port, 'app.normandy.enabled': false, 'intl.accept_languages': 'en' }
  writeFileSync(
    join(home, 'user.js'),
    Object.entries(prefs)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  )
  const child = spawn('firefox-esr', ['--headless', '--marionette', '--no-remote', '--profile', home], {
    stdio: 'ignore',
    env: { ...process.env, HOME: home },
  })
  later(() => ended(child))
  const socket = await until(() => connected(port), PATIENCE_MS)
  later(() => socket.destroy())
  const call = speaking(socket)
  await call('WebDriver:NewSession', { capabilities: {} })
  return async (command, given = {}) => {
    const answer = await call(`WebDriver:${command}`, given)
    return (answer as { value?: unknown }).value
  }
}

const connected = (port: number): Promise<Socket | null> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(socket))
    socket.once('error', () => done(null))
  })

/** Firefox's own protocol: the length of a message, a colon, and an array of kind, number, fault and result. */
function speaking(socket: Socket) {
  const waiting = new Map<number, { done: (result: unknown) => void; fail: (error: Error) => void }>()
  let rest = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes])
    for (let colon = rest.indexOf(58); colon > 0; colon = rest.indexOf(58)) {
      const end = colon + 1 + Number(rest.subarray(0, colon).toString())
      if (rest.length < end) return
      const message: unknown = JSON.parse(rest.subarray(colon + 1, end).toString())
      rest = rest.subarray(end)
      if (!Array.isArray(message)) continue
      const [, number, fault, result] = message as [number, number, { message: string } | null, unknown]
      if (fault === null) waiting.get(number)?.done(result)
      else waiting.get(number)?.fail(new Error(fault.message))
      waiting.delete(number)
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('Firefox has gone'))
  })
  let calls = 0
  return (name: string, given: object) =>
    new Promise<unknown>((done, fail) => {
      const text = JSON.stringify([0, ++calls, name, given])
      const timer = setTimeout(() => fail(new Error(`Firefox did not answer: ${name}`)), PATIENCE_MS)
      const settled =
        <Given>(tell: (given: Given) => void) =>
        (given: Given) => {
          clearTimeout(timer)
          tell(given)
        }
      waiting.set(calls, { done: settled(done), fail: settled(fail) })
      socket.write(`${Buffer.byteLength(text)}:${text}`)
    })
}

function startWebKit(): Promise<OtherBrowser> {
  return opening(webKit)
}

async function webKit(later: Later): Promise<Send> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  later(() => ended(screen))
  const display = await new Promise<string>((done, fail) => {
    screen.once('exit', () => fail(new Error('Xvfb has ended')))
    ;(screen.stdio[3] as Readable).once('data', (bytes) => done(String(bytes).trim()))
  })
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', ['-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${display}`, LANGUAGE: 'en', GSETTINGS_BACKEND: 'memory' },
  })
  later(() => ended(driver))
  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { value } = (await answer.json()) as { value: unknown }
    if (!answer.ok) throw new Error((value as { message: string }).message)
    return value
  }
  await until(() => call('GET', '/status').catch(() => false), 30_000)
  const options = { binary: miniBrowser, args: ['--automation'] }
  const capabilities = {
    alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options },
  }
  const { sessionId } = (await call('POST', '/session', { capabilities })) as { sessionId: string }
  later(() => call('DELETE', `/session/${sessionId}`))
  return (command, given = {}) => {
    const [method = '', path = ''] = paths[command].split(' ')
    return call(method, `/session/${sessionId}/${path}`, given)
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await gone
  clearTimeout(timer)
}

function driving(send: Send, close: () => Promise<void>): OtherBrowser {
  const run = (body: string) => send('ExecuteScript', { script: body, args: [] })
  const act = (input: object) => send('PerformActions', { actions: [input] })
  return {
    run,
    close,
    go: async (url) => void (await send('Navigate', { url })),
    sees: (body) => until(() => run(body)),
    type: async (text) => {
      const each = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })))
      await act({ type: 'key', id: 'keyboard', actions: each })
    },
    press: async (body) => {
      const [x, y] = (await run(
        `const pressed = (() => {${body}})()
        pressed.scrollIntoView({ block: 'nearest', behavior: 'instant' })
        const { x, y, width, height } = pressed.getBoundingClientRect(); return [Math.round(x + width / 2), Math.round(y + height / 2)]`,
      )) as [number, number]
      const actions = [{ type: 'pointerMove', x, y, duration: 0 }, ...clicked]
      await act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions })
    },
    resize: async (width, height) => void (await send('SetWindowRect', { width, height })),
    axe: async () => {
      await run(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
      await run(`window.found = null; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
        .then(({ violations }) => { window.found = violations.map(({ id, nodes }) => id + ': ' + nodes[0].html) })`)
      const found: unknown = await until(() => run('return window.found'))
      assert.ok(Array.isArray(found))
      return found as string[]
    },
  }
}

const clicked = [
  { type: 'pointerDown', button: 0 },
  { type: 'pointerUp', button: 0 },
]
