// DNS for judging senders and checking set-ups: remembered for a while, never waited for long, and left alone for half a minute when
// it does not answer at all, so that a dead resolver delays no mail.
import { Resolver } from 'node:dns/promises'

/** Records of a name; rejects with the codes of node:dns (ENOTFOUND, ENODATA, ETIMEOUT). The shape is mailauth's. */
export type Dns = (name: string, type: string) => Promise<string[][] | string[]>

type Kept = { readonly until: number; readonly answer: Promise<string[][] | string[]> }

const KEPT_MS = 300_000
const KEPT_FAILURE_MS = 60_000
const MOST_KEPT = 5_000
const TIMEOUT_MS = 1_500
const SILENT_AFTER = 3
const SILENT_FOR_MS = 30_000

/** Names that no DNS server knows by definition (RFC 6761, RFC 2606). */
const RESERVED = /(?:^|\.)(?:test|example|invalid|localhost|local|internal|example\.(?:com|net|org))\.?$/i

/** A resolver of this machine's servers. */
export function createDns(): Dns {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  return cachedDns((name, type) => resolver.resolve(name, type) as Promise<string[][] | string[]>)
}

/** Remembers what `ask` answers, and stops asking while it does not answer. */
export function cachedDns(ask: Dns): Dns {
  const kept = new Map<string, Kept>()
  let timeouts = 0
  let silentUntil = 0
  const askOnce = async (name: string, type: string) => {
    try {
      const answer = await ask(name, type)
      timeouts = 0
      return answer
    } catch (error) {
      const silent = ['ETIMEOUT', 'ECONNREFUSED', 'ESERVFAIL'].includes(
        (error as { code?: string }).code ?? '',
      )
      timeouts = silent ? timeouts + 1 : 0
      if (timeouts >= SILENT_AFTER) silentUntil = performance.now() + SILENT_FOR_MS
      throw error
    }
  }
  return (name, type) => {
    if (RESERVED.test(name)) return Promise.reject(failure('ENOTFOUND', name))
    const key = `${type} ${name.toLowerCase()}`
    const now = performance.now()
    const known = kept.get(key)
    if (known !== undefined && known.until > now) return known.answer
    if (now < silentUntil) return Promise.reject(failure('ETIMEOUT', name))
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
    const answer = askOnce(name, type)
    kept.set(key, { until: now + KEPT_MS, answer })
    answer.catch(() => kept.set(key, { until: now + KEPT_FAILURE_MS, answer }))
    return answer
  }
}

function failure(code: string, name: string): Error {
  return Object.assign(new Error(`${code} ${name}`), { code })
}
