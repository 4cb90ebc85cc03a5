// One run, from the message to the decision, in two halves with the look-up between them. Reads nothing but its arguments: live, in a
// simulation and in tests it is the same. Each step says what it saw.
import { conflicting, obstacle, type Evidence, type FoundEvidence } from '#assistant/answerable.ts'
import { answerText, phrasesIn } from '#assistant/answer-text.ts'
import { bucketOf, rowFor, thresholdOf, type AssistantConfig } from '#assistant/config.ts'
import { pCorrect, type Features } from '#assistant/confidence.ts'
import { decide } from '#assistant/decide.ts'
import { modeFor, silenceReason, skipReason, type Standing } from '#assistant/gate.ts'
import { hardOf, reasonOfHard } from '#assistant/hard-list.ts'
import { normalise, type Incoming, type Normal } from '#assistant/normalise.ts'
import { agreementOf } from '#assistant/past.ts'
import type { ProcedureRun } from '#assistant/procedure.ts'
import { useOf, type Guessed } from '#assistant/triage.ts'
import { verify, type Verified } from '#assistant/verify.ts'
import type { Decision, EscalationReason, Mode, SkipReason, TriageField } from '#assistant/words.ts'

export type Step = {
  readonly step:
    | 'gate'
    | 'normalise'
    | 'hard_list'
    | 'triage'
    | 'retrieve'
    | 'answerable'
    | 'verify'
    | 'decide'
    | 'model'
    | 'guidance'
    | 'procedure'
  /** What it saw, for people who ask why. Never a customer's words. */
  readonly saw: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

export type Considered = {
  readonly decision: Decision
  readonly reason: EscalationReason | SkipReason | null
  readonly mode: Mode
  readonly steps: readonly Step[]
  readonly guesses: readonly Guessed[]
  readonly evidence: readonly Evidence[]
  /** The answer as it would leave; null when there is none. */
  readonly answer: string | null
  readonly verified: Verified | null
  readonly features: Features | null
  readonly pCorrect: number | null
  readonly threshold: number | null
  /** How far a procedure came, where one was for it. */
  readonly procedure: ProcedureRun | null
}

/** What says where a ticket goes; a language or a tag helps nobody who waits for an answer. */
const SORTS: readonly TriageField[] = ['category', 'priority', 'team']

/** Read so far: nothing is in the way of looking for an answer. */
export type ReadyToAsk = { readonly normal: Normal; readonly steps: readonly Step[]; readonly mode: Mode }

export type Case = {
  readonly standing: Standing
  readonly incoming: Incoming
  readonly config: AssistantConfig | null
  readonly guesses: readonly Guessed[]
}

/** The first half: gate, what the message says, and the hard list. Ends the run, or says what to ask for. */
export function readCase(each: Case): Considered | ReadyToAsk {
  const { standing, incoming, config, guesses } = each
  const skip = skipReason(standing, config)
  if (skip !== null || config === null) return ended('skip', skip, 'off', [step('gate', { skip })])
  const mode = modeFor(standing, config)
  const triage = step('triage', { guesses: guesses.map(said) })
  const silent = silenceReason(standing, config)
  const gate = step('gate', { mode, silent })
  // Who was asked for something and answers is not left with silence.
  if (silent !== null && standing.pending !== null && isSpent(silent))
    return ended('escalate', 'budget', mode, [gate, triage], guesses)
  if (silent !== null)
    return ended(triages(each) ? 'triage_only' : 'skip', silent, mode, [gate, triage], guesses)
  const normal = spokenWith(standing.pending, normalise(incoming))
  const { language, secrets, injected, questions, attachmentOnly } = normal
  const read = step('normalise', { language, secrets, injected, questions, attachmentOnly })
  const early = [gate, read]
  const hand = (reason: EscalationReason, steps: readonly Step[]) =>
    ended('escalate', reason, mode, [...steps, triage], guesses)
  if (standing.cameBack) return hand('repeat', early)
  if (attachmentOnly) return hand('attachment_only', early)
  const hard = hardOf(`${incoming.subject}\n${incoming.text}`, config.hardPhrases)
  const listed = [...early, step('hard_list', { kind: hard?.kind ?? null, words: hard?.words ?? null })]
  if (hard !== null) return hand(reasonOfHard(hard), listed)
  if (injected) return hand('injection', listed)
  if (!speaks(config, language)) return hand('language', listed)
  return { normal, mode, steps: [...listed, triage] }
}

/** The second half: whether what was found answers, what would be said, and what is decided. */
export function decideCase(
  each: Case & { readonly config: AssistantConfig },
  { normal, steps, mode }: ReadyToAsk,
  found: FoundEvidence,
  known: { readonly history: number; readonly baseUrl: string },
): Considered {
  const { standing, config, guesses } = each
  const evidence = found.sections
  const base = ended('escalate', null, mode, steps, guesses)
  const looked = [
    ...steps,
    step('retrieve', {
      sections: evidence.map(({ id, score }) => `${id} ${score.toFixed(2)}`),
      past: found.past.map(({ ticketId, score }) => `${ticketId} ${score.toFixed(2)}`),
    }),
  ]
  const agreement = evidence[0] === undefined ? 0 : agreementOf(evidence[0], found.past)
  const hindrance = obstacle(found, config.leastEvidence)
  const against = hindrance === 'conflict' ? (conflicting(evidence)?.id ?? null) : null
  const judged = [...looked, step('answerable', { chance: found.answerable, agreement, hindrance, against })]
  const [best] = evidence
  if (hindrance !== null || best === undefined)
    return { ...base, reason: hindrance ?? 'no_evidence', steps: judged, evidence }
  const features = featuresOf(normal, found, { ...known, agreement }, guesses)
  const chance = pCorrect(features, config.calibration)
  const answer = answerText(best, normal.language, known.baseUrl, config.phrases)
  const verified = verify(best.text, [best])
  const checked = step('verify', { ok: verified.ok, problems: verified.problems })
  const threshold = thresholdOf(config, standing.categoryId)
  const sum = {
    evidence,
    answer,
    verified,
    features,
    pCorrect: chance,
    threshold,
    steps: [...judged, checked],
  }
  if (answer === null) return { ...base, ...sum, reason: 'language' }
  if (verified.problems.includes('injection')) return { ...base, ...sum, reason: 'injection' }
  const { share } = rowFor(config, standing)
  const outcome = decide({
    mode,
    pCorrect: chance,
    threshold,
    draftFrom: config.draftFrom,
    bucket: bucketOf(standing.categoryId ?? 'none', standing.ticketId),
    share,
    questions: normal.questions,
    isVerified: verified.ok,
    isHumanTyping: standing.isHumanTyping,
    isSomeFieldSure: guesses.some(({ field, isSure }) => isSure && SORTS.includes(field)),
    isBudgetSpent: standing.answersToday >= config.answersPerDay,
  })
  const why = { pCorrect: chance, threshold, share, decision: outcome.decision, reason: outcome.reason }
  return { ...base, ...sum, ...outcome, steps: [...sum.steps, step('decide', why)] }
}

/** A short answer is in the language of the question. */
function spokenWith(pending: ProcedureRun | null, normal: Normal): Normal {
  return pending === null || normal.saysLanguage ? normal : { ...normal, language: pending.language }
}

/** It has written often enough: to this ticket, or to this address. */
function isSpent(reason: SkipReason): boolean {
  return reason === 'turns' || reason === 'mails_to_address'
}

/** What is known of an answer when it is made. */
function featuresOf(
  { question, questions }: Normal,
  { sections, answerable }: FoundEvidence,
  { history, agreement }: { readonly history: number; readonly agreement: number },
  guesses: readonly Guessed[],
): Features {
  const [first, second] = sections
  const category = guesses.find(({ field }) => field === 'category')
  return {
    top: first?.score ?? 0,
    margin: (first?.score ?? 0) - (second?.score ?? 0),
    answerable,
    agreement,
    history,
    length: Math.log(1 + question.split(/\s+/).length),
    novelty: category?.isKnown === true ? 0 : 1,
    questions,
  }
}

function speaks({ languages, phrases }: AssistantConfig, language: string): boolean {
  if (languages.length > 0 && !languages.includes(language)) return false
  return phrasesIn(language, phrases) !== undefined
}

function triages({ guesses, config }: Case): boolean {
  return guesses.some((guessed) => config !== null && useOf(guessed, config.triage[guessed.field]) !== null)
}

/** A run that came to its end. */
export function ended(
  decision: Decision,
  reason: Considered['reason'],
  mode: Mode,
  steps: readonly Step[],
  guesses: readonly Guessed[] = [],
): Considered {
  const nothing = {
    evidence: [],
    answer: null,
    verified: null,
    features: null,
    pCorrect: null,
    threshold: null,
    procedure: null,
  }
  return { decision, reason, mode, steps, guesses, ...nothing }
}

/** A step with what it saw. */
export function step(name: Step['step'], saw: Step['saw']): Step {
  return { step: name, saw }
}

function said({ field, label, margin, isSure }: Guessed): string {
  return `${field}: ${label} (${margin.toFixed(2)}${isSure ? ', sure' : ''})`
}
