// The package @docket/client: what its types are made of, and compiling it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './database.ts'
import type { TestDesk } from './desk.ts'

/** The part of a desk's OpenAPI document that programs are written against: /api/v1, each path from there on; the same for the same routes. */
export async function documentOf(desk: TestDesk): Promise<string> {
  const { paths, ...rest } = (await (await fetch(`${desk.url}/api/openapi.json`)).json()) as {
    paths: Record<string, object>
  }
  const own = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .map(([path, routes]) => [path.slice('/api/v1'.length), routes] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ ...rest, paths: Object.fromEntries(own) })
}

export const hashOf = (document: string) => createHash('sha256').update(document).digest('hex')

/** Compiles client/src to client/dist, and puts beside it what goes into the package. */
export function compileClient(): void {
  const client = join(root, 'client')
  rmSync(join(client, 'dist'), { recursive: true, force: true })
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  assert.equal(spawnSync(process.execPath, [tsc, '-p', client], { stdio: 'inherit' }).status, 0)
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers'])
    cpSync(join(root, 'node_modules', name), join(client, 'node_modules', name), { recursive: true })
}
