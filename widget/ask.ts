// Asks the desk. What goes wrong on the way can be tried again; a refusal cannot.
import type { Words } from './words.ts'

/** The desk said no. */
export class Refused extends Error {
  readonly status: number
  readonly refusal: string

  constructor(status: number, problem: { detail?: string; refusal?: string }) {
    super(problem.detail ?? String(status))
    this.status = status
    this.refusal = problem.refusal ?? ''
  }
}

/** Why something did not succeed, in the visitor's language; empty when the line is away. What has no words of its own is told by its kind. */
export function reasonOf(error: unknown, { refusals }: Words): string {
  if (!(error instanceof Refused)) return ''
  return refusals[error.refusal] ?? refusals[error.status] ?? refusals['other'] ?? ''
}

const PATIENCE_MS = 20_000

export type Ask = <Answer>(method: 'GET' | 'POST', path: string, body?: object) => Promise<Answer>

/** The token goes in a header: addresses stand in logs. No cookie goes along, whatever page this is. */
export function headersFor(token: string | null): Record<string, string> {
  return token === null ? {} : { 'x-docket-visitor': token }
}

/** Throws `Refused` when it was understood and declined; anything else is trouble on the way. */
export function asking(url: string, token: () => string | null): Ask {
  return async <Answer>(method: 'GET' | 'POST', path: string, body?: object) => {
    const response = await fetch(url + path, {
      method,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      keepalive: method === 'POST',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { ...headersFor(token()), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (response.status >= 500) throw new Error(String(response.status))
    const answer: unknown = response.status === 204 ? null : await response.json()
    if (!response.ok) throw new Refused(response.status, answer as object)
    return answer as Answer
  }
}

/** A name for what is sent, by which a second try is the same. Pages without https are not given one. */
export function newId(): string {
  const { randomUUID } = crypto
  if (randomUUID) return randomUUID.call(crypto)
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      done()
    })
  })

/** Longer with each failure, and never the same for two browsers: after a restart they do not all come at once. */
export const backOff = (failures: number): number =>
  (0.2 + Math.random()) * Math.min(6_000, 1_000 * 2 ** failures)
