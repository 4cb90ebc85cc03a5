// Another desk's API on loopback: it answers what it is told to, and remembers who asked for what with which key.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Said = {
  readonly status?: number
  readonly json?: unknown
  readonly bytes?: Buffer
  readonly headers?: Readonly<Record<string, string>>
}
export type Asked = { readonly path: string; readonly authorization: string | null }

/** Starts it; `answer` says null for what is not there. */
export async function startOtherDesk(
  answer: (path: string, request: IncomingMessage) => Said | null,
): Promise<{ url: string; asked: Asked[]; close: () => Promise<void> }> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push({ path, authorization: request.headers.authorization ?? null })
    const {
      status = 200,
      json,
      bytes,
      headers = {},
    } = answer(path, request) ?? { status: 404, json: { error: 'RecordNotFound' } }
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(bytes ?? (json === undefined ? '' : JSON.stringify(json)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(() => done()))),
  }
}
