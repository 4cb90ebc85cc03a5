// What the README tells a newcomer to type is typed here, word for word.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../support/database.ts'
import { startDesk, until } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'

test('the first mail of the README becomes a ticket', async (t) => {
  const [command] =
    /^printf 'From: [^]*?--upload-file -$/m.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  assert.ok(command !== undefined && command.includes(':2525'), 'the command is there')
  const desk = await startDesk()
  atEnd(t, desk.close)
  await promisify(execFile)('sh', ['-c', command.replace(':2525', `:${desk.smtpPort}`)])
  const ticket = await until(async () => (await desk.api('GET', '/tickets')).body.items[0])
  assert.deepEqual([ticket.subject, ticket.requester.email], ['The lamp is dark', 'ada@example.org'])
})
