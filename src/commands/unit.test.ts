import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { unitOf } from '#commands/unit.ts'

const root = join(import.meta.dirname, '..', '..')
/** What the one reader of the environment knows. */
const known = new Set(
  readFileSync(join(root, 'src/config.ts'), 'utf8').match(/\b(?:DOCKET_[A-Z_]+|DATABASE_URL)\b/g),
)

test('the unit names folder, data and user, and lets it write nowhere else', () => {
  const unit = unitOf({
    folder: '/opt/docket',
    dataDir: '/var/lib/docket',
    user: 'docket',
    envFile: '/etc/docket.env',
  })
  assert.match(unit, /^User=docket$/m)
  assert.match(unit, /^ExecStart=\/opt\/docket\/docket start$/m)
  assert.match(unit, /^Environment=DOCKET_DATA=\/var\/lib\/docket$/m)
  assert.match(unit, /^ProtectSystem=strict$/m)
  assert.match(unit, /^ReadWritePaths=\/opt\/docket -\/var\/lib\/docket$/m)
})

const analyses = spawnSync('systemd-analyze', ['--version']).status === 0
test(
  'systemd takes it, with blanks and percent signs in the paths too',
  { skip: !analyses && 'no systemd-analyze' },
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-unit-'))
    try {
      const home = join(folder, 'a 100% desk')
      mkdirSync(home)
      writeFileSync(join(home, 'docket'), '#!/bin/sh\n')
      chmodSync(join(home, 'docket'), 0o755)
      const path = join(folder, 'docket.service')
      const placed = {
        folder: home,
        dataDir: join(home, 'data'),
        user: userInfo().username,
        envFile: '/etc/docket.env',
      }
      writeFileSync(path, unitOf(placed))
      const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
        encoding: 'utf8',
      })
      const own = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('docket.service'))
      assert.deepEqual(own, [])
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

test('the container and compose files name settings that there are, and files that there are', () => {
  const container = readFileSync(join(root, 'deploy/Containerfile'), 'utf8')
  const composed = parse(readFileSync(join(root, 'deploy/compose.yaml'), 'utf8'))
  const { docket, database } = composed.services
  assert.deepEqual([docket.build.dockerfile, docket.build.context], ['deploy/Containerfile', '..'])
  assert.ok(database.image.startsWith('postgres:'))
  const named = [...(container.match(/\bDOCKET_[A-Z_]+/g) ?? []), ...Object.keys(docket.environment)]
  for (const name of named) assert.ok(known.has(name), name)
  for (const volume of [...docket.volumes, ...database.volumes])
    assert.ok((String(volume).split(':')[0] ?? '') in composed.volumes, volume)
  for (const [, sources = ''] of container.matchAll(/^COPY (?:--\S+ )*(.+) \S+$/gm))
    for (const source of sources.split(' '))
      assert.ok(source === '.' || globSync(join(root, source)).length > 0, source)
  // What is left out of the image: no data, no packages of another platform.
  const ignored = readFileSync(join(root, 'deploy/Containerfile.dockerignore'), 'utf8').split('\n')
  for (const each of ['node_modules', 'data', '.git']) assert.ok(ignored.includes(each), each)
  execFileSync(process.execPath, ['--check', join(root, 'deploy/healthy.mjs')])
})
