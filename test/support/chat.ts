// A visitor of a widget without a browser: says things, and listens to the stream as the widget does.
import { randomUUID } from 'node:crypto'

type Said = { readonly status: number; readonly body: any } // eslint-disable-line typescript/no-explicit-any

export type ChatVisitor = {
  readonly call: (method: string, path: string, body?: unknown, token?: string | null) => Promise<Said>
  readonly say: (text: string, more?: object) => Promise<Said>
  /** The same with files. */
  readonly send: (
    fields: Readonly<Record<string, string>>,
    files: readonly File[],
    path?: string,
  ) => Promise<Said>
  readonly token: string
  readonly visit: Said['body']
}

export type Place = {
  readonly url: string
  readonly key: string
  readonly origin?: string
  /** Each call comes from a network of its own, for a desk that believes a proxy at 127.0.0.1. */
  readonly isFromAnywhere?: boolean
}

let calls = 0
const somewhere = ({ isFromAnywhere = false }: Place): Record<string, string> =>
  isFromAnywhere
    ? { 'x-forwarded-for': `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls++ & 255}` }
    : {}

/** Calls a widget's routes from a page. */
export async function callChat(
  place: Place,
  method: string,
  path: string,
  body?: unknown,
  token: string | null = null,
): Promise<Said> {
  const { url, key, origin = 'https://shop.example' } = place
  const response = await fetch(`${url}/api/v1/chat/${key}${path}`, {
    method,
    headers: {
      origin,
      ...somewhere(place),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { 'x-docket-visitor': token }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

/** Somebody comes. */
export async function comes(place: Place, given: object = {}): Promise<ChatVisitor> {
  const began = await callChat(place, 'POST', '/visits', {
    language: 'en',
    timeZone: 'Europe/Berlin',
    ...given,
  })
  const token: string = began.body.token ?? (given as { token?: string }).token
  const call: ChatVisitor['call'] = (method, path, body, other = token) =>
    callChat(place, method, path, body, other)
  const say: ChatVisitor['say'] = (text, more = {}) =>
    call('POST', '/messages', { clientId: randomUUID(), text, ...more })
  const send: ChatVisitor['send'] = async (fields, files, path = '/files') => {
    const { url, key, origin = 'https://shop.example' } = place
    const body = new FormData()
    for (const [name, value] of Object.entries({ clientId: randomUUID(), ...fields })) body.set(name, value)
    for (const file of files) body.append('file', file)
    const headers = { origin, 'x-docket-visitor': token, ...somewhere(place) }
    const response = await fetch(`${url}/api/v1/chat/${key}${path}`, { method: 'POST', headers, body })
    return { status: response.status, body: await response.json() }
  }
  return { call, say, send, token, visit: began.body }
}

export type Heard = { readonly event: string; readonly data: any } // eslint-disable-line typescript/no-explicit-any
export type Listening = {
  readonly heard: Heard[]
  readonly texts: () => string[]
  /** The desk has ended the stream. */
  readonly hasEnded: () => boolean
  readonly stop: () => void
}

/** Listens to a conversation from a place on. */
export async function listens(place: Place, token: string, of = 0, after = 0): Promise<Listening> {
  const { url, key, origin } = place
  return listensTo(`${url}/api/v1/chat/${key}/stream?of=${of}&after=${after}`, {
    'x-docket-visitor': token,
    ...(origin === undefined ? {} : { origin }),
    ...somewhere(place),
  })
}

/** Opens a stream of server-sent events and keeps what is heard. */
export async function listensTo(url: string, headers: Readonly<Record<string, string>>): Promise<Listening> {
  const stop = new AbortController()
  const response = await fetch(url, { headers, signal: stop.signal })
  if (response.status !== 200 || response.body === null) throw new Error(`No stream: ${response.status}`)
  const heard: Heard[] = []
  let hasEnded = false
  void read(response.body, heard)
    .then(() => (hasEnded = true))
    .catch(() => {})
  return {
    heard,
    hasEnded: () => hasEnded,
    texts: () =>
      heard
        .filter(({ event }) => event === 'news')
        .flatMap(({ data }) => data.messages.map(({ text }: { text: string }) => text)),
    stop: () => stop.abort(),
  }
}

async function read(body: ReadableStream<Uint8Array>, heard: Heard[]): Promise<void> {
  let rest = ''
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + piece).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1]
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (event !== undefined && data !== undefined) heard.push({ event, data: JSON.parse(data) })
    }
  }
}
