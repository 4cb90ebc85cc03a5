import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import type { Egress } from '#channels/egress.ts'
import { groupsBySize, openFolder } from '#channels/imap.ts'
import type { Instant } from '#kit/time.ts'

const MB = 1_000_000
const parted = (sizes: readonly number[]) =>
  groupsBySize(
    sizes.map((_, index) => index + 1),
    new Map(sizes.map((size, index) => [index + 1, size])),
  ).map(({ uids, bytes }) => [uids.length, bytes / MB])

test('small mails are fetched by the dozen, large ones alone, and never more than memory bears', () => {
  assert.deepEqual(parted(Array.from({ length: 60 }, () => 10_000)), [
    [25, 0.25],
    [25, 0.25],
    [10, 0.1],
  ])
  assert.deepEqual(parted([1 * MB, 40 * MB, 50 * MB, 4 * MB, 4 * MB, 1 * MB]), [
    [1, 1],
    [1, 40],
    [1, 50],
    [2, 8],
    [1, 1],
  ])
})

test('who is gone from the folder is passed by in its place', () => {
  const groups = groupsBySize([4, 5, 9], new Map([[9, 10]]))
  assert.deepEqual(
    groups.map(({ uids }) => uids),
    [[4, 5, 9]],
  )
})

test('a search that the server refuses is a failure, and a folder without UIDNEXT is as long as its last mail', async (t) => {
  let finds = 'SEARCH 3 9 7'
  const server = createServer((socket) => {
    socket.write('* OK [CAPABILITY IMAP4rev1] Ready\r\n')
    createInterface(socket).on('line', (line) => {
      const [tag = '', ...words] = line.split(' ')
      const said = (text: string, end = 'OK Done') => socket.write(`${text}${tag} ${end}\r\n`)
      const command = words.join(' ').toUpperCase()
      if (command.startsWith('CAPABILITY')) said('* CAPABILITY IMAP4rev1\r\n')
      else if (command.startsWith('SELECT')) said('* 3 EXISTS\r\n* OK [UIDVALIDITY 5] Valid\r\n')
      else if (command.startsWith('LIST')) said('* LIST () "/" INBOX\r\n')
      else if (!command.startsWith('UID SEARCH')) said('')
      else if (finds === '') said('', 'NO Busy')
      else said(`* ${finds}\r\n`)
    })
    socket.on('error', () => {})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  const bound = server.address()
  assert.ok(bound !== null && typeof bound === 'object')
  const account = {
    host: '127.0.0.1',
    port: bound.port,
    security: 'none',
    user: 'support',
    auth: 'password',
    folder: 'INBOX',
    afterFetch: 'keep',
    moveTo: null,
  } as const
  const egress: Pick<Egress, 'addressOf'> = { addressOf: async (address) => ({ address, family: 4 }) }
  const folder = await openFolder(account, { user: 'support', password: 'secret' }, egress)
  t.after(() => folder.close())
  assert.equal(folder.lastUid, 9)
  assert.deepEqual(await folder.uidsAfter(3), [7, 9])
  finds = ''
  await assert.rejects(folder.uidsAfter(3), { retryable: true })
  await assert.rejects(folder.firstSince('2026-03-01T00:00:00Z' as Instant), { retryable: true })
})
