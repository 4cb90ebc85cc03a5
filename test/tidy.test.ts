// The house rules: who may import whom, what is pure, how large a thing may grow, where the environment and SQL may stand.
import { SHARED_WORDS } from '#commands/web-sources.ts'
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

/** A room imports only rooms written before it. */
const LADDER = [
  'kit',
  'config',
  'store',
  'people',
  'hours',
  'mail',
  'channels',
  'setup',
  'tickets',
  'knowledge',
  'rules',
  'sla',
  'routing',
  'assistant',
  'backtest',
  'reporting',
  'desk',
  'imports',
  'api',
  'pages',
  'programs',
  'main',
]

/** Words for tests that stand beside what they test. */
const TEST_SUPPORT = [
  'src/backtest/sentences.ts',
  'src/routing/sentences.ts',
  'src/tickets/sentences.ts',
  'src/tickets/random.ts',
  'src/rules/sentences.ts',
]

/** Files over 400 lines that are better whole, each with its reason. */
const LARGE: Readonly<Record<string, string>> = {}

/** Components over 100 lines, and a hook over 70; the list only shrinks. */
const LARGE_FUNCTIONS = [
  'web/admin/Settings.tsx Form',
  'web/admin/articles/ArticleEditor.tsx ArticleEditor',
  'web/admin/mail/MailboxServers.tsx ReceiveSection',
  'web/inbox/SaveView.tsx SaveView',
  'web/inbox/SearchBox.tsx Box',
  'web/inbox/SearchBox.tsx useFound',
  'web/new-ticket/NewTicket.tsx NewTicket',
  'web/ticket/composer/Composer.tsx Composer',
]

/** A wing imports only wings written before it; what lies at the root of its room is open to all. */
const WINGS: Readonly<Record<string, readonly string[]>> = {
  tickets: ['evolve', 'decide', 'write'],
  desk: [
    'reports',
    'outbound',
    'rules',
    'sla',
    'inbound',
    'portal',
    'survey',
    'routing',
    'chat',
    'assistant',
    'past',
    'privacy',
  ],
  api: [
    'contract',
    'http',
    'sla',
    'routing',
    'tickets',
    'rules',
    'knowledge',
    'assistant',
    'setup',
    'people',
    'mail',
    'reports',
    'imports',
    'chat',
    'privacy',
  ],
}

const files = globSync('src/**/*.ts')
  .filter((path) => !path.endsWith('.test.ts') && !TEST_SUPPORT.includes(path))
  .map((path) => ({ path, room: roomOf(path), text: readFileSync(path, 'utf8') }))

function roomOf(path: string): string {
  const [, folder = '', file] = path.split('/')
  if (file === undefined) return folder === 'config.ts' ? 'config' : 'main'
  return folder === 'commands' ? 'main' : folder
}

const imports = new Map(
  globSync(['src/**/*.ts', 'web/**/*.{ts,tsx}', 'widget/*.{ts,tsx}'])
    .filter((path) => !path.includes('.test.') && !path.startsWith('web/dist'))
    .map((path) => [path, importsOf(path)]),
)

