// A small store that speaks S3 (path style, pages of a few, parts), and can be told to misbehave as stores do.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

export type BucketStore = {
  readonly endpoint: string
  /** By name, the bucket's included: `bucket/prefix/name`. */
  readonly objects: Map<string, Buffer>
  /** What was asked: method and path. */
  readonly asked: string[]
  /** Answers with 503 as long as this says so. */
  failWhile: (isDown: () => boolean) => void
  /** Breaks the next answers with bytes off in the middle. */
  breakOff: (times: number) => void
  readonly close: () => Promise<void>
}

export const STORE_KEYS = { id: 'key-of-the-desk', secret: 'secret of the desk', session: null }
const PAGE = 3

/** Starts a store with these buckets, empty. */
export async function startBucketStore(...buckets: readonly string[]): Promise<BucketStore> {
  const objects = new Map<string, Buffer>()
  const uploads = new Map<string, Map<number, Buffer>>()
  const asked: string[] = []
  let [isDown, toBreak] = [() => false, 0]

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://store')
    const [bucket = '', ...path] = decodeURIComponent(url.pathname.slice(1)).split('/')
    const [name, query] = [`${bucket}/${path.join('/')}`, url.searchParams]
    asked.push(`${request.method} ${name}`)
    const bytes = await buffer(request)
    const refuse = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code><Message>no</Message></Error>`)
    if (isDown()) return refuse(503, 'SlowDown')
    if (request.headers.authorization?.includes(`Credential=${STORE_KEYS.id}/`) !== true)
      return refuse(403, 'InvalidAccessKeyId')
    if (!buckets.includes(bucket)) return refuse(404, 'NoSuchBucket')
    const isMultipart = query.has('uploads') || query.has('uploadId')
    if (isMultipart) return multipart(request.method ?? '', name, query, bytes, response)
    if (request.method === 'PUT') {
      if (request.headers['content-encoding']?.includes('aws-chunked') === true)
        return refuse(501, 'NotImplemented')
      objects.set(name, bytes)
      return response.writeHead(200, { etag: etagOf(bytes) }).end()
    }
    if (request.method === 'DELETE') {
      objects.delete(name)
      return response.writeHead(204).end()
    }
    if (query.get('list-type') === '2') return list(bucket, query, response)
    const found = objects.get(name)
    if (found === undefined) return refuse(404, 'NoSuchKey')
    // Whatever is there was stored by the test that asks.
    const stored = { 'last-modified': new Date().toUTCString(), 'content-length': found.length }
    if (request.method === 'HEAD') return response.writeHead(200, stored).end()
    return give(found, request.headers.range, response, refuse)
  }

  const give = (
    found: Buffer,
    range: string | undefined,
    response: ServerResponse,
    refuse: (status: number, code: string) => unknown,
  ) => {
    const last = /^bytes=0-(\d+)$/.exec(range ?? '')?.[1]
    if (last !== undefined && found.length === 0) return refuse(416, 'InvalidRange')
    const sent = last === undefined ? found : found.subarray(0, Number(last) + 1)
    response.writeHead(last === undefined ? 200 : 206, {
      'content-length': sent.length,
      ...(last === undefined ? {} : { 'content-range': `bytes 0-${sent.length - 1}/${found.length}` }),
    })
    if (toBreak-- <= 0) return response.end(sent)
    response.write(sent.subarray(0, sent.length / 2), () => response.destroy())
  }

  const list = (bucket: string, query: URLSearchParams, response: ServerResponse) => {
    const start = `${bucket}/${query.get('prefix') ?? ''}`
    const from = query.get('continuation-token') ?? ''
    const names = [...objects.keys()].filter((name) => name.startsWith(start) && name > from).toSorted()
    const page = names.slice(0, PAGE)
    const contents = page.map((name) => `<Contents><Key>${name.slice(bucket.length + 1)}</Key></Contents>`)
    const more = names.length > PAGE
    const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(
        `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
      )
  }

  const multipart = (
    method: string,
    name: string,
    query: URLSearchParams,
    bytes: Buffer,
    response: ServerResponse,
  ) => {
    const id = query.get('uploadId') ?? randomUUID()
    const parts = uploads.get(id) ?? new Map<number, Buffer>()
    uploads.set(id, parts)
    if (method === 'PUT') {
      parts.set(Number(query.get('partNumber')), bytes)
      return response.writeHead(200, { etag: etagOf(bytes) }).end()
    }
    if (method === 'POST' && query.has('uploads'))
      return response
        .writeHead(200)
        .end(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`)
    uploads.delete(id)
    if (method === 'DELETE') return response.writeHead(204).end()
    const whole = Buffer.concat([...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part))
    objects.set(name, whole)
    response
      .writeHead(200)
      .end(`<CompleteMultipartUploadResult><ETag>${etagOf(whole)}</ETag></CompleteMultipartUploadResult>`)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    asked,
    failWhile: (next) => void (isDown = next),
    breakOff: (times) => void (toBreak = times),
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}

const etagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`
