// The ladder: how far the assistant has come in a category, what the next step up still waits for, and what costs it a step. Pure: made of
// the versions that were live, and of what became of its answers.
import { isAgreed, LEAST_KAPPA, type Agreement } from '#assistant/agreement.ts'
import { rowFor, thresholdOf, type AssistantConfig, type ModeRow } from '#assistant/config.ts'
import { LEAST_LABELS } from '#assistant/confidence.ts'
import { watch, type Watched } from '#assistant/cusum.ts'
import {
  reaches,
  rungs,
  signals,
  type DraftUse,
  type Hindrance,
  type Rung,
  type Signal,
  type StepReason,
  type Verdict,
} from '#assistant/words.ts'
import { clopperPearson, wilson } from '#kit/statistics.ts'
import { secondsBetween, type Instant } from '#kit/time.ts'
import type { Channel } from '#tickets/vocabulary.ts'

/** What a step is taken for: a category, perhaps of one brand or channel alone. */
export type LadderPlace = {
  readonly brandId: number | null
  readonly channel: Channel | null
  readonly categoryId: number
}

/** A step that a version took. */
export type Step = LadderPlace & { readonly from: Rung; readonly to: Rung; readonly why: StepReason }

/** What became of an answer that the assistant gave, drafted, or would have given. */
export type Outcome = {
  readonly at: Instant
  readonly brandId: number
  readonly channel: Channel
  readonly categoryId: number
  readonly pCorrect: number
  /** It went to the customer alone. */
  readonly isSent: boolean
  /** The gravest that a person has said of it, and when they first called it harmful. */
  readonly verdict: Verdict | null
  readonly harmfulAt: Instant | null
  readonly use: DraftUse | null
  readonly isReopened: boolean
  readonly isEscalated: boolean
  /** Null while nobody has rated it. */
  readonly isBadlyRated: boolean | null
}

/** How people fare in a category. */
export type PeopleFare = {
  readonly categoryId: number
  readonly resolved: number
  readonly reopened: number
  readonly rated: number
  readonly bad: number
}

/** A version that was live, the newest first. */
export type LiveVersion = Pick<AssistantConfig, 'rows' | 'otherwise'> & { readonly publishedAt: Instant }

/** What is missing, with its numbers: `has` of `needs` days or answers, or a share and the most that it may be. */
export type Missing = { readonly what: Hindrance; readonly has: number; readonly needs: number }

export type LadderRow = LadderPlace & {
  readonly rung: Rung
  /** Since when it stands there; null where no version says. */
  readonly since: Instant | null
  readonly next: Rung | null
  /** Nothing missing: a person may let it up. */
  readonly missing: readonly Missing[]
  readonly answers: number
  readonly judged: number
  readonly wrong: number
  readonly harmful: number
  /** The upper end of the exact 95 % interval of what is wrong. */
  readonly bound: number
  readonly signals: readonly (Watched & { readonly signal: Signal })[]
  /** What costs a step now. */
  readonly falls: StepReason | null
}

export type LadderFacts = {
  readonly config: AssistantConfig
  readonly history: readonly LiveVersion[]
  readonly outcomes: readonly Outcome[]
  readonly people: readonly PeopleFare[]
  readonly agreement: Agreement
  /** Categories that have tickets, beside those that the configuration names. */
  readonly categoryIds: readonly number[]
  readonly now: Instant
}

const SHADOW_DAYS = 7
const RUNG_DAYS = 7
/** Of answers that leave alone, so many are judged on each step before the next. */
const LEAST_ON_RUNG = 20
const DAY_SECONDS = 86_400
const FREE: readonly Rung[] = ['tenth', 'half', 'whole']
const SHARES: Readonly<Partial<Record<Rung, number>>> = { tenth: 0.1, half: 0.5, whole: 1 }

/** Where a row stands. One that only suggests is judged by people, as in the shadow. */
export function rungOf({ mode, share }: Pick<ModeRow, 'mode' | 'share'>): Rung {
  if (mode === 'off') return 'off'
  if (!reaches(mode, 'draft')) return 'shadow'
  if (mode === 'draft' || share <= 0) return 'draft'
  return share >= 1 ? 'whole' : share >= 0.5 ? 'half' : 'tenth'
}

/** The configuration with a place on another rung. */
export function withRung(config: AssistantConfig, place: LadderPlace, rung: Rung): AssistantConfig {
  const mode = rung === 'off' || rung === 'shadow' || rung === 'draft' ? rung : 'auto'
  const row: ModeRow = { ...placeOf(place), mode, share: SHARES[rung] ?? 0 }
  const at = config.rows.findIndex((each) => isSame(each, place))
  if (at >= 0) return { ...config, rows: config.rows.with(at, row) }
  // A row that fits everything hides what stands below it.
  const all = config.rows.findIndex(
    (each) => each.brandId === null && each.channel === null && each.categoryId === null,
  )
  return { ...config, rows: config.rows.toSpliced(all < 0 ? config.rows.length : all, 0, row) }
}

