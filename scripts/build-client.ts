// `npm run build:client`: asks a desk for its OpenAPI document, makes client/src/api.ts of it, and compiles the package to client/dist.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, startTestServer } from '../test/support/database.ts'
import { startDesk } from '../test/support/desk.ts'
import { compileClient, documentOf, hashOf } from '../test/support/client-package.ts'

const client = join(root, 'client')
const generator = join(client, 'generator')

const server = await startTestServer()
process.env['DOCKET_TEST_SERVER'] = server.url
const desk = await startDesk()
const document = await documentOf(desk)
await desk.close()
await server.stop()

if (!existsSync(join(generator, 'node_modules'))) run('npm', ['ci', '--no-audit', '--no-fund'], generator)
const folder = mkdtempSync(join(tmpdir(), 'docket-client-'))
writeFileSync(join(folder, 'openapi.json'), document)
const bin = join(generator, 'node_modules', 'openapi-typescript', 'bin', 'cli.js')
run(process.execPath, [bin, join(folder, 'openapi.json'), '-o', join(folder, 'api.ts')], generator)
const api = lighter(readFileSync(join(folder, 'api.ts'), 'utf8'))
rmSync(folder, { recursive: true })
writeFileSync(
  join(client, 'src', 'api.ts'),
  `// Made by npm run build:client of the OpenAPI document ${hashOf(document)}\n${api}`,
)
compileClient()

/** The same types without what says nothing, a third of the size. */
function lighter(types: string): string {
  return types
    .replace(/^\/\*\*[^]*?\*\/\n/, '')
    .replace(/^ +(?!content)\w+\?: never;\n/gm, '')
    .replace(/^ +headers: \{\n +\[name: string\]: unknown;\n +\};\n/gm, '')
    .replace(/^ +\/\*\* @description Default Response \*\/\n/gm, '')
    .replace(
      /"(4XX|5XX)": \{\s+content: \{\s+"application\/json": components\["schemas"\]\["Problem"\];\s+\};\s+\};/g,
      '"$1": Failed;',
    )
    .replace(/^ +/gm, (space) => ' '.repeat(space.length / 2))
    .replace(
      'export interface paths',
      'type Failed = { content: { "application/json": components["schemas"]["Problem"] } };\nexport interface paths',
    )
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
