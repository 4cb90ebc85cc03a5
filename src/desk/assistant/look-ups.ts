// Look-ups in other systems, done: by the guarded way out, within time and size, for customers whose word is proven unless the desk says
// otherwise, and not at all for a minute where five in a row have failed. A look-up only reads: it is a GET without a body.
import {
  addressOf,
  givenTo,
  nothingFound,
  readAnswers,
  type LookedUp,
  type Wish,
} from '#assistant/look-up.ts'
import { noteAsked, openLookUp, type LookUpRow } from '#assistant/look-up-store.ts'
import type { LookUpProblem } from '#assistant/words.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

/** Whom a look-up is about. `isTrial`: a person presses, and wants to know whether it answers now. */
export type About = { readonly brandId: number; readonly isProven: boolean; readonly isTrial?: boolean }
export type AskOutside = (wish: Wish) => Promise<LookedUp>

const MOST_BYTES = 256 * 1024
/** Failures in a row, none longer ago, and how long it is then left alone. */
const [FAILURES, LEFT_ALONE_MS] = [5, 60_000]
/** What may pass by itself. */
const OF_SYSTEM: ReadonlySet<LookUpProblem> = new Set(['unreachable', 'timeout', 'refused'])

type Memory = { readonly failures: Map<number, number[]>; readonly ending: AbortController }
const memories = new WeakMap<Desk, Memory>()

function memoryOf(desk: Desk): Memory {
  const found = memories.get(desk) ?? { failures: new Map(), ending: new AbortController() }
  memories.set(desk, found)
  return found
}

/** The desk stops: what is asked is let go of. */
export function stopLookUps(desk: Desk): void {
  memoryOf(desk).ending.abort()
}

/** Does one look-up for a ticket; says why where it gives no answer, and throws nothing. */
export async function lookUpFor(desk: Desk, about: About, wish: Wish): Promise<LookedUp> {
  const none = (failed: LookUpProblem, given = {}): LookedUp => ({
    key: wish.key,
    given,
    answers: {},
    failed,
  })
  const found = await openLookUp(desk.database, desk.seal, wish.key).catch(unsealed)
  if (found === 'sealed') return none('key_refused')
  if (found === null || (found.brandId !== null && found.brandId !== about.brandId)) return none('gone')
  const given = givenTo(found, wish.known)
  if (given === null) return none('missing')
  if (!found.forAnyone && !about.isProven) return none('unproven', given)
  if (about.isTrial !== true && isLeftAlone(desk, found.id)) return none('unreachable', given)
  const answers = await asked(desk, found, given)
  const failed = typeof answers === 'string' ? answers : null
  remember(desk, found.id, failed)
  await noteAsked(desk.database, found.id, desk.clock.now(), failed)
  return typeof answers === 'string'
    ? none(answers, given)
    : { ...none('gone', given), answers, failed: null }
}

async function asked(
  desk: Desk,
  lookUp: LookUpRow & { readonly secret: string | null },
  given: LookedUp['given'],
): Promise<LookedUp['answers'] | LookUpProblem> {
  const { header, secret, timeoutSeconds } = lookUp
  try {
    const { status, text } = await desk.egress.fetch(addressOf(lookUp, given), {
      method: 'GET',
      headers: { accept: 'application/json', ...(secret === null ? {} : { [header]: secret }) },
      timeoutMs: timeoutSeconds * 1_000,
      mostBytes: MOST_BYTES,
      signal: memoryOf(desk).ending.signal,
    })
    if (status === 204 || status === 404 || status === 410) return nothingFound(lookUp)
    if (status === 401 || status === 403) return 'key_refused'
    if (status < 200 || status > 299) return 'refused'
    return readAnswers(lookUp, text)
  } catch (error) {
    return problemOf(error)
  }
}

/** What the way out says, in one word; nothing of what was asked is in it. */
function problemOf(error: unknown): LookUpProblem {
  const cause = error instanceof Fault ? error.cause : error
  if (error instanceof Fault && error.code === 'EGRESS') return 'not_allowed'
  if (error instanceof Fault && error.code === 'TOO_LARGE') return 'too_large'
  return cause instanceof Error && cause.name === 'TimeoutError' ? 'timeout' : 'unreachable'
}

function isLeftAlone(desk: Desk, id: number): boolean {
  const times = memoryOf(desk).failures.get(id) ?? []
  return times.length >= FAILURES && (times.at(-1) ?? 0) > Date.parse(desk.clock.now()) - LEFT_ALONE_MS
}

function remember(desk: Desk, id: number, failed: LookUpProblem | null): void {
  const { failures: known } = memoryOf(desk)
  if (failed === null || !OF_SYSTEM.has(failed)) known.delete(id)
  else known.set(id, [...(known.get(id) ?? []), Date.parse(desk.clock.now())].slice(-FAILURES))
}

function unsealed(error: unknown): 'sealed' {
  if (error instanceof Error && /sealed/.test(error.message)) return 'sealed'
  throw error
}
