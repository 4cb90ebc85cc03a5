// A draft in a model's words, where the configuration names a provider: asked twice at most, checked sentence by sentence. Only drafts:
// what leaves alone are an article's words. Without an answer of the model's the article's words stay; words that hold to nothing go to people.
import { randomBytes } from 'node:crypto'
import type { AssistantConfig } from '#assistant/config.ts'
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
import { ModelProblem } from '#assistant/model.ts'
import { normalise, type Incoming } from '#assistant/normalise.ts'
import { reaches, type DraftProblem } from '#assistant/words.ts'
import type { Channel } from '#tickets/vocabulary.ts'
import type { Models } from '#desk/assistant/models.ts'
import type { Desk } from '#desk/desk.ts'

const TRIES = 2

/** The same run with its draft in a model's words; as it was where none is asked for, or none could be had. */
export async function inModelWords(
  desk: Desk,
  models: Models,
  considered: Considered,
  asked: { readonly config: AssistantConfig | null; readonly incoming: Incoming; readonly channel: Channel },
): Promise<Considered> {
  const { config, incoming, channel } = asked
  const providerId = config?.providerId ?? null
  if (config === null || providerId === null || considered.decision !== 'draft') return considered
  // In the shadow nothing is done. A chat goes on faster than a model thinks.
  if (!reaches(considered.mode, 'on_request') || channel === 'chat') return considered
  const { question, language } = normalise(incoming)
  if (!mayDraftIn(language)) return considered
  const sections = considered.evidence.filter((each) => each.language.slice(0, 2) === language)
  if (sections.length === 0) return considered
  const drafting: Drafting = { question, language, sections, canary: `zx${randomBytes(6).toString('hex')}` }
  const spent = { provider: providerId, model: '', tries: 0, tokensIn: 0, tokensOut: 0 }
  let problems: readonly DraftProblem[] = []
  try {
    while (spent.tries < TRIES) {
      const answer = await askFitting(models, providerId, drafting, problems)
      spent.tries += 1
      spent.model = answer.model
      spent.tokensIn += answer.tokensIn
      spent.tokensOut += answer.tokensOut
      const sentences = readDraft(answer.text)
      problems = draftProblemsOf(sentences, drafting)
      if (problems.length > 0 || sentences === null) continue
      return {
        ...considered,
        evidence: sections,
        answer: draftText(sentences, drafting, { baseUrl: desk.baseUrl, phrases: config.phrases }),
        verified: { ok: true, sentences: checkedOf(sentences), problems: [] },
        // What was reckoned is the article's chance, and these are not its words.
        features: null,
        pCorrect: null,
        steps: [...considered.steps, modelStep({ ...spent, outcome: 'drafted', problems: [] })],
      }
    }
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    const steps = [...considered.steps, modelStep({ ...spent, outcome: error.reason, problems: [] })]
    return { ...considered, steps }
  }
  const steps = [...considered.steps, modelStep({ ...spent, outcome: 'refused', problems })]
  return { ...considered, decision: 'escalate', reason: 'low_confidence', steps }
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

function modelStep(saw: Step['saw']): Step {
  return { step: 'model', saw }
}
