// Models as the desk asks them: with the key, by the guarded way out, within the day's tokens, and not at all for a minute where five
// questions in a row have failed.
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import {
  askModel,
  jsonIn,
  ModelProblem,
  type ModelAnswer,
  type ModelRequest,
  type ModelWay,
} from '#assistant/model.ts'
import {
  costOf,
  noteModelUse,
  noteQuirks,
  openProvider,
  usedToday,
  type ModelTrial,
  type ProviderRow,
} from '#assistant/provider-store.ts'
import type { ModelReason } from '#assistant/words.ts'
import type { Desk } from '#desk/desk.ts'

/** `cost`: in that currency; null where nobody said what the provider takes. */
type PricedAnswer = ModelAnswer & { readonly cost: number | null; readonly currency: string }

export type Models = {
  /** Asks; a ModelProblem when there is no answer, the first reason that applies, and nothing else. */
  readonly ask: (providerId: number, request: ModelRequest) => Promise<PricedAnswer>
  /** The desk stops: what is asked is let go of, and nothing is asked any more. */
  readonly close: () => void
  readonly isClosed: () => boolean
}

/** Failures in a row, none longer ago than the slowest of them can take, and how long it is then left alone. */
const [FAILURES, WITHIN_MS, OPEN_MS] = [5, 1_800_000, 60_000]
/** What is no fault of a question's. */
const OF_PROVIDER: ReadonlySet<ModelReason> = new Set([
  'unreachable',
  'timeout',
  'busy',
  'broken',
  'key_refused',
])
const MOST_BYTES = 1_000_000

const known = new WeakMap<Desk, Models>()

/** The models of a desk: one memory a process of what has failed. */
export function modelsOf(desk: Desk): Models {
  const found = known.get(desk) ?? openModels(desk)
  known.set(desk, found)
  return found
}

function openModels(desk: Desk): Models {
  const failed = new Map<number, readonly number[]>()
  const ending = new AbortController()
  const now = () => Date.parse(desk.clock.now())
  const { signal } = ending
  const way: ModelWay = {
    fetch: (url, init, timeoutMs) =>
      desk.egress.fetch(url, { ...init, timeoutMs, mostBytes: MOST_BYTES, signal }),
    pause: (ms) => pause(ms, undefined, { signal }),
    now,
  }
  const recent = (id: number) => (failed.get(id) ?? []).filter((at) => at > now() - WITHIN_MS)
  const isOpen = (id: number) => {
    const times = recent(id)
    return times.length >= FAILURES && (times.at(-1) ?? 0) > now() - OPEN_MS
  }
  const refuseSpent = async ({ id, tokensPerDay, moneyPerDay, currency }: ProviderRow) => {
    if (tokensPerDay === null && moneyPerDay === null) return
    const { tokens, cost } = await usedToday(desk.database, id, desk.clock.now())
    if (tokensPerDay !== null && tokens >= tokensPerDay)
      throw new ModelProblem('budget', `Its ${tokensPerDay} tokens of today are used up.`)
    if (moneyPerDay !== null && cost >= moneyPerDay)
      throw new ModelProblem('budget', `Its ${moneyPerDay} ${currency} of today are used up.`)
  }
  const ask = async (providerId: number, request: ModelRequest): Promise<PricedAnswer> => {
    const { database } = desk
    const provider = await openProvider(database, desk.seal, providerId).catch(sealed)
    if (provider === null) throw new ModelProblem('unreachable', 'There is no such provider any more.')
    if (isOpen(providerId))
      throw new ModelProblem('unreachable', 'It failed five times in a row and is left alone for a minute.')
    await refuseSpent(provider)
    try {
      const answer = await askModel(provider, request, way)
      failed.delete(providerId)
      if (answer.quirks.length > provider.quirks.length) await noteQuirks(database, provider, answer.quirks)
      const cost = costOf(provider.price, answer)
      await noteModelUse(database, providerId, desk.clock.now(), { ...answer, cost })
      return { ...answer, cost, currency: provider.currency }
    } catch (error) {
      if (!(error instanceof ModelProblem)) throw error
      const { reason, tokens } = error
      if (OF_PROVIDER.has(reason) && !signal.aborted) failed.set(providerId, [...recent(providerId), now()])
      const cost = costOf(provider.price, tokens ?? {})
      await noteModelUse(database, providerId, desk.clock.now(), { ...tokens, cost, failure: reason })
      throw error
    }
  }
  return { ask, close: () => ending.abort(), isClosed: () => signal.aborted }
}

/** A key that was sealed with another secret does not open: said, and no reason to stop at everything else. */
function sealed(error: unknown): never {
  if (error instanceof Error && /sealed/.test(error.message))
    throw new ModelProblem('key_refused', 'Its key was sealed with another DOCKET_SECRET: give it anew.', {
      cause: error,
    })
  throw error
}

/** Asks a provider something small, as a draft would ask it: whether it answers, in which time, and why not. */
export async function tryModel(desk: Desk, providerId: number): Promise<ModelTrial> {
  const beganAt = performance.now()
  const found = (reason: ModelTrial['reason'], said: string, model: string | null) => {
    // What comes from outside is kept as text that every store takes.
    const clean = said.slice(0, 300).toWellFormed().replaceAll('\0', '')
    return { at: desk.clock.now(), ms: Math.round(performance.now() - beganAt), reason, said: clean, model }
  }
  try {
    const { text, model } = await modelsOf(desk).ask(providerId, trialRequest)
    return trialAnswer.safeParse(jsonIn(text)).success
      ? found(null, '', model)
      : found('broken', `It answered, but not in the shape asked for: ${text}`, model)
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    return found(error.reason, `${error.message} ${error.body}`.trim(), null)
  }
}

const trialAnswer = z.object({ word: z.string() })
const trialRequest: ModelRequest = {
  system: 'You are being tried out by a support desk.',
  user: 'Answer with the word "ready".',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['word'],
    properties: { word: { type: 'string' } },
  },
  maxTokens: 500,
}