/** The rung one above or below; null where there is none. */
export function rungBeside(rung: Rung, by: 1 | -1): Rung | null {
  return rungs[rungs.indexOf(rung) + by] ?? null
}

/** Every place of the ladder, those that stand highest first. */
export function ladderOf(facts: LadderFacts): LadderRow[] {
  const { config, outcomes, categoryIds } = facts
  const named = config.rows.flatMap((row) => {
    const { categoryId } = row
    return categoryId === null ? [] : [{ ...row, categoryId }]
  })
  const others = categoryIds
    .filter((id) => !named.some((row) => isSame(row, { brandId: null, channel: null, categoryId: id })))
    .map((categoryId) => ({ brandId: null, channel: null, categoryId }))
  const places = [...named, ...others].map(placeOf)
  const byPlace = Map.groupBy(outcomes, (outcome) => keyOf(placeOfOutcome(config, outcome)))
  return places
    .map((place) => rowOf(facts, place, byPlace.get(keyOf(place)) ?? []))
    .toSorted((a, b) => rungs.indexOf(b.rung) - rungs.indexOf(a.rung))
}

function rowOf(facts: LadderFacts, place: LadderPlace, all: readonly Outcome[]): LadderRow {
  const { config } = facts
  const rung = rungIn(config, place)
  const { since, climbs } = stoodSince(facts.history, place, rung)
  const own = all
    .filter(({ at }) => climbs !== null && at >= climbs)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const least = thresholdOf(config, place.categoryId)
  // What would not leave alone is not what leaving alone is judged by.
  const sure = own.filter(({ pCorrect }) => least === null || pCorrect >= least)
  const judged = sure.filter(isLabelled)
  const wrong = judged.filter(isWrong).length
  const harmful = all.filter(
    ({ harmfulAt }) => harmfulAt !== null && climbs !== null && harmfulAt > climbs,
  ).length
  const counted = { answers: own.length, judged: judged.length, wrong, harmful }
  const bound = clopperPearson(wrong, judged.length).high
  const onRung = own.filter(({ at }) => since !== null && at >= since)
  const people =
    facts.people.find(({ categoryId }) => categoryId === place.categoryId) ?? nobody(place.categoryId)
  const watched = FREE.includes(rung) ? signalsOf(onRung, people, config.maxWrong) : []
  const isHarmful = all.some(({ harmfulAt }) => harmfulAt !== null && since !== null && harmfulAt > since)
  const isHigh = rungs.indexOf(rung) >= rungs.indexOf('draft')
  const over = watched.find(({ isOver }) => isOver)
  return {
    ...place,
    rung,
    since,
    next: rungBeside(rung, 1),
    missing: missingFor(facts, { place, rung, since, onRung, own, ...counted, bound, people }),
    ...counted,
    bound,
    signals: watched,
    falls: isHigh && isHarmful ? 'harmful' : (over?.signal ?? null),
  }
}

type Standing = {
  readonly place: LadderPlace
  readonly rung: Rung
  readonly since: Instant | null
  readonly own: readonly Outcome[]
  readonly onRung: readonly Outcome[]
  readonly judged: number
  readonly harmful: number
  readonly bound: number
  readonly people: PeopleFare
}

/** What the next step up waits for. */
function missingFor(facts: LadderFacts, standing: Standing): Missing[] {
  const { config, agreement, now } = facts
  const { place, rung, since, own, onRung, judged, harmful, bound, people } = standing
  const [first] = onRung
  const days = (from: Instant | null | undefined) =>
    from == null ? 0 : Math.floor(secondsBetween(from, now) / DAY_SECONDS)
  const least = (what: Hindrance, has: number, needs: number): Missing[] =>
    has < needs ? [{ what, has, needs }] : []
  const most = (what: Hindrance, has: number, needs: number): Missing[] =>
    has > needs ? [{ what, has, needs }] : []
  if (rung === 'whole') return [{ what: 'nowhere', has: 0, needs: 0 }]
  if (rung === 'off') return []
  // Days in which it looked: a version that is live over a silent week has shown nothing.
  if (rung === 'shadow') return least('days', days(first?.at), SHADOW_DAYS)
  const isFree = rung !== 'draft'
  return [
    ...(isFree ? least('days', days(since), RUNG_DAYS) : []),
    ...(isFree
      ? least('judged', onRung.filter((each) => each.isSent && isLabelled(each)).length, LEAST_ON_RUNG)
      : least('judged', judged, LEAST_LABELS)),
    ...most('wrong', bound, config.maxWrong),
    ...most('harmful', harmful, 0),
    ...reopenedMore(own, people),
    ...(config.simulationId === null || thresholdOf(config, place.categoryId) === null
      ? [{ what: 'simulation', has: 0, needs: 1 } as const]
      : []),
    ...(isAgreed(agreement) ? [] : least('agreement', agreement.kappa ?? 0, LEAST_KAPPA)),
  ]
}

