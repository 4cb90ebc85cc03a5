// The live side: one stream for all tabs of a browser. The tab that holds the lock reads it and tells the others; when it goes, the next
// takes over at once. Without locks every tab reads its own.
import { backOff, headersFor, pause } from './ask.ts'

export type Live = {
  readonly stop: () => void
  readonly poke: (isUp: boolean) => void
  readonly tell: (event: Told) => void
}
export type Told = { readonly event: string; readonly data: unknown }

type Options = {
  readonly url: string
  readonly token: string
  /** Where to go on from, asked anew at each try. */
  readonly from: () => string
  readonly hear: (told: Told) => void
  readonly onLine: (isUp: boolean) => void
  /** The desk does not know this visitor or conversation any more. */
  readonly onGone: (status: number) => void
}

/** The desk sends something every 15 seconds; who hears nothing for so long has lost the line without knowing. */
const SILENT_MS = 40_000

/** Begins to listen, in this tab or through another. */
export function goLive(name: string, options: Options): Live {
  const stopped = new AbortController()
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
  channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => options.hear(data))
  // Only pages of one origin hear a channel: there is no other to name.
  // eslint-disable-next-line unicorn/require-post-message-target-origin
  const tell = (told: Told) => channel?.postMessage(told)
  let current: AbortController | null = null
  let heardAt = Date.now()
  const read = () =>
    listen(options, stopped.signal, {
      begin: () => (current = new AbortController()),
      heard: () => (heardAt = Date.now()),
      tell: (told) => {
        options.hear(told)
        tell(told)
      },
    })
  const lead = navigator.locks as LockManager | undefined
  void (lead ? lead.request(name, { signal: stopped.signal }, read) : read()).catch(() => {})
  const watch = setInterval(() => Date.now() - heardAt > SILENT_MS && current?.abort(), 5_000)
  return {
    tell,
    poke: (isUp) => {
      if (isUp || Date.now() - heardAt > SILENT_MS / 2) current?.abort()
    },
    stop: () => {
      clearInterval(watch)
      stopped.abort()
      current?.abort()
      channel?.close()
    },
  }
}

type Reading = {
  readonly begin: () => AbortController
  readonly heard: () => void
  readonly tell: (told: Told) => void
}

async function listen(options: Options, stopped: AbortSignal, reading: Reading): Promise<void> {
  for (let failures = 0; !stopped.aborted; failures++) {
    const mine = reading.begin()
    reading.heard()
    try {
      const response = await fetch(`${options.url}/stream?${options.from()}`, {
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        headers: headersFor(options.token),
        signal: AbortSignal.any([stopped, mine.signal]),
      })
      if ([401, 403, 404].includes(response.status)) return options.onGone(response.status)
      if (response.ok && response.body) {
        failures = 0
        options.onLine(true)
        await eachEvent(response.body, reading)
      }
    } catch {
      // A line that breaks is opened again.
    }
    if (stopped.aborted) return
    options.onLine(false)
    await pause(backOff(failures), mine.signal)
  }
}

async function eachEvent(body: ReadableStream<Uint8Array>, { heard, tell }: Reading): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader()
  for (let rest = ''; ;) {
    const { done, value } = await reader.read()
    if (done) return
    heard()
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1]
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (event !== undefined && data !== undefined) tell({ event, data: JSON.parse(data) })
    }
  }
}
