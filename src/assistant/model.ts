// The one file that asks a model. Wire shapes are the libraries'; what counts as an answer, how long is waited, and what is tried again
// is said here. Providers are objects made of what the desk stores: no name of a model is ever looked up at a vendor's.
import type { OpenAICompatibleProvider } from '@ai-sdk/openai-compatible'
import { z } from 'zod'
import { waitMsOf } from '#kit/retry-after.ts'
import { modelQuirks, type ModelQuirk, type ModelReason, type ProviderKind } from '#assistant/words.ts'

export type Provider = {
  readonly kind: ProviderKind
  readonly baseUrl: string
  readonly model: string
  readonly key: string | null
  readonly timeoutSeconds: number
  /** What fits into one question and its answer. */
  readonly contextTokens: number
  /** What this address and model were found not to take. */
  readonly quirks: readonly ModelQuirk[]
}

export type ModelRequest = {
  readonly system: string
  readonly user: string
  /** JSON Schema of the answer; null: plain text. */
  readonly schema: Readonly<Record<string, unknown>> | null
  readonly maxTokens: number
}

export type ModelAnswer = Tokens & {
  readonly text: string
  /** As the provider names what answered. */
  readonly model: string
  readonly attempts: number
  /** Those it had before, and those found now. */
  readonly quirks: readonly ModelQuirk[]
}

/** What came of the world: the way out, and waiting. Both end when the desk stops. */
export type ModelWay = {
  /** One request, answered whole; throws when nobody answers in so many milliseconds. */
  readonly fetch: (
    url: string,
    init: { method: string; headers: Record<string, string>; body: string },
    timeoutMs: number,
  ) => Promise<{ status: number; headers: Headers; text: string }>
  readonly pause: (ms: number) => Promise<void>
  /** Milliseconds, as Retry-After with a date is counted from. */
  readonly now: () => number
}

export type Tokens = { readonly tokensIn: number; readonly tokensOut: number }
const noTokens: Tokens = { tokensIn: 0, tokensOut: 0 }

/** Why there is no answer, in one word and in one sentence that holds nothing of what was asked. */
export class ModelProblem extends Error {
  readonly reason: ModelReason
  readonly retryAfterMs: number | null
  /** What the provider said, which may repeat what it was asked: for a trial alone. */
  readonly body: string
  /** Of an answer that was paid for and is none. */
  tokens: Tokens = noTokens

  constructor(
    reason: ModelReason,
    said: string,
    more: { retryAfterMs?: number | null; body?: string; cause?: unknown } = {},
  ) {
    super(said, { cause: more.cause })
    this.name = 'ModelProblem'
    this.reason = reason
    this.retryAfterMs = more.retryAfterMs ?? null
    this.body = more.body ?? ''
  }
}

const ATTEMPTS = 3
const LONGEST_PAUSE_MS = 10_000
/** More letters a token than any text has: what was read is at least this. */
const MOST_LETTERS_A_TOKEN = 6
/** Fewer than most texts have: what is asked takes at most this. */
const FEWEST_LETTERS_A_TOKEN = 2.5

/**
 * Asks a provider; a ModelProblem when there is no whole answer. Tries again only what may pass (busy, broken off, out of reach), and not
 * once the time of one question is over.
 */
export async function askModel(
  provider: Provider,
  request: ModelRequest,
  way: ModelWay,
): Promise<ModelAnswer> {
  const letters = request.system.length + request.user.length
  if (letters / FEWEST_LETTERS_A_TOKEN + request.maxTokens > provider.contextTokens)
    throw new ModelProblem('too_long', `The question does not fit into ${provider.contextTokens} tokens.`)
  const lateAt = way.now() + provider.timeoutSeconds * 1000
  let quirks = provider.quirks
  for (let attempt = 1; ; attempt++) {
    try {
      const said = await once({ ...provider, quirks }, request, way)
      // A small context cuts off the beginning without a word: then it has not read what it was told.
      if (said.tokensIn > 0 && said.tokensIn * MOST_LETTERS_A_TOKEN < letters)
        throw paid(new ModelProblem('cut_question', 'The provider read only a part of the question.'), said)
      return { ...said, tokensIn: said.tokensIn || Math.ceil(letters / 4), attempts: attempt, quirks }
    } catch (error) {
      const problem = problemOf(error, way.now())
      const found = problem.reason === 'not_taken' ? quirkIn(problem.body, quirks) : null
      if (found !== null) quirks = [...quirks, found]
      else if (!MAY_PASS.has(problem.reason) || attempt >= ATTEMPTS || way.now() >= lateAt) throw problem
      else await way.pause(pauseBefore(attempt, problem.retryAfterMs))
      if (attempt >= ATTEMPTS + modelQuirks.length) throw problem
    }
  }
}

