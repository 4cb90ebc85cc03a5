// The API of a desk as tools call it: with a token, answers parsed, a no as a sentence, patience where the desk asks for it.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { problem } from '#api/contract/shapes.ts'
import { Fault } from '#kit/fault.ts'
import { waitMsOf } from '#kit/retry-after.ts'
import { Refused, sentenceOf } from '#programs/refused.ts'

type Query = Readonly<Record<string, string | number | undefined>>

export type Api = {
  /** Reads; `path` begins behind `/api/v1`. */
  readonly get: <S extends z.ZodType>(path: string, answer: S, query?: Query) => Promise<z.output<S>>
  readonly send: <S extends z.ZodType>(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    answer: S,
    body: unknown,
  ) => Promise<z.output<S>>
}

const TRIES = 4
const LONGEST_WAIT_MS = 30_000
const TIMEOUT_MS = 60_000

/** What is read of an answer. */
export type Answer = Pick<Response, 'ok' | 'status' | 'headers' | 'body' | 'text'>
type Ask = (url: string, init: RequestInit) => Promise<Answer>
type Way = {
  /** Another way there than the net. */
  readonly ask?: Ask
  /** What this very process has just written by the same schemas is not read against them. */
  readonly isOwn?: boolean
}

/** Calls the desk at `url` in the name of a token; what runs when `stopped` fires is given up. */
export function apiAt(
  url: string,
  token: string,
  stopped: AbortSignal,
  { ask = fetch, isOwn = false }: Way = {},
): Api {
  const call = async <S extends z.ZodType>(path: string, init: RequestInit, answer: S) => {
    const response = await patient(`${url}/api/v1${path}`, init, stopped, ask)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    if (!isJson) throw new Refused(`${url} answers ${response.status} without JSON: is a desk there?`)
    const body: unknown = JSON.parse(text)
    if (!response.ok) throw new Refused(sentenceOf(problem.parse(body)))
    return isOwn ? (body as z.output<S>) : answer.parse(body)
  }
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
  return {
    get: (path, answer, query = {}) => call(`${path}${searchOf(query)}`, { headers }, answer),
    send: (method, path, answer, body) =>
      call(
        path,
        {
          method,
          headers: {
            ...headers,
            'content-type': 'application/json',
            // The same through all tries of this call, so that none is done twice.
            ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          },
          body: JSON.stringify(body),
        },
        answer,
      ),
  }
}

/** Asks again when the desk says that it was too much or too early; it changed nothing then. */
async function patient(url: string, init: RequestInit, stopped: AbortSignal, ask: Ask): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)])
    // A token goes to the desk that was named, not to where that leads.
    const response = await ask(url, { ...init, redirect: 'error', signal }).catch((cause: unknown) => {
      throw new Fault(`${new URL(url).origin} does not answer`, { retryable: true, cause })
    })
    if ((response.status !== 429 && response.status !== 503) || tried === TRIES) return response
    await response.body?.cancel()
    const waitMs = waitMsOf(response.headers.get('retry-after'), Date.now()) ?? 500 * 2 ** tried
    await sleep(Math.min(waitMs, LONGEST_WAIT_MS), undefined, { signal: stopped })
  }
}

function searchOf(query: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value))
  return search.size === 0 ? '' : `?${search}`
}
