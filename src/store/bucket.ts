// Objects in a bucket of S3, or of any store that speaks it: the one file that knows its protocol. A store that stumbles is asked again
// with growing waits; the library is loaded when a desk has a bucket.
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { Config } from '#config.ts'
import { Fault } from '#kit/fault.ts'

export type Bucket = {
  /** `s3://bucket/prefix`, for words to people. */
  readonly says: string
  /** Stores an object for good. `open` is asked for its bytes anew on each try. */
  readonly put: (name: string, open: () => Readable | Uint8Array) => Promise<void>
  /** The bytes of an object as they come; null where there is none. */
  readonly stream: (name: string) => Promise<Readable | null>
  /** An object in memory, or its first bytes, with the size of the whole; null where there is none. */
  readonly read: (
    name: string,
    first?: number,
  ) => Promise<{ readonly size: number; readonly bytes: Buffer } | null>
  /** When an object was stored last, in ms; null where there is none. */
  readonly storedAt: (name: string) => Promise<number | null>
  /** The names that begin so, in order. */
  readonly names: (start: string) => Promise<string[]>
  /** Removes an object, unless it was stored since a moment (in ms); whether it is gone. */
  readonly remove: (name: string, storedSince?: number) => Promise<boolean>
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000
/** A store that refuses for a minute is no loss. */
const PATIENCE_MS = 90_000
const PART_BYTES = 8 * 1024 * 1024

/** What a bucket that stumbles is waited for with; null asks it once, for whoever does not want to wait. */
export type Pause = ((ms: number) => Promise<unknown>) | null

/** Opens `s3://bucket/prefix`; nothing is asked of it yet. */
export function openBucket(place: string, access: Config['s3'], pause: Pause = setTimeout): Bucket {
  const [bucket = '', ...path] = place.slice('s3://'.length).replace(/\/+$/, '').split('/')
  const prefix = path.map((part) => `${part}/`).join('')
  const says = place.replace(/\/+$/, '')
  let loaded: ReturnType<typeof loadClient> | null = null
  const ask = <Answer>(work: (s3: Loaded) => Promise<Answer>) =>
    patiently(says, pause, async () => work(await (loaded ??= loadClient(access))))
  const keyed = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` })
  return {
    says,
    put: (name, open) =>
      ask(async ({ client, Upload }) => {
        const params = { ...keyed(name), Body: open() }
        await new Upload({ client, params, partSize: PART_BYTES, queueSize: 1 }).done()
      }),
    stream: (name) =>
      ask(async ({ client, GetObjectCommand }) => {
        const answer = await client.send(new GetObjectCommand(keyed(name))).catch(absent)
        return answer === null ? null : (answer.Body as Readable)
      }),
    read: (name, first) =>
      ask(async ({ client, GetObjectCommand }) => {
        const range = first === undefined ? {} : { Range: `bytes=0-${first - 1}` }
        const answer = await client
          .send(new GetObjectCommand({ ...keyed(name), ...range }))
          .catch(absentOrEmpty)
        if (answer === null) return null
        if (answer === 'empty') return { size: 0, bytes: Buffer.alloc(0) }
        const bytes = await buffer(answer.Body as Readable)
        const whole = /\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1]
        return { size: whole === undefined ? bytes.length : Number(whole), bytes }
      }),
    storedAt: (name) => ask((s3) => storedAt(s3, keyed(name))),
    names: async (start) => {
      const names: string[] = []
      for (let from: string | undefined, more = true; more;) {
        const page = await ask(({ client, ListObjectsV2Command }) =>
          client.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: `${prefix}${start}`,
              ContinuationToken: from,
            }),
          ),
        )
        for (const { Key } of page.Contents ?? []) names.push((Key ?? '').slice(prefix.length))
        from = page.NextContinuationToken
        more = page.IsTruncated === true && from !== undefined
      }
      return names
    },
    // Each try looks anew: after a store that was away for a minute it may be wanted again.
    remove: (name, storedSince = Infinity) =>
      ask(async (s3) => {
        if (storedSince < Infinity && ((await storedAt(s3, keyed(name))) ?? 0) > storedSince) return false
        await s3.client.send(new s3.DeleteObjectCommand(keyed(name)))
        return true
      }),
  }
}

type Loaded = Awaited<ReturnType<typeof loadClient>>

async function storedAt(
  { client, HeadObjectCommand }: Loaded,
  key: { readonly Bucket: string; readonly Key: string },
): Promise<number | null> {
  const answer = await client.send(new HeadObjectCommand(key)).catch(absent)
  return answer === null ? null : (answer.LastModified?.getTime() ?? 0)
}

async function loadClient({ endpoint, region, pathStyle, keys }: Config['s3']) {
  const { S3Client: Client, ...commands } = await import('@aws-sdk/client-s3')
  const { Upload } = await import('@aws-sdk/lib-storage')
  const client: S3Client = new Client({
    region,
    forcePathStyle: pathStyle,
    // Tries again for seconds only, and all requests share a number of tries: `patiently` does it.
    maxAttempts: 1,
    // Trailing checksums are not known to every store; what is read is compared with the hash that is its name.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
    ...(endpoint === null ? {} : { endpoint }),
    ...(keys === null
      ? {}
      : {
          credentials: {
            accessKeyId: keys.id,
            secretAccessKey: keys.secret,
            ...(keys.session === null ? {} : { sessionToken: keys.session }),
          },
        }),
  })
  return { client, Upload, ...commands }
}

async function patiently<Answer>(says: string, pause: Pause, work: () => Promise<Answer>): Promise<Answer> {
  const startedAt = performance.now()
  for (let waited = 0, waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await work()
    } catch (error) {
      const isPassing = mayPass(error)
      // A try that gets no answer takes its time, too.
      const spent = Math.max(waited, performance.now() - startedAt)
      if (pause === null || !isPassing || spent + waitMs > PATIENCE_MS) throw asFault(says, error, isPassing)
    }
    await pause(waitMs)
    waited += waitMs
  }
}

type Said = Error & { readonly code?: string; readonly $metadata?: { readonly httpStatusCode?: number } }

/** Who answers nothing has no status: a network that is away, or a name that is not found yet. */
function mayPass(error: unknown): boolean {
  const { name, $metadata } = error as Said
  const status = $metadata?.httpStatusCode
  if (status === undefined) return !/Credentials|Config/.test(name)
  return status >= 500 || status === 429 || status === 408 || name === 'RequestTimeout'
}

const statusOf = (error: unknown) => (error as Said).$metadata?.httpStatusCode

/** Null for an object that is not there; a bucket that is not there is a fault. */
function absent(error: unknown): null {
  if (statusOf(error) === 404 && (error as Said).name !== 'NoSuchBucket') return null
  throw error
}

/** Of an object without bytes there are no first ones (416). */
function absentOrEmpty(error: unknown): null | 'empty' {
  return statusOf(error) === 416 ? 'empty' : absent(error)
}

const CURES: Readonly<Record<string, string>> = {
  NoSuchBucket: 'Make the bucket, or correct its name.',
  AccessDenied:
    'Allow the key to list, read, write and delete there (s3:ListBucket, GetObject, PutObject, DeleteObject).',
  InvalidAccessKeyId: 'Correct AWS_ACCESS_KEY_ID.',
  SignatureDoesNotMatch: 'Correct AWS_SECRET_ACCESS_KEY; the clocks of both machines must agree, too.',
  PermanentRedirect: 'Set AWS_REGION to the region of the bucket.',
  CredentialsProviderError: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.',
}

/** A refusal does not pass by itself, but once its cause is mended; until then nothing is lost by asking again some day. */
function asFault(says: string, error: unknown, isPassing: boolean): Fault {
  const { name, code, message } = error as Said
  const cure = CURES[name] ?? (isPassing ? 'Look whether the store is up and reachable from here.' : '')
  return new Fault(
    `${says} did not do it: ${name === 'Error' ? (code ?? message) : name}. ${cure}`.trimEnd(),
    {
      retryable: true,
      cause: error,
      code: code ?? name,
    },
  )
}
