// Patience: what the desk could not take now is asked again when it said, and nothing is done twice.

type Ask = (request: Request) => Promise<Response>

/** Whoever is asked to wait longer gets the answer, and decides. */
const LONGEST_WAIT_MS = 120_000
/** The desk says by these that it did nothing. */
const NOT_NOW = new Set([429, 503])
/** What may be sent again when nobody knows whether it was done: it changes nothing, the same thing, or has a key. */
const AGAIN = new Set(['GET', 'HEAD', 'PUT', 'POST'])

/** Asks up to `tries` times. A POST gets an Idempotency-Key that is the same through all of them. */
export function patient(ask: Ask, tries: number): Ask {
  return async (request) => {
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID())
    for (let tried = 1; ; tried++) {
      const answer = await ask(request.clone()).catch((error: unknown) => {
        if (tried >= tries || request.signal.aborted || !AGAIN.has(request.method)) throw error
        return null
      })
      const isFinal =
        answer !== null && !NOT_NOW.has(answer.status) && !(answer.status >= 500 && AGAIN.has(request.method))
      const asked = waitMsOf(answer?.headers.get('retry-after') ?? null)
      const isLong = asked !== null && asked > LONGEST_WAIT_MS
      if (answer !== null && (isFinal || isLong || tried >= tries)) return answer
      await answer?.body?.cancel()
      await pause(asked ?? Math.min(250 * 2 ** tried, 30_000), request.signal)
    }
  }
}

/** Milliseconds that Retry-After asks for (RFC 9110, 10.2.3: seconds or a date). */
export function waitMsOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null
  const ms = /^\s*\d+\s*$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** Waits; ends at once, with the reason, when the signal fires. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done, failed) => {
    if (signal?.aborted === true) return failed(signal.reason)
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      done()
    }, ms)
    const stop = () => {
      clearTimeout(timer)
      failed(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
