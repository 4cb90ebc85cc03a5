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
  noteModelUse,
  noteQuirks,
  openProvider,
  tokensToday,
  type ModelTrial,
} from '#assistant/provider-store.ts'
import type { Desk } from '#desk/desk.ts'

export type Models = {
  /** Asks; a ModelProblem when there is no answer, the first reason that applies. */
  readonly ask: (providerId: number, request: ModelRequest) => Promise<ModelAnswer>
}

/** Failures in a row, none longer ago than the slowest of them can take, and how long it is then left alone. */
const [FAILURES, WITHIN_MS, OPEN_MS] = [5, 1_800_000, 60_000]
const MOST_BYTES = 1_000_000

/** The way to models of one process: what failed is remembered here alone. */
export function openModels(desk: Desk): Models {
  const failed = new Map<number, readonly number[]>()
  const now = () => Date.parse(desk.clock.now())
  const way: ModelWay = {
    fetch: (url, init, timeoutMs) => desk.egress.fetch(url, { ...init, timeoutMs, mostBytes: MOST_BYTES }),
    pause: (ms) => pause(ms),
    now,
  }
  const recent = (id: number) => (failed.get(id) ?? []).filter((at) => at > now() - WITHIN_MS)
  const isOpen = (id: number) => {
    const times = recent(id)
    return times.length >= FAILURES && (times.at(-1) ?? 0) > now() - OPEN_MS
  }
  return {
    ask: async (providerId, request) => {
      const { database } = desk
      const provider = await openProvider(database, desk.seal, providerId)
      if (provider === null) throw new ModelProblem('unreachable', 'There is no such provider any more.')
      if (isOpen(providerId))
        throw new ModelProblem('unreachable', 'It failed five times in a row and is left alone for a minute.')
      const { tokensPerDay } = provider
      if (
        tokensPerDay !== null &&
        (await tokensToday(database, providerId, desk.clock.now())) >= tokensPerDay
      )
        throw new ModelProblem('budget', `Its ${tokensPerDay} tokens of today are used up.`)
      try {
        const answer = await askModel(provider, request, way)
        failed.delete(providerId)
        if (answer.quirks.length > provider.quirks.length)
          await noteQuirks(database, providerId, answer.quirks)
        await noteModelUse(database, providerId, desk.clock.now(), answer)
        return answer
      } catch (error) {
        if (!(error instanceof ModelProblem)) throw error
        failed.set(providerId, [...recent(providerId), now()])
        await noteModelUse(database, providerId, desk.clock.now(), { failure: error.message })
        throw error
      }
    },
  }
}

/** Asks a provider something small, as a draft would ask it: whether it answers, in which time, and why not. */
export async function tryModel(desk: Desk, models: Models, providerId: number): Promise<ModelTrial> {
  const beganAt = performance.now()
  const found = (reason: ModelTrial['reason'], said: string, model: string | null) => {
    return { at: desk.clock.now(), ms: Math.round(performance.now() - beganAt), reason, said, model }
  }
  try {
    const { text, model } = await models.ask(providerId, trialRequest)
    const read = trialAnswer.safeParse(jsonIn(text))
    if (!read.success)
      return found('broken', `It answered, but not in the shape asked for: ${text.slice(0, 200)}`, model)
    return found(null, '', model)
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    return found(error.reason, error.message, null)
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
