// Asks another desk's API, gently: waits when it is told to, tries again what may mend, and gives its key to nobody else, whatever a
// link or a redirect says.
import { setTimeout as pause } from 'node:timers/promises'
import type { Egress } from '#channels/egress.ts'
import { Fault } from '#kit/fault.ts'
import { waitMsOf } from '#kit/retry-after.ts'

/** What is said with each question to the desk itself; where it ends, it is asked for anew once it was refused. */
export type Access = {
  readonly url: string
  readonly authorization: string | ((refused: string | null, signal?: AbortSignal) => Promise<string>)
  /** Said beside it, to the desk alone. */
  readonly headers?: Readonly<Record<string, string>>
}

export type Client = {
  /** JSON of a path or link; the status alone when there is none. Throws a Fault when the desk cannot be had or refuses the key. */
  readonly get: (link: string) => Promise<{ readonly status: number; readonly json: Json | null }>
  /**
   * The bytes behind a link, wherever it leads; a Fault says why they cannot be had. As `nobody` the key is not said to the desk itself
   * either: a stranger's message may name any address of its API.
   */
  readonly file: (link: string, as: 'desk' | 'nobody') => Promise<Buffer>
  /** Hosts under which the desk speaks of itself are asked at its address. */
  readonly isHome: (link: string) => void
}
type How = { readonly signal?: AbortSignal; readonly wait?: (ms: number) => Promise<unknown> }
export type Json = Readonly<Record<string, unknown>>

const TRIES = 6
const MOST_PAGE_BYTES = 64_000_000
const MOST_FILE_BYTES = 64_000_000
const LONGEST_WAIT_MS = 120_000
const MOST_REDIRECTS = 5

/** A client for the desk at an address. A signal ends its questions and its waiting with an AbortError; `wait` is for tests. */
export function createClient(
  egress: Pick<Egress, 'fetch'>,
  { url, authorization, headers = {} }: Access,
  { signal, wait = (ms) => pause(ms, undefined, { signal }) }: How = {},
): Client {
  const base = new URL(url)
  const homes = new Set([base.host])
  const at = (link: string): URL => {
    const found = new URL(link, base)
    return homes.has(found.host) ? new URL(`${found.pathname}${found.search}`, base) : found
  }
  const ask = asking(egress, base, { authorization, headers }, { signal, wait })
  const follow = async (
    link: string,
    mostBytes: number,
    { isStrangerWelcome, isKnown }: { readonly isStrangerWelcome: boolean; readonly isKnown: boolean },
  ) => {
    let target = at(link)
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      if (target.origin !== base.origin && !isStrangerWelcome)
        throw new Fault(`${target.host} is not the desk's host`, { retryable: false, code: 'HOST' })
      const answer = await ask(target, mostBytes, isKnown)
      const location = answer.headers.get('location')
      if (answer.status < 300 || answer.status >= 400 || location === null) return answer
      target = at(new URL(location, target).href)
    }
    throw new Fault('The desk sends from one address to the next', { retryable: false, code: 'REDIRECTS' })
  }
  return {
    isHome: (link) => {
      if (URL.canParse(link)) homes.add(new URL(link).host)
    },
    get: async (link) => {
      // Links to further pages name the desk as it calls itself: they are asked for where it was found.
      const { pathname, search } = new URL(link, base)
      const { status, text } = await follow(`${pathname}${search}`, MOST_PAGE_BYTES, {
        isStrangerWelcome: false,
        isKnown: true,
      })
      if (status === 401)
        throw new Fault('The desk does not accept the user or the key', { retryable: false, code: '401' })
      if (status === 429 || status >= 500)
        throw new Fault(`The desk answers ${status}`, { retryable: true, code: String(status) })
      return { status, json: status === 200 ? jsonOf(text) : null }
    },
    file: async (link, as) => {
      const how = { isStrangerWelcome: true, isKnown: as === 'desk' }
      const { status, bytes } = await follow(link, MOST_FILE_BYTES, how)
      if (status !== 200) throw new Fault(`answered ${status}`, { retryable: false, code: String(status) })
      return bytes
    },
  }
}

type Asking = { readonly signal: AbortSignal | undefined; readonly wait: (ms: number) => Promise<unknown> }

/** Asks for an address until it is answered with something, or as often as is worth it. */
function asking(
  egress: Pick<Egress, 'fetch'>,
  base: URL,
  { authorization, headers: beside }: Required<Pick<Access, 'authorization' | 'headers'>>,
  { signal, wait }: Asking,
) {
  const allowed = async (refused: string | null) =>
    typeof authorization === 'string' ? authorization : authorization(refused, signal)
  return async (target: URL, mostBytes: number, isKnown: boolean) => {
    const own = isKnown && target.origin === base.origin
    let key: string | null = own ? null : ''
    let refused: string | null = null
    for (let tries = 1; ; tries++) {
      const passing = (error: unknown) => {
        signal?.throwIfAborted()
        // A stranger's host that is not there will not come.
        if (tries >= TRIES || !isRetryable(error) || !own) throw error
        return null
      }
      key ??= await allowed(refused).catch(passing)
      const headers = { accept: '*/*', ...(own ? { ...beside, authorization: key ?? '' } : {}) }
      const answer =
        key === null
          ? null
          : await egress
              .fetch(target.href, { headers, timeoutMs: 60_000, mostBytes, signal: signal ?? null })
              .catch(passing)
      if (answer?.status === 401 && own && refused === null && typeof authorization !== 'string') {
        ;[refused, key] = [key, null]
        continue
      }
      const isBusy = answer !== null && (answer.status === 429 || answer.status >= 500)
      // Whatever somebody's message names may keep nobody waiting.
      if (answer !== null && (!isBusy || tries >= TRIES || !isKnown)) return answer
      const asked = waitMsOf(retryAfterOf(answer?.headers ?? null, answer?.status), Date.now())
      // A moment that is past already, by two clocks that differ, is no leave to hurry.
      await wait(Math.min(Math.max(asked ?? 0, 250 * 2 ** tries), LONGEST_WAIT_MS))
    }
  }
}

/** Help Scout says it under a name of its own; Intercom names the second at which it may be asked again. */
function retryAfterOf(headers: Headers | null, status: number | undefined): string | null {
  const told = headers?.get('retry-after') ?? headers?.get('x-ratelimit-retry-after')
  // Beside any other answer it says when the window ends, which is nothing to wait for.
  const reset = status === 429 ? Number(headers?.get('x-ratelimit-reset') ?? Number.NaN) : Number.NaN
  return (
    told ?? (reset > 1_000_000_000 && reset < 10_000_000_000 ? new Date(reset * 1000).toUTCString() : null)
  )
}

function isRetryable(error: unknown): boolean {
  return error instanceof Fault && error.retryable
}

function jsonOf(text: string): Json {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null)
      return Array.isArray(json) ? { list: json } : (json as Json)
  } catch {
    // Said below: half an answer is none.
  }
  throw new Fault('The desk answers something that is no JSON', { retryable: true, code: 'JSON' })
}
