import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookOf } from '#desk/outbound/brand-look.ts'
import type { BrandId } from '#kit/ids.ts'

const brand = {
  id: 1 as BrandId,
  name: 'internal name',
  fromName: '',
  signature: '',
  mailboxId: null,
  color: null,
  logoSha256: 'ab'.repeat(32),
  portal: false,
  ticketLinks: false,
  footer: '',
  footerLinks: [],
}

test('a logo that is away stops no mail, and one that was read is not read again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const gif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=', 'base64')
  const warned: string[] = []
  let isThere = false
  let reads = 0
  const desk = {
    blobs: {
      get: async () => {
        reads++
        if (!isThere) throw new Error('The bucket is away')
        return gif
      },
    },
    log: { warn: (_: unknown, words?: string) => void warned.push(words ?? '') },
    setup: { now: async () => ({ desk: { deskName: 'Lamps' } }) },
  }
  const look = () => lookOf(desk, { kind: 'acknowledgement', toAgent: false }, brand)
  const atOnce = await Promise.all([look(), look()])
  assert.deepEqual(
    atOnce.map(({ files: none }) => none),
    [[], []],
  )
  await look()
  assert.equal(warned.length, 1)
  t.mock.timers.tick(60_000)
  isThere = true
  const { head, files } = await look()
  assert.match(head, /alt="Lamps"/)
  assert.equal(files.length, 1)
  await look()
  assert.equal(reads, 2)
})
