// A draft in a model's words, where the configuration names a provider: asked twice at most, checked sentence by sentence. Only drafts:
// what leaves alone are an article's words. Without an answer of the model's the article's words stay; words that hold to nothing go to people.
import { randomBytes } from 'node:crypto'
import type { AssistantConfig, Place } from '#assistant/config.ts'
import type { Considered, Step } from '#assistant/consider.ts'
import {
  checkedOf,
  draftProblemsOf,
  draftRequest,
  draftText,
  mayDraftIn,
  readDraft,
  type Drafting,
} from '#assistant/drafting.ts'
import { followedOf, guidanceFor, type Guidance } from '#assistant/guidance.ts'
import { ModelProblem } from '#assistant/model.ts'
import { normalise, type Incoming } from '#assistant/normalise.ts'
import { reaches, type DraftProblem } from '#assistant/words.ts'
import type { Models } from '#desk/assistant/models.ts'
import type { Desk } from '#desk/desk.ts'

const TRIES = 2

/** The same run with its draft in a model's words; as it was where none is asked for, or none could be had. */
export async function inModelWords(
  desk: Desk,
  models: Models,
  considered: Considered,
  asked: {
    readonly config: AssistantConfig | null
    readonly incoming: Incoming
    readonly place: Omit<Place, 'ticketId'>
  },
): Promise<Considered> {
  const { config, incoming, place } = asked
  const providerId = config?.providerId ?? null
  if (config === null || providerId === null || considered.decision !== 'draft') return considered
  // In the shadow nothing is done. A chat goes on faster than a model thinks.
  if (!reaches(considered.mode, 'on_request') || place.channel === 'chat') return considered
  const { question, language } = normalise(incoming)
  if (!mayDraftIn(language)) return considered
  const sections = considered.evidence.filter((each) => each.language.slice(0, 2) === language)
  if (sections.length === 0) return considered
  const guidance = guidanceFor(config.guidance ?? [], place)
  const canary = `zx${randomBytes(6).toString('hex')}`
  const drafting: Drafting = { question, language, sections, canary, guidance }
  const spent: Spent = {
    provider: providerId,
    model: '',
    tries: 0,
    tokensIn: 0,
    tokensOut: 0,
    cost: null,
    currency: '',
  }
  let problems: readonly DraftProblem[] = []
  try {
    while (spent.tries < TRIES) {
      // What a first try was refused for may be what it was told to say: the second goes by the evidence alone.
      const told = spent.tries === 0 ? drafting : { ...drafting, guidance: [] }
      const answer = await askFitting(models, providerId, told, problems)
      addTo(spent, answer)
      const read = readDraft(answer.text)
      problems = draftProblemsOf(read?.sentences ?? null, drafting)
      if (problems.length > 0 || read === null) continue
      const { sentences } = read
      return {
        ...considered,
        evidence: sections,
        answer: draftText(sentences, drafting, { baseUrl: desk.baseUrl, phrases: config.phrases }),
        verified: { ok: true, sentences: checkedOf(sentences), problems: [] },
        // What was reckoned is the article's chance, and these are not its words.
        features: null,
        pCorrect: null,
        steps: [
          ...considered.steps,
          modelStep({ ...spent, outcome: 'drafted', problems: [] }),
          ...guidanceStep(guidance, spent.tries === 1 ? read.followed : []),
        ],
      }
    }
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    const steps = [...considered.steps, modelStep({ ...spent, outcome: error.reason, problems: [] })]
    return { ...considered, steps }
  }
  const steps = [
    ...considered.steps,
    modelStep({ ...spent, outcome: 'refused', problems }),
    ...guidanceStep(guidance, []),
  ]
  return { ...considered, decision: 'escalate', reason: 'low_confidence', steps }
}

/** What the tries took together. */
type Spent = {
  provider: number
  model: string
  tries: number
  tokensIn: number
  tokensOut: number
  cost: number | null
  currency: string
}

function addTo(
  spent: Spent,
  { model, tokensIn, tokensOut, cost, currency }: Awaited<ReturnType<Models['ask']>>,
) {
  spent.tries += 1
  spent.model = model
  spent.tokensIn += tokensIn
  spent.tokensOut += tokensOut
  spent.cost = cost === null ? spent.cost : (spent.cost ?? 0) + cost
  spent.currency = currency
}

/** Asks with fewer sections where all of them do not fit. */
async function askFitting(
  models: Models,
  providerId: number,
  drafting: Drafting,
  problems: readonly DraftProblem[],
) {
  for (let most = drafting.sections.length; ; most = Math.floor(most / 2)) {
    const fewer = { ...drafting, sections: drafting.sections.slice(0, most) }
    try {
      return await models.ask(providerId, draftRequest(fewer, problems))
    } catch (error) {
      if (most <= 1 || !(error instanceof ModelProblem) || error.reason !== 'too_long') throw error
    }
  }
}

/** What it was told beside the evidence, and what of it it says to have followed. */
function guidanceStep(told: readonly Guidance[], numbers: readonly number[]): Step[] {
  if (told.length === 0) return []
  const followed = followedOf(told, numbers)
  return [
    {
      step: 'guidance',
      saw: {
        told: told.map(({ key }) => key),
        followed,
        // Keys say nothing to whoever asks why.
        sentences: told.filter(({ key }) => followed.includes(key)).map(({ text }) => text),
      },
    },
  ]
}

function modelStep(saw: Step['saw']): Step {
  return { step: 'model', saw }
}
