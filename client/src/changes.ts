// The live feed: what changed, not how it is now. A connection that is lost begins anew at the last place, so that nothing is missed.
import { pause, waitMsOf } from './patient.ts'

/** `reset`: too much changed meanwhile; fetch what you show again. `seq` is the place to go on from another time. */
export type Change =
  | {
      readonly event: 'change'
      readonly seq: string
      readonly kind: string
      readonly id: number | null
      readonly ticketSeq: number | null
    }
  | { readonly event: 'reset' | 'hello'; readonly seq: string }

export type ChangesOptions = {
  /** The `seq` of the last change that was seen; from now on without one. */
  readonly since?: string
  /** Ends the feed. */
  readonly signal?: AbortSignal
}

type Ask = (request: Request) => Promise<Response>
const LONGEST_WAIT_MS = 30_000
/** A feed that the desk puts off for longer asks again after an hour. */
const LONGEST_ASKED_MS = 3_600_000

/** Changes as they come. Ends when the signal fires; throws when the desk refuses. */
export async function* changesOf(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
  ask: Ask,
  { since, signal }: ChangesOptions,
): AsyncGenerator<Change, void> {
  let place = since
  let asked: number | null = null
  for (let failed = 0; signal?.aborted !== true; failed++) {
    const own = Math.min(500 * 2 ** (failed - 1), LONGEST_WAIT_MS)
    if (failed > 0) await pause(Math.min(asked ?? own, LONGEST_ASKED_MS), signal).catch(() => {})
    asked = null
    const from = place === undefined ? {} : { 'last-event-id': place }
    const init = {
      headers: { ...headers, ...from, accept: 'text/event-stream' },
      ...(signal ? { signal } : {}),
    }
    try {
      const answer = await ask(new Request(`${baseUrl}/stream`, init))
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
        throw new Refusal(`The desk answered ${answer.status} to the feed: ${await answer.text()}`)
      if (!answer.ok || answer.body === null) {
        asked = waitMsOf(answer.headers.get('retry-after'))
        await answer.body?.cancel()
        continue
      }
      for await (const change of changesIn(answer.body)) {
        failed = 0
        place = change.seq
        yield change
      }
    } catch (error) {
      if (error instanceof Refusal) throw error
      // The connection was lost, or the signal fired: the loop knows.
    }
  }
}

class Refusal extends Error {}

async function* changesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<Change, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const change = changeOf(part)
        if (change !== null) yield change
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** One event of the stream; null for what is of the moment only (who looks at what), and for signs of life. */
function changeOf(part: string): Change | null {
  const field = (name: string) =>
    part
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2)
  const event = field('event')
  if (field('id') === undefined || (event !== 'change' && event !== 'reset' && event !== 'hello')) return null
  return { event, ...(JSON.parse(field('data') ?? '{}') as object) } as Change
}