/** Whether customers come back more often than to people: the intervals lie apart. */
function reopenedMore(own: readonly Outcome[], { resolved, reopened }: PeopleFare): Missing[] {
  const sent = own.filter(({ isSent }) => isSent)
  const machine = wilson(sent.filter(({ isReopened }) => isReopened).length, sent.length)
  const people = wilson(reopened, resolved)
  if (machine === null || people === null || machine.low <= people.high) return []
  return [{ what: 'reopened', has: machine.low, needs: people.high }]
}

/** The sums over what left alone since the rung was reached, each against what is accepted. */
function signalsOf(onRung: readonly Outcome[], people: PeopleFare, maxWrong: number): LadderRow['signals'] {
  const sent = onRung.filter(({ isSent }) => isSent)
  const accepted = acceptedOf(people, maxWrong)
  const seen: Record<Signal, readonly boolean[]> = {
    reopened: sent.map(({ isReopened }) => isReopened),
    bad_rating: sent.map(({ isBadlyRated }) => isBadlyRated).filter((isBad) => isBad !== null),
    wrong: sent.filter(isLabelled).map(isWrong),
    escalated: sent.map(({ isEscalated }) => isEscalated),
  }
  return signals.map((signal) => ({ signal, ...watch(seen[signal], accepted[signal]) }))
}

/** As often as with people is accepted; a few in a hundred always, for there chance alone moves every rate. */
function acceptedOf(
  { resolved, reopened, rated, bad }: PeopleFare,
  maxWrong: number,
): Record<Signal, number> {
  const between = (least: number, share: number) => Math.min(0.4, Math.max(least, share))
  return {
    reopened: between(0.05, resolved === 0 ? 0 : reopened / resolved),
    bad_rating: between(0.1, rated === 0 ? 0 : bad / rated),
    wrong: between(0.01, maxWrong),
    escalated: 0.1,
  }
}

/** Since when a place stands on its rung, and since when it has not come down: what happened before counts no more. */
function stoodSince(
  history: readonly LiveVersion[],
  place: LadderPlace,
  rung: Rung,
): { readonly since: Instant | null; readonly climbs: Instant | null } {
  let since: Instant | null = null
  let climbs: Instant | null = null
  let above = rung
  let isSameRung = true
  for (const version of history) {
    const then = rungIn(version, place)
    if (rungs.indexOf(then) > rungs.indexOf(above)) break
    isSameRung &&= then === rung
    if (isSameRung) since = version.publishedAt
    climbs = version.publishedAt
    above = then
  }
  return { since, climbs }
}

function rungIn({ rows, otherwise }: Pick<AssistantConfig, 'rows' | 'otherwise'>, place: LadderPlace): Rung {
  const own = rows.find((row) => isSame(row, place))
  if (own !== undefined) return rungOf(own)
  const fits = (asked: unknown, is: unknown) => asked === null || asked === is
  const wider = rows.find(
    (row) =>
      fits(row.brandId, place.brandId) &&
      fits(row.channel, place.channel) &&
      fits(row.categoryId, place.categoryId),
  )
  return rungOf(wider ?? { mode: otherwise, share: 0 })
}

function placeOfOutcome(config: AssistantConfig, { brandId, channel, categoryId }: Outcome): LadderPlace {
  const row = rowFor(config, { ticketId: 0, brandId, channel, categoryId })
  return row.categoryId === null ? { brandId: null, channel: null, categoryId } : { ...row, categoryId }
}

function isLabelled({ verdict, use }: Outcome): boolean {
  return verdict !== null || use === 'accepted' || use === 'rejected'
}

/** What people say of it counts before what they did with it; a draft that was left for other words was no answer. */
function isWrong({ verdict, use }: Outcome): boolean {
  return verdict === null ? use === 'rejected' : verdict === 'wrong' || verdict === 'harmful'
}

function nobody(categoryId: number): PeopleFare {
  return { categoryId, resolved: 0, reopened: 0, rated: 0, bad: 0 }
}

function placeOf({ brandId, channel, categoryId }: LadderPlace): LadderPlace {
  return { brandId, channel, categoryId }
}

function isSame(
  row: Omit<LadderPlace, 'categoryId'> & { readonly categoryId: number | null },
  place: LadderPlace,
) {
  return row.brandId === place.brandId && row.channel === place.channel && row.categoryId === place.categoryId
}

function keyOf({ brandId, channel, categoryId }: LadderPlace): string {
  return `${brandId} ${channel} ${categoryId}`
}
