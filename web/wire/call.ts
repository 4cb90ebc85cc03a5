// Every request to the server goes through `call`: CSRF mark, idempotency key, problems as `CallFailed`.
import type { Problem } from '../../src/api/contract/shapes.ts'
import { language } from '../words/language.ts'
import { say } from '../words/say.ts'
import { addressOf, type Query } from './address.ts'
import { takeEarly } from './early.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Options = {
  query?: Query
  body?: unknown
  signal?: AbortSignal
  idempotencyKey?: string
  keepalive?: boolean
  /** `low` lets other questions go first: a browser asks only six at a time. */
  priority?: 'low'
  /** It was refused once for want of a proof, which is given now. */
  isProved?: boolean
}

/** The server said no (`status` ≥ 400), or could not be reached (`status` 0). */
export class CallFailed extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'CallFailed'
    this.status = problem.status
    this.problem = problem
  }
}

const signedOutListeners = new Set<() => void>()
/** Called when any request finds the session gone. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

type AskProof = (proofs: readonly string[]) => Promise<boolean>
let askProof: AskProof | null = null
/** Who is asked when the server wants to know that somebody is there; true lets the request go out again. */
export function onStepUp(ask: AskProof): void {
  askProof = ask
}

let addFactor = () => {}
/** Called when the server lets nothing through before a second factor is added. */
export function onFactorRequired(go: () => void): void {
  addFactor = go
}

export async function call<Answer>(method: Method, path: string, options: Options = {}): Promise<Answer> {
  const response = await send(method, path, options)
  if (response.status === 204) return undefined as Answer
  if (response.ok) return (await response.json()) as Answer
  const problem = await readProblem(response)
  if (response.status === 401 && path !== '/session') for (const listener of signedOutListeners) listener()
  if (problem.type.endsWith('/factor-required')) addFactor()
  if (problem.type.endsWith('/step-up') && options.isProved !== true)
    if ((await askProof?.(problem.proofs ?? [])) === true)
      return call(method, path, { ...options, isProved: true })
  throw new CallFailed(problem)
}

/** Asks for what stands beside: other questions go first, and it is dropped when its screen has gone before it was answered. */
export const askAside =
  <Answer>(path: string, query: Query = {}) =>
  ({ signal }: { signal: AbortSignal }): Promise<Answer> =>
    call<Answer>('GET', path, { query, signal, priority: 'low' })

async function send(
  method: Method,
  path: string,
  { query, body, signal, idempotencyKey, keepalive, priority }: Options,
) {
  const headers = new Headers({ accept: 'application/json', 'accept-language': language })
  if (method !== 'GET') headers.set('x-docket-csrf', '1')
  if (method === 'POST') headers.set('idempotency-key', idempotencyKey ?? crypto.randomUUID())
  // Forms and files bring their own type.
  const multipart = body instanceof FormData || body instanceof Blob
  if (body !== undefined && !multipart) headers.set('content-type', 'application/json')
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (body !== undefined) init.body = multipart ? body : JSON.stringify(body)
  if (signal) init.signal = signal
  if (keepalive) init.keepalive = true
  if (priority) init.priority = priority
  try {
    const address = addressOf(path, query)
    return await ((method === 'GET' ? takeEarly(address) : undefined) ?? fetch(address, init))
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new CallFailed({ type: 'about:unreachable', title: say('error.unreachable'), status: 0 })
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback = {
    type: 'about:blank',
    title: say('error.server', { status: response.status }),
    status: response.status,
  }
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) }
  } catch {
    return fallback
  }
}

/** What to tell a person about a failure. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The server's messages by field path, for a form. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof CallFailed)) return {}
  return Object.fromEntries((error.problem.errors ?? []).map(({ path, message }) => [path, message]))
}
