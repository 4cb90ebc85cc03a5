// Files in a bucket: what comes back is what went in, a store that stumbles for a minute loses nothing, and a refusal says what to do.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, beforeEach, test } from 'node:test'
import { Fault } from '#kit/fault.ts'
import { createBucketBlobs } from '#store/bucket-blobs.ts'
import { openBucket } from '#store/bucket.ts'
import { startBucketStore, STORE_KEYS, type BucketStore } from '../support/bucket-store.ts'
import { temporaryFolder } from '../support/ends.ts'

let store: BucketStore
before(async () => void (store = await startBucketStore('files')))
after(() => store.close())
beforeEach(() => store.objects.clear())

const accessOf = ({ endpoint }: BucketStore, keys = STORE_KEYS) => ({
  endpoint,
  region: 'us-east-1',
  pathStyle: true,
  keys,
})
const nameOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('what was put, or came as a stream in parts, comes back by its name, and once', async (t) => {
  const drafts = temporaryFolder(t)
  const blobs = createBucketBlobs(openBucket('s3://files/desk/', accessOf(store)), drafts)
  const [small, large] = [Buffer.from('Hello'), randomBytes(9_000_000)]
  assert.equal(await blobs.put(small), nameOf(small))
  assert.equal(await blobs.put(Buffer.alloc(0)), nameOf(Buffer.alloc(0)))
  const draft = await blobs.receive(Readable.from([large.subarray(0, 4_000_000), large.subarray(4_000_000)]))
  assert.deepEqual([draft.sha256, draft.size], [nameOf(large), 9_000_000])
  assert.equal(await blobs.has(draft.sha256), false, 'nothing is kept by itself')
  await draft.keep()
  await (await blobs.receive(Readable.from([large]))).keep()
  assert.deepEqual(readdirSync(drafts), [])
  const puts = store.asked.filter(
    (each) => each === `POST files/desk/${nameOf(large).slice(0, 2)}/${nameOf(large)}`,
  )
  assert.equal(puts.length, 2, 'begun and ended once')

  assert.deepEqual(await blobs.get(nameOf(small)), small)
  const opened = await blobs.open(nameOf(large))
  assert.deepEqual([opened.size, opened.head.equals(large.subarray(0, 4_100))], [9_000_000, true])
  assert.ok((await buffer(opened.read())).equals(large))
  const empty = await blobs.open(nameOf(Buffer.alloc(0)))
  assert.deepEqual([empty.size, await buffer(empty.read())], [0, Buffer.alloc(0)])
  for (let n = 0; n < 7; n++) await blobs.put(Buffer.from(`file ${n}`))
  assert.equal((await blobs.names()).length, 10, 'all pages')
  assert.equal(await blobs.remove(nameOf(small), Date.now() - 60_000), false, 'stored since then')
  assert.equal(await blobs.remove(nameOf(small)), true)
  await assert.rejects(blobs.get(nameOf(small)), /is missing/)
  // Each try of a removal looks anew whether it was stored since.
  const again = await blobs.put(small)
  const from = store.asked.length
  let count = 0
  store.failWhile(() => ++count === 2)
  assert.equal(await blobs.remove(again, Date.now() + 60_000), true)
  store.failWhile(() => false)
  assert.deepEqual(
    store.asked.slice(from).map((each) => each.split(' ')[0]),
    ['HEAD', 'DELETE', 'HEAD', 'DELETE'],
  )
})

test('a store that answers 503 for a minute, or breaks off, is asked again; one that stays away is a fault to try again', async (t) => {
  let seconds = 0
  const pause = async (ms: number) => void (seconds += ms / 1_000)
  const blobs = createBucketBlobs(openBucket('s3://files', accessOf(store), pause), temporaryFolder(t))
  store.failWhile(() => seconds < 60)
  const bytes = randomBytes(50_000)
  const name = await blobs.put(bytes)
  assert.ok(seconds >= 60 && seconds < 70, `it waited ${seconds} s`)
  store.breakOff(2)
  assert.ok((await blobs.get(name)).equals(bytes))
  store.failWhile(() => true)
  await assert.rejects(blobs.get(name), (error: unknown) => {
    assert.ok(error instanceof Fault && error.retryable)
    assert.match(error.message, /^s3:\/\/files did not do it: SlowDown\. Look whether the store is up/)
    return true
  })
  const from = store.asked.length
  await assert.rejects(openBucket('s3://files', accessOf(store), null).read('x'), /SlowDown/)
  assert.equal(store.asked.length, from + 1, 'who does not wait asks once')
  store.failWhile(() => false)
  assert.ok((await blobs.get(name)).equals(bytes))
})

test('bytes that are not those of their name are never given out whole', async (t) => {
  const blobs = createBucketBlobs(openBucket('s3://files', accessOf(store)), temporaryFolder(t))
  const name = await blobs.put(randomBytes(300_000))
  store.objects.set(`files/${name.slice(0, 2)}/${name}`, randomBytes(300_000))
  await assert.rejects(blobs.get(name), /is damaged/)
  await assert.rejects(buffer((await blobs.open(name)).read()), /is damaged/)
})

test('a bucket that is not there, and a key that is not known, are named with their cures at once', async () => {
  const missing = openBucket('s3://nowhere', accessOf(store))
  await assert.rejects(missing.names(''), /s3:\/\/nowhere did not do it: NoSuchBucket\. Make the bucket/)
  await assert.rejects(missing.read('x'), /NoSuchBucket/)
  const stranger = openBucket('s3://files', accessOf(store, { ...STORE_KEYS, id: 'somebody-else' }))
  await assert.rejects(stranger.names(''), (error: unknown) => {
    // What waits for it waits until the key is put right.
    assert.ok(error instanceof Fault && error.retryable)
    assert.match(error.message, /InvalidAccessKeyId\. Correct AWS_ACCESS_KEY_ID\./)
    return true
  })
})
