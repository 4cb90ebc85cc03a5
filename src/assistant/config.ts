// A version of the assistant's configuration, and what it says of one ticket: the mode, the chance it asks for, whether chance lets it.
import type { Phrases } from '#assistant/answer-text.ts'
import { LEAST_LABELS, type Calibration } from '#assistant/confidence.ts'
import type { Guidance } from '#assistant/guidance.ts'
import type { Procedure } from '#assistant/procedure.ts'
import { reaches, triageFields, type Mode, type TriageField, type TriageMode } from '#assistant/words.ts'
import { fnv1a } from '#kit/fnv.ts'
import type { Channel } from '#tickets/vocabulary.ts'

/** The first row that fits a ticket says the mode; null fits all. */
export type ModeRow = {
  readonly brandId: number | null
  readonly channel: Channel | null
  readonly categoryId: number | null
  readonly mode: Mode
  /** Of the tickets that could be answered alone, this share is; the others get a draft. */
  readonly share: number
}

export type AssistantConfig = {
  /** The name that customers and agents see. */
  readonly name: string
  readonly rows: readonly ModeRow[]
  /** Where no row fits. */
  readonly otherwise: Mode
  readonly triage: Readonly<Record<TriageField, TriageMode>>
  /** The share of answers that may be wrong. */
  readonly maxWrong: number
  /** By category id: from which chance on it answers alone. A category without one has not been measured. */
  readonly thresholds: Readonly<Record<string, Threshold>>
  readonly draftFrom: number
  /** Below this chance there is no evidence. */
  readonly leastEvidence: number
  /** Categories that are never answered alone. */
  readonly highStakes: readonly number[]
  readonly hardPhrases: readonly string[]
  /** Two letters each; none: any that it has words for. */
  readonly languages: readonly string[]
  readonly phrases: Readonly<Record<string, Phrases>>
  readonly answersPerDay: number
  /** The share of tickets that people get for good, to measure against. */
  readonly holdout: number
  readonly sendDelaySeconds: number
  readonly maxTurns: number
  readonly calibration: Calibration | null
  /** The simulation that these thresholds come from; a step of the ladder keeps it. */
  readonly simulationId: number | null
  /** Whose model words drafts; nobody's: they are an article's words. Versions from before do not say. */
  readonly providerId?: number | null
  /** Offers to link a ticket with the open incident that it is about. Versions from before do not. */
  readonly offersLinks?: boolean
  /** The first that fits a ticket is gone through. Versions from before have none. */
  readonly procedures?: readonly Procedure[]
  /** What a model is told beside the evidence. Versions from before have none. */
  readonly guidance?: readonly Guidance[]
}

export type Threshold = { readonly from: number; readonly n: number; readonly bound: number }

/** Every field left alone, but perhaps for the category. */
export function noTriage(category: TriageMode = 'off'): AssistantConfig['triage'] {
  const off = triageFields.map((field) => [field, 'off'] as const)
  return { ...(Object.fromEntries(off) as Record<TriageField, TriageMode>), category }
}

export const standardConfig: AssistantConfig = {
  name: 'Assistant',
  rows: [],
  otherwise: 'off',
  triage: noTriage('suggest'),
  maxWrong: 0.02,
  thresholds: {},
  draftFrom: 0.5,
  leastEvidence: 0.15,
  highStakes: [],
  hardPhrases: [],
  languages: [],
  phrases: {},
  answersPerDay: 200,
  holdout: 0.05,
  sendDelaySeconds: 60,
  maxTurns: 3,
  calibration: null,
  simulationId: null,
  offersLinks: true,
}

/**
 * A configuration after categories were merged, by the id of each into which it went: what was said of one holds for the one that has
 * its tickets now. What mode and threshold say stays with the category that they were said of.
 */
export function afterMerges<Config extends Pick<AssistantConfig, 'highStakes' | 'procedures' | 'guidance'>>(
  config: Config,
  merged: Readonly<Record<string, number>>,
): Config {
  const today = (id: number, hops = 0): number => {
    const next = merged[id]
    return next === undefined || hops > 100 ? id : today(next, hops + 1)
  }
  const moved = <Of extends { readonly categoryId: number | null }>(each: Of): Of =>
    each.categoryId === null ? each : { ...each, categoryId: today(each.categoryId) }
  const { highStakes, procedures, guidance } = config
  return {
    ...config,
    highStakes: [...new Set([...highStakes, ...highStakes.map((id) => today(id))])],
    ...(procedures === undefined ? {} : { procedures: procedures.map(moved) }),
    ...(guidance === undefined ? {} : { guidance: guidance.map(moved) }),
  }
}

/** Whether what is said of tickets, and not only measured on them, names a category, a brand or a field (by key). */
export function saysOf(config: AssistantConfig, kind: string, id: unknown): boolean {
  const { rows, highStakes, procedures = [], guidance = [] } = config
  const scopes = [...rows, ...procedures, ...guidance]
  if (kind === 'category')
    return highStakes.some((each) => each === id) || scopes.some(({ categoryId }) => categoryId === id)
  if (kind === 'brand') return scopes.some(({ brandId }) => brandId === id)
  const looked = procedures.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'look_up' ? [step.from] : [])),
  )
  return kind === 'field' && looked.includes(`field.${String(id)}`)
}

/** What a configuration is asked about. */
export type Place = {
  readonly ticketId: number
  readonly brandId: number
  readonly channel: Channel
  readonly categoryId: number | null
}

/** The row of a ticket as far as it is decided by brand and channel and category. */
export function rowFor(config: AssistantConfig, place: Place): ModeRow {
  const fits = <Value>(asked: Value | null, is: Value | null) => asked === null || asked === is
  return (
    config.rows.find(
      (row) =>
        fits(row.brandId, place.brandId) &&
        fits(row.channel, place.channel) &&
        fits(row.categoryId, place.categoryId),
    ) ?? { brandId: null, channel: null, categoryId: null, mode: config.otherwise, share: 0 }
  )
}

/** From which chance on it answers alone; null where it must not: not measured, measured on too few, or of high stakes. */
export function thresholdOf(config: AssistantConfig, categoryId: number | null): number | null {
  if (categoryId === null || config.highStakes.includes(categoryId)) return null
  const threshold = config.thresholds[categoryId]
  if (threshold === undefined || threshold.n < LEAST_LABELS || threshold.bound > config.maxWrong) return null
  return threshold.from
}

/** Whether some ticket may be answered alone under this configuration. */
export function mayAnswerAlone({ rows, otherwise }: AssistantConfig): boolean {
  return otherwise === 'auto' || rows.some(({ mode }) => reaches(mode, 'auto'))
}

/** Where a ticket falls between 0 and 1: the same on every machine and whenever it is asked. */
export function bucketOf(salt: string | number, ticketId: number): number {
  // The upper bits of FNV are the better mixed ones only after many letters: the number stands last and is mixed once more.
  const hash = Math.imul(fnv1a(`${salt}:${ticketId}`) ^ 0x5bd1e995, 0x9e3779b1)
  return ((hash ^ (hash >>> 15)) >>> 0) / 4_294_967_296
}

/** Whether people get this ticket for good. */
export function isHeldOut(config: AssistantConfig, ticketId: number): boolean {
  return bucketOf('holdout', ticketId) < config.holdout
}