function paid(problem: ModelProblem, { tokensIn, tokensOut }: Tokens): ModelProblem {
  problem.tokens = { tokensIn, tokensOut }
  return problem
}

const MAY_PASS: ReadonlySet<ModelReason> = new Set(['busy', 'unreachable', 'broken'])

function pauseBefore(attempt: number, asked: number | null): number {
  return Math.min(LONGEST_PAUSE_MS, asked ?? 500 * 2 ** attempt * (0.5 + Math.random()))
}

type Said = Pick<ModelAnswer, 'text' | 'tokensIn' | 'tokensOut' | 'model'>

async function once(provider: Provider, request: ModelRequest, way: ModelWay): Promise<Said> {
  if (provider.kind === 'ollama') return askOllama(provider, request, way)
  const model = await modelOf(provider, way)
  const hasSchema = request.schema !== null && !provider.quirks.includes('no_schema')
  const answer = await model.doGenerate({
    prompt: [
      { role: 'system', content: systemOf(request, hasSchema) },
      { role: 'user', content: [{ type: 'text', text: request.user }] },
    ],
    maxOutputTokens: request.maxTokens,
    ...(provider.quirks.includes('no_temperature') ? {} : { temperature: 0 }),
    ...(hasSchema
      ? { responseFormat: { type: 'json', schema: request.schema as never, name: 'answer' } as const }
      : {}),
  })
  const tokens = {
    tokensIn: answer.usage.inputTokens.total ?? 0,
    tokensOut: answer.usage.outputTokens.total ?? 0,
  }
  const { unified } = answer.finishReason
  if (unified === 'content-filter')
    throw paid(new ModelProblem('filtered', 'The provider declined to answer.'), tokens)
  if (unified !== 'stop' && !(unified === 'tool-calls' && hasSchema))
    throw paid(new ModelProblem('cut_answer', `The answer ended early (${unified}).`), tokens)
  const text =
    answer.structuredOutputText ??
    answer.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  return checked(text, { ...tokens, model: answer.response?.modelId ?? provider.model })
}

type Model = Pick<ReturnType<OpenAICompatibleProvider>, 'doGenerate'>

/** The library's object, whose only way out is ours. */
async function modelOf(provider: Provider, way: ModelWay): Promise<Model> {
  const { baseUrl, key, model, quirks } = provider
  const fetch = wayAsFetch(provider, way)
  if (provider.kind === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    return createAnthropic({ baseURL: baseUrl, apiKey: key ?? '', fetch })(model)
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  return createOpenAICompatible({
    name: 'provider',
    baseURL: baseUrl,
    ...(key === null ? {} : { apiKey: key }),
    fetch,
    supportsStructuredOutputs: true,
    transformRequestBody: ({ max_tokens, ...body }) => ({
      ...body,
      [quirks.includes('max_completion_tokens') ? 'max_completion_tokens' : 'max_tokens']: max_tokens,
    }),
  })(model)
}

function wayAsFetch({ timeoutSeconds }: Provider, way: ModelWay): typeof fetch {
  return async (url, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers).entries())
    const asked = { method: init?.method ?? 'POST', headers, body: String(init?.body ?? '') }
    const answer = await way.fetch(String(url), asked, timeoutSeconds * 1000)
    const kept = new Headers(answer.headers)
    // The body has been opened already.
    for (const name of ['content-encoding', 'content-length']) kept.delete(name)
    return new Response(answer.text, { status: answer.status, headers: kept })
  }
}

const ollamaAnswer = z.object({
  model: z.string(),
  message: z.object({ content: z.string() }),
  done_reason: z.string().optional(),
  prompt_eval_count: z.number().optional(),
  eval_count: z.number().optional(),
})

