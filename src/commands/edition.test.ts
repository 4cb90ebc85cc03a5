// Whether there is a newer one, told by real repositories.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { editionOf, lookForNewer } from '#commands/edition.ts'
import { temporaryFolder } from '../../test/support/ends.ts'

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@desk.example', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
const commit = (folder: string, subject: string) => git(folder, 'commit', '--allow-empty', '-m', subject)

test('a clone is told of what was committed where it came from, and not of its own', async (t) => {
  const folder = temporaryFolder(t)
  const [origin, clone] = [join(folder, 'origin'), join(folder, 'clone')]
  git(folder, 'init', '-q', '-b', 'main', origin)
  writeFileSync(join(origin, 'package.json'), '{"version":"1.2.3"}')
  git(origin, 'add', '.')
  commit(origin, 'One')
  assert.equal(await lookForNewer(origin), 'no_git')
  git(folder, 'clone', '-q', origin, clone)
  assert.match(await editionOf(clone), /^1\.2\.3 \([0-9a-f]{8}\)$/)
  assert.equal(await lookForNewer(clone), 'same')
  commit(clone, 'Our own')
  assert.equal(await lookForNewer(clone), 'same')
  commit(origin, 'Two')
  assert.equal(await lookForNewer(clone), 'newer')
  git(clone, 'remote', 'set-url', 'origin', join(folder, 'gone'))
  assert.equal(await lookForNewer(clone), 'no_answer')
})