/** Files that a file names in a static import, those of types included. */
function importsOf(path: string): string[] {
  const named = readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^'"]*?from '([#.][^']+)'/gm)
  return [...named].map(([, target = '']) =>
    target.startsWith('#') ? `src/${target.slice(1)}` : join(dirname(path), target),
  )
}

const isWet = (path: string) =>
  /^src\/(store|channels|desk|api|pages|programs|commands)\//.test(path) ||
  /store[\w-]*\.ts$/.test(path) ||
  // Its readers and its nouns are pure.
  /^src\/imports\/(?!.*\b(read-|story|counts|version|moved|tables|kinds|moment|map|targets))/.test(path) ||
  [
    'src/config.ts',
    'src/cli.ts',
    'src/samples.ts',
    'src/server.ts',
    'src/worker.ts',
    'src/kit/log.ts',
    'src/kit/clock.ts',
  ].includes(path) ||
  [
    'src/assistant/model.ts',
    'src/mail/parser.ts',
    'src/mail/parse-worker.ts',
    'src/people/secrets.ts',
  ].includes(path)

test('a room imports only rooms below it', () => {
  for (const { path, room, text } of files) {
    for (const [, target = ''] of text.matchAll(/from '#([^']+)'|import\('#([^']+)'\)/g)) {
      const other = roomOf(`src/${target}`)
      assert.ok(LADDER.includes(other), `${path} imports ${target}: no such room in the ladder`)
      assert.ok(LADDER.indexOf(other) <= LADDER.indexOf(room), `${path} (${room}) imports upwards: ${target}`)
    }
  }
})

test('tools for programs know the desk by its API alone', () => {
  for (const { path, text } of files.filter(({ room }) => room === 'programs'))
    for (const [, target = ''] of text.matchAll(/from '#([^']+)'/g))
      assert.match(target, /^(?:kit|programs|api\/contract)\//, `${path} imports ${target}`)
})

test('a wing imports only wings below it', () => {
  for (const [path, targets] of imports) {
    const [, room = '', wing = '', file] = path.split('/')
    const wings = WINGS[room]
    if (wings === undefined || file === undefined || !path.startsWith('src/')) continue
    assert.ok(wings.includes(wing), `${path}: no such wing`)
    for (const [, otherRoom, other = '', otherFile] of targets.map((each) => each.split('/')))
      if (otherRoom === room && otherFile !== undefined)
        assert.ok(
          wings.indexOf(other) <= wings.indexOf(wing),
          `${path} imports upwards: ${other}/${otherFile}`,
        )
  }
})

test('no file comes back to itself through what it imports, types included', () => {
  const done = new Set<string>()
  const visit = (path: string, way: readonly string[]): void => {
    assert.ok(!way.includes(path), `a circle: ${[...way.slice(way.indexOf(path)), path].join(' → ')}`)
    if (done.has(path)) return
    for (const next of imports.get(path) ?? []) visit(next, [...way, path])
    done.add(path)
  }
  for (const path of imports.keys()) visit(path, [])
})

test('imports between rooms are static, and files are imported directly', () => {
  for (const { path, text } of files) {
    if (path !== 'src/cli.ts')
      assert.doesNotMatch(text, /await import\('#/, `${path} imports a room dynamically`)
    assert.doesNotMatch(path, /\/index\.ts$/, `${path} is a barrel`)
  }
})

test('pure files do not wait, look at the clock, draw lots or read the environment', () => {
  for (const { path, text } of files.filter(({ path }) => !isWet(path))) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    // Parsing and composing wait for a library, not for the world.
    if (!/^src\/mail\/(parse|compose|explain)\.ts$/.test(path))
      assert.doesNotMatch(code, /\bawait\b/, `${path} waits`)
    assert.doesNotMatch(
      code,
      /Date\.now\(|new Date\(\)|Math\.random|randomUUID|randomBytes/,
      `${path} is not a pure function`,
    )
  }
})

test('only config.ts reads the environment', () => {
  const allowed = ['src/config.ts', 'src/commands/command.ts', 'src/store/postgres-binaries.ts']
  for (const { path, text } of files) {
    if (!allowed.includes(path)) assert.doesNotMatch(text, /process\.env/, `${path} reads the environment`)
  }
})

test('SQL stands in stores', () => {
  for (const { path, text } of files) {
    if (/store[\w-]*\.ts$/.test(path) || path.startsWith('src/store/')) continue
    assert.doesNotMatch(text, /\bsql`/, `${path} has SQL`)
  }
})

test('local hours come from hours/zone.ts, never from the time zones of PostgreSQL', () => {
  for (const { path, text } of files) {
    assert.doesNotMatch(
      text,
      /\bat time zone (?!'UTC')|\btimezone\(|set (?:local )?time ?zone/i,
      `${path} asks SQL`,
    )
    assert.ok(
      !/\btimeZoneName\b|longOffset|hourCycle/.test(text) || path === 'src/hours/zone.ts',
      `${path} reads a wall clock`,
    )
  }
})

test('only desk/act.ts has the log and the row written', () => {
  for (const { path, text } of files) {
    if (/insert into ticket_event|update ticket\b|insert into ticket\b/.test(text)) {
      assert.equal(path, 'src/tickets/write/write-store.ts', `${path} writes tickets`)
    }
    if (
      text.includes(`from '#tickets/write/write-store.ts'`) &&
      !/import type \{[^}]*\} from '#tickets\/write\/write-store/.test(text)
    ) {
      assert.match(
        path,
        /^src\/desk\/(act|act-many|in-hand)\.ts$/,
        `${path} writes tickets behind act's back`,
      )
    }
  }
})

test('files and functions stay small', () => {
  const sizes = files.map(({ path, text }) => ({ path, lines: text.split('\n').length }))
  for (const { path, lines } of sizes) {
    if (!(path in LARGE)) assert.ok(lines <= 400, `${path} has ${lines} lines`)
  }
  const sorted = sizes.map(({ lines }) => lines).toSorted((a, b) => a - b)
  const percentile90 = sorted[Math.floor(sorted.length * 0.9)] ?? 0
  assert.ok(percentile90 <= 300, `the 90th percentile of file sizes is ${percentile90} lines`)
})

test('functions stay small: 70 lines, a component 100; a table of routes may be longer', () => {
  const large: string[] = []
  for (const path of imports.keys())
    for (const { name, lines } of functionsOf(readFileSync(path, 'utf8'))) {
      const isComponent = path.endsWith('.tsx') && /^[A-Z]/.test(name)
      if (lines > (isComponent ? 100 : 70) && !/[rR]outes$/.test(name)) large.push(`${path} ${name}`)
    }
  assert.deepEqual(large.toSorted(), LARGE_FUNCTIONS.toSorted())
})

/** Functions and methods that begin a line of formatted code, with how many lines each has. */
function functionsOf(text: string): { name: string; lines: number }[] {
  const all = text.split('\n')
  return all.flatMap((line, index) => {
    const [, indent = '', name] =
      /^()(?:export )?(?:async )?function\*? (\w+)/.exec(line) ??
      /^()(?:export )?const (\w+)[^=]* = (?:memo\()?(?:async )?(?:function\b.*|.*=> )\{$/.exec(line) ??
      /^( {2})(?:(?:private|static|async) )*\*?(#?\w+)\(.*\{$/.exec(line) ??
      []
    const length = all.slice(index + 1).findIndex((each) => each.startsWith(`${indent}}`))
    return name === undefined || /^(?:if|for|while|switch|test)$/.test(name)
      ? []
      : [{ name, lines: length + 2 }]
  })
}

test('each file opens with what it is for', () => {
  for (const { path, text } of files) assert.match(text, /^\/\/ |^#!/, `${path} does not say what it is for`)
})

test('every room is named in ARCHITECTURE.md', () => {
  const map = readFileSync('ARCHITECTURE.md', 'utf8')
  for (const room of new Set(files.map(({ room }) => room))) {
    if (room !== 'main') assert.ok(map.includes(`\`${room}`), `ARCHITECTURE.md does not name ${room}`)
  }
})

test('every dependency has its line of reason', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  )
  const reasons = readFileSync('docs/dependencies.md', 'utf8')
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  })) {
    assert.match(String(version), /^\d/, `${name} is not pinned exactly`)
    if (!name.startsWith('@types/'))
      assert.ok(reasons.includes(`\`${name}\``), `docs/dependencies.md does not name ${name}`)
  }
})

test('the browser app takes nothing from the server but the contract and lists of words', () => {
  for (const path of SHARED_WORDS)
    assert.doesNotMatch(readFileSync(path, 'utf8'), /^import (?!type )/m, `${path} brings other files along`)
  if (!existsSync('web')) return
  for (const path of globSync('web/**/*.{ts,tsx}').filter((each) => !each.includes('/dist/'))) {
    for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/from '([^']*\/src\/[^']+)'/g)) {
      if (!SHARED_WORDS.some((words) => target.endsWith(words)))
        assert.match(target, /src\/api\/contract(\/\w+)?\.ts$/, `${path} imports ${target}`)
    }
  }
})
