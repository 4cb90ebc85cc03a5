// Writes what others' work Docket carries: THIRD_PARTY_NOTICES with each licence's text, and sbom.cdx.json (CycloneDX 1.6). With
// --check it writes nothing and fails when they are stale.
import { globSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Locked = {
  readonly version: string
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: true
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
}
type Package = Locked & { readonly path: string; readonly name: string }

const root = join(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>
}
const packages: readonly Package[] = Object.entries(lock.packages)
  .filter(([path]) => path.startsWith('node_modules/'))
  .map(([path, locked]) => ({ ...locked, path, name: path.slice(path.lastIndexOf('node_modules/') + 13) }))
  .toSorted((one, other) => (one.path < other.path ? -1 : 1))

/** What is sent to browsers is taken from packages that only the build needs. */
function bundled(): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (name: string) => {
    const locked = lock.packages[`node_modules/${name}`]
    if (locked === undefined || found.has(name)) return
    found.add(name)
    Object.keys(locked.dependencies ?? {}).forEach(add)
  }
  for (const file of globSync('web/**/*.{ts,tsx,css}', {
    cwd: root,
    exclude: ['web/dist/**', 'web/vite.config.ts'],
  }))
    for (const [, name = ''] of readFileSync(join(root, file), 'utf8').matchAll(
      /(?:from|import) ['"]((?:@[\w-]+\/)?[\w-]+)/g,
    ))
      add(name)
  return found
}

function licenceTexts({ path }: Package): string {
  const folder = join(root, path)
  if (!existsSync(folder)) return ''
  return readdirSync(folder)
    .filter((name) => /^(?:licen[cs]e|notice|copying)/i.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n')
}

function notices(): string {
  const carried = bundled()
  const shown = packages.filter(
    ({ dev, name, os }) => (dev !== true || carried.has(name)) && os === undefined,
  )
  const entries = shown.map((each) => {
    const source =
      each.license === 'MPL-2.0'
        ? `\nIts source is at https://www.npmjs.com/package/${each.name}/v/${each.version}, unchanged.`
        : ''
    return `${each.name} ${each.version} (${each.license ?? 'see below'})${source}\n\n${licenceTexts(each)}`
  })
  const line = `\n\n${'-'.repeat(80)}\n\n`
  return `Docket carries the work of others, each under its own licence.${line}${entries.join(line)}\n`
}

function sbom(): string {
  const components = packages.map(({ name, version, license, integrity, dev }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    scope: dev === true ? 'excluded' : 'required',
    ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    ...(integrity?.startsWith('sha512-') === true
      ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }] }
      : {}),
  }))
  const { name, version } = lock.packages[''] as Locked & { name: string }
  const metadata = { component: { type: 'application', name, version, 'bom-ref': name } }
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components }, null, 1)}\n`
}

const files = { THIRD_PARTY_NOTICES: notices(), 'sbom.cdx.json': sbom() }
for (const [name, text] of Object.entries(files)) {
  const path = join(root, name)
  if (!process.argv.includes('--check')) writeFileSync(path, text)
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${name} is stale. Run ./scripts/node24 scripts/notices.ts and commit what it writes.`)
    process.exitCode = 1
  }
}