/** Ollama by its own API: only there can the context be asked for that the question needs. */
async function askOllama(provider: Provider, request: ModelRequest, way: ModelWay): Promise<Said> {
  const hasSchema = request.schema !== null && !provider.quirks.includes('no_schema')
  const body = {
    model: provider.model,
    stream: false,
    messages: [
      { role: 'system', content: systemOf(request, hasSchema) },
      { role: 'user', content: request.user },
    ],
    ...(hasSchema ? { format: request.schema } : {}),
    options: { temperature: 0, num_ctx: provider.contextTokens, num_predict: request.maxTokens },
  }
  const headers = {
    'content-type': 'application/json',
    ...(provider.key === null ? {} : { authorization: `Bearer ${provider.key}` }),
  }
  const url = `${provider.baseUrl.replace(/\/$/, '')}/api/chat`
  const answer = await way.fetch(
    url,
    { method: 'POST', headers, body: JSON.stringify(body) },
    provider.timeoutSeconds * 1000,
  )
  if (answer.status !== 200) throw problemOfStatus(answer.status, answer.text, answer.headers, way.now())
  const read = ollamaAnswer.safeParse(json(answer.text))
  if (!read.success) throw new ModelProblem('broken', 'The answer is not of the shape that Ollama gives.')
  const { model, message, done_reason, prompt_eval_count = 0, eval_count = 0 } = read.data
  const tokens = { tokensIn: prompt_eval_count, tokensOut: eval_count }
  if (done_reason !== undefined && done_reason !== 'stop')
    throw paid(new ModelProblem('cut_answer', 'The answer ended early.'), tokens)
  return checked(message.content, { model, ...tokens })
}

function systemOf({ system, schema }: ModelRequest, hasSchema: boolean): string {
  return schema === null || hasSchema
    ? system
    : `${system}\nAnswer with JSON alone, of this schema: ${JSON.stringify(schema)}`
}

function checked(text: string, rest: Omit<Said, 'text'>): Said {
  if (text.trim() === '') throw paid(new ModelProblem('broken', 'The answer is empty.'), rest)
  return { text, ...rest }
}

/** JSON that stands alone, or in a fence as models like to write; null when there is none. */
export function jsonIn(text: string): unknown {
  const [, fenced] = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text) ?? []
  return json(fenced ?? text)
}

/** Whether a text is one that every store takes and every screen shows. */
export function isPlain(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  return text.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What a refusal says that this model does not take: the parameter that it names, else the words it uses for it. */
function quirkIn(said: string, known: readonly ModelQuirk[]): ModelQuirk | null {
  const param = z.object({ error: z.object({ param: z.string() }) }).safeParse(json(said)).data?.error.param
  const wanted: [ModelQuirk, RegExp][] = [
    ['max_completion_tokens', param === 'max_tokens' ? /./ : /max_completion_tokens/],
    ['no_temperature', param === 'temperature' ? /./ : /\btemperature\b/],
    [
      'no_schema',
      param?.startsWith('response_format') === true ? /./ : /response_format|json_schema|output_config/,
    ],
  ]
  return wanted.find(([quirk, pattern]) => !known.includes(quirk) && pattern.test(said))?.[0] ?? null
}

/** Whatever went wrong on the way, as one of the reasons. */
function problemOf(error: unknown, now: number): ModelProblem {
  if (error instanceof ModelProblem) return error
  const { name = '', message = '', statusCode, responseBody, responseHeaders, cause } = error as Failed
  if (statusCode !== undefined && statusCode !== 200)
    return problemOfStatus(statusCode, responseBody ?? message, new Headers(responseHeaders ?? {}), now)
  if (statusCode === 200 || /^AI_(?:JSONParse|TypeValidation|InvalidResponse|NoContent)/.test(name))
    return new ModelProblem('broken', 'The answer cannot be read.', { cause: error })
  const said = `${message} ${(cause as Error | undefined)?.message ?? ''}`.trim()
  if (/abort|timeout|timed out/i.test(`${name} ${said}`))
    return new ModelProblem('timeout', 'The provider did not answer in time.', { cause: error })
  return new ModelProblem('unreachable', 'The provider cannot be reached.', { body: said, cause: error })
}

type Failed = Error & {
  readonly statusCode?: number
  readonly responseBody?: string
  readonly responseHeaders?: Record<string, string>
}

function problemOfStatus(status: number, body: string, headers: Headers, now: number): ModelProblem {
  const retryAfterMs = waitMsOf(headers.get('retry-after'), now)
  const problem = (reason: ModelReason) =>
    new ModelProblem(reason, `The provider answered ${status}.`, { retryAfterMs, body })
  if (status === 401 || status === 403) return problem('key_refused')
  if (status === 429 || status === 529) return problem('busy')
  return problem(status >= 500 ? 'broken' : 'not_taken')
}
