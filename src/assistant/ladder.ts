// The ladder: how far the assistant has come in a category, what the next step up still waits for, and what costs it a step. Pure: made of
// the versions that were live, and of what became of its answers.
import { isAgreed, LEAST_AGREEMENT, type Agreement } from '#assistant/agreement.ts'
import { thresholdOf, type AssistantConfig } from '#assistant/config.ts'
import { LEAST_LABELS } from '#assistant/confidence.ts'
import { watch, type Watched } from '#assistant/cusum.ts'
import {
  rungs,
  isWrongVerdict,
  signals,
  type DraftUse,
  type Hindrance,
  type Rung,
  type Signal,
  type StepReason,
  type Verdict,
} from '#assistant/words.ts'
import {
  isAbove,
  isSamePlace,
  placeMet,
  rungBeside,
  rungIn,
  type LadderPlace,
  type Step,
} from '#assistant/rungs.ts'
import { clopperPearson, wilson } from '#kit/statistics.ts'
import { plus, secondsBetween, type Instant } from '#kit/time.ts'
import type { Channel } from '#tickets/vocabulary.ts'

/** What became of an answer that the assistant gave, drafted, or would have given. */
export type Outcome = {
  readonly at: Instant
  readonly brandId: number
  readonly channel: Channel
  readonly categoryId: number
  readonly pCorrect: number
  /** It went to the customer alone. */
  readonly isSent: boolean
  /** It settled the ticket: what stayed open cannot be reopened. */
  readonly isResolved: boolean
  /** The gravest that a person has said of it, and when they first called it harmful. */
  readonly verdict: Verdict | null
  readonly harmfulAt: Instant | null
  readonly use: DraftUse | null
  readonly isReopened: boolean
  readonly isEscalated: boolean
  /** Null while nobody has rated it. */
  readonly isBadlyRated: boolean | null
}

/** That there was an answer, wherever one was: of busy categories not all outcomes are read. */
export type Looked = Pick<Outcome, 'at' | 'brandId' | 'channel' | 'categoryId'>

/** A hand-over: whether people got all that its package is to hold. */
export type HandedOver = Looked & { readonly isWhole: boolean }

/** How people fared in a category on a day, by its end. */
export type PeopleFare = Fare & { readonly categoryId: number; readonly at: Instant }
type Fare = {
  readonly resolved: number
  readonly reopened: number
  readonly rated: number
  readonly bad: number
}

/** A version that was live, the newest first. */
export type LiveVersion = Pick<AssistantConfig, 'rows' | 'otherwise'> & {
  readonly publishedAt: Instant
  readonly steps: readonly Step[]
  /** Why it went further by hand than the one before; empty where it did not. */
  readonly reason: string
}

/** What is missing, with its numbers: `has` of `needs` days or answers, or a share and the most that it may be. */
export type Missing = { readonly what: Hindrance; readonly has: number; readonly needs: number }

export type LadderRow = LadderPlace & {
  readonly rung: Rung
  /** Since when it stands there; null where no version says. */
  readonly since: Instant | null
  /** Why somebody let it go there by hand; null where the ladder did. */
  readonly reason: string | null
  /** What it came down here for; null where it did not come from above. */
  readonly fell: Fall | null
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

export type Fall = { readonly from: Rung; readonly why: StepReason }

export type LadderFacts = {
  readonly config: AssistantConfig
  readonly history: readonly LiveVersion[]
  readonly outcomes: readonly Outcome[]
  readonly looked: readonly Looked[]
  readonly handedOver: readonly HandedOver[]
  /** Twice as far back as the outcomes: what was usual when a rung was reached is told by the time before. */
  readonly people: readonly PeopleFare[]
  readonly agreement: Agreement
  /** Categories that have tickets, beside those that the configuration names. */
  readonly categoryIds: readonly number[]
  readonly now: Instant
}

/** What is older says little of the desk's articles and questions of today. */
export const REMEMBERED_SECONDS = 180 * 86_400
const SHADOW_DAYS = 7
const RUNG_DAYS = 7
/** Of answers that leave alone, so many are judged on each step before the next. */
const LEAST_ON_RUNG = 20
/** Of the newest hand-overs so many are looked at: what was mended since counts no more. */
export const MOST_PACKAGES = 20
const DAY_SECONDS = 86_400
const FREE: readonly Rung[] = ['tenth', 'half', 'whole']

/** Every place of the ladder, those that stand highest first. */
export function ladderOf(facts: LadderFacts): LadderRow[] {
  const { config, outcomes, categoryIds } = facts
  const named = config.rows.flatMap((row) => {
    const { categoryId } = row
    return categoryId === null ? [] : [{ ...row, categoryId }]
  })
  const others = categoryIds.map((categoryId) => ({ brandId: null, channel: null, categoryId }))
  // A row for a brand or a channel alone is as many places as there are categories in which it answers.
  const met = outcomes.map((outcome) => placeMet(config, outcome))
  const places = new Map([...named, ...others, ...met].map((place) => [keyOf(place), placeOf(place)]))
  const byPlace = Map.groupBy(outcomes, (outcome) => keyOf(placeMet(config, outcome)))
  return [...places]
    .map(([key, place]) => rowOf(facts, place, byPlace.get(key) ?? []))
    .toSorted((a, b) => rungs.indexOf(b.rung) - rungs.indexOf(a.rung))
}

function rowOf(facts: LadderFacts, place: LadderPlace, all: readonly Outcome[]): LadderRow {
  const { config } = facts
  const rung = rungIn(config, place)
  const { since, climbs, high, reason, fell } = stoodSince(facts.history, place, rung)
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
  const people = fareOf(facts, place, facts.now)
  // As it was when the rung was reached: people who get better make nothing wrong that was right then.
  const watched =
    FREE.includes(rung) && since !== null
      ? signalsOf(onRung, fareOf(facts, place, since), config.maxWrong)
      : []
  // Said beside a step up, it takes back that one.
  const isHarmful = all.some(({ harmfulAt }) => harmfulAt !== null && high !== null && harmfulAt > high)
  const over = watched.find(({ isOver }) => isOver)
  return {
    ...place,
    rung,
    since,
    reason,
    fell,
    next: rungBeside(rung, 1),
    missing: missingFor(facts, { place, rung, since, onRung, own, ...counted, bound, people }),
    ...counted,
    bound,
    signals: watched,
    falls: isHarmful ? 'harmful' : (over?.signal ?? null),
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
  readonly people: Fare
}

/** What the next step up waits for. */
function missingFor(facts: LadderFacts, standing: Standing): Missing[] {
  const { config, agreement, now } = facts
  const { place, rung, since, own, onRung, judged, harmful, bound, people } = standing
  const days = (from: Instant | null) =>
    from === null ? 0 : Math.floor(secondsBetween(from, now) / DAY_SECONDS)
  const least = (what: Hindrance, has: number, needs: number): Missing[] =>
    has < needs ? [{ what, has, needs }] : []
  const most = (what: Hindrance, has: number, needs: number): Missing[] =>
    has > needs ? [{ what, has, needs }] : []
  if (rung === 'whole') return [{ what: 'nowhere', has: 0, needs: 0 }]
  if (rung === 'off') return []
  // Days in which it looked: a version that is live over a silent week has shown nothing.
  if (rung === 'shadow') return least('days', days(firstLook(facts, place, since)), SHADOW_DAYS)
  const isFree = rung !== 'draft'
  return [
    ...(isFree ? least('days', days(since), RUNG_DAYS) : []),
    ...(isFree
      ? least('judged', onRung.filter((each) => each.isSent && isLabelled(each)).length, LEAST_ON_RUNG)
      : least('judged', judged, LEAST_LABELS)),
    ...most('wrong', bound, config.maxWrong),
    ...most('harmful', harmful, 0),
    ...reopenedMore(own, people),
    ...most('package', lackingIn(facts, place, since), 0),
    ...(config.simulationId === null || thresholdOf(config, place.categoryId) === null
      ? [{ what: 'simulation', has: 0, needs: 1 } as const]
      : []),
    ...(isAgreed(agreement) ? [] : least('agreement', agreement.ac1 ?? 0, LEAST_AGREEMENT)),
  ]
}

function firstLook({ config, looked }: LadderFacts, place: LadderPlace, since: Instant | null) {
  const own = looked.filter(
    (each) => since !== null && each.at >= since && keyOf(placeMet(config, each)) === keyOf(place),
  )
  return own.map(({ at }) => at).toSorted()[0] ?? null
}

/** Of the newest hand-overs since a rung was reached, those whose package lacks something. */
function lackingIn({ config, handedOver }: LadderFacts, place: LadderPlace, since: Instant | null): number {
  return handedOver
    .filter((each) => since !== null && each.at >= since && keyOf(placeMet(config, each)) === keyOf(place))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, MOST_PACKAGES)
    .filter(({ isWhole }) => !isWhole).length
}

/** How people fared in a category in the time before a moment. */
function fareOf({ people, now }: LadderFacts, { categoryId }: LadderPlace, until: Instant): Fare {
  const last = [until, plus(now, -REMEMBERED_SECONDS)].toSorted()[1] ?? until
  const first = plus(last, -REMEMBERED_SECONDS)
  const own = people.filter((day) => day.categoryId === categoryId && day.at >= first && day.at <= last)
  const sum = (count: keyof Fare) => own.reduce((all, day) => all + day[count], 0)
  return { resolved: sum('resolved'), reopened: sum('reopened'), rated: sum('rated'), bad: sum('bad') }
}

/** Whether customers come back more often than to people: the intervals lie apart. */
function reopenedMore(own: readonly Outcome[], { resolved, reopened }: Fare): Missing[] {
  const sent = own.filter(({ isSent, isResolved }) => isSent && isResolved)
  const machine = wilson(sent.filter(({ isReopened }) => isReopened).length, sent.length)
  const people = wilson(reopened, resolved)
  if (machine === null || people === null || machine.low <= people.high) return []
  return [{ what: 'reopened', has: machine.low, needs: people.high }]
}

/** The sums over what left alone since the rung was reached, each against what is accepted. */
function signalsOf(onRung: readonly Outcome[], people: Fare, maxWrong: number): LadderRow['signals'] {
  const sent = onRung.filter(({ isSent }) => isSent)
  const accepted = acceptedOf(people, maxWrong)
  const seen: Record<Signal, readonly boolean[]> = {
    reopened: sent.filter(({ isResolved }) => isResolved).map(({ isReopened }) => isReopened),
    bad_rating: sent.map(({ isBadlyRated }) => isBadlyRated).filter((isBad) => isBad !== null),
    wrong: sent.filter(isLabelled).map(isWrong),
    escalated: sent.map(({ isEscalated }) => isEscalated),
  }
  return signals.map((signal) => ({ signal, ...watch(seen[signal], accepted[signal]) }))
}

/** As often as with people is accepted; a few in a hundred always, for there chance alone moves every rate. */
function acceptedOf({ resolved, reopened, rated, bad }: Fare, maxWrong: number): Record<Signal, number> {
  const between = (least: number, share: number) => Math.min(0.4, Math.max(least, share))
  return {
    reopened: between(0.05, resolved === 0 ? 0 : reopened / resolved),
    bad_rating: between(0.1, rated === 0 ? 0 : bad / rated),
    wrong: between(0.01, maxWrong),
    escalated: 0.1,
  }
}

type Stood = {
  readonly since: Instant | null
  /** Since when it has not come down: what happened before counts no more. */
  readonly climbs: Instant | null
  /** Since when people see its answers, without having come down. */
  readonly high: Instant | null
  readonly reason: string | null
  readonly fell: Fall | null
}

/** Since when a place stands on its rung, and how it came there. */
function stoodSince(history: readonly LiveVersion[], place: LadderPlace, rung: Rung): Stood {
  let stood: Stood = { since: null, climbs: null, high: null, reason: null, fell: null }
  let above = rung
  for (const [index, version] of history.entries()) {
    const then = rungIn(version, place)
    if (isAbove(then, above))
      return above === rung ? { ...stood, reason: null, fell: fallIn(history[index - 1], place) } : stood
    const at = version.publishedAt
    // The oldest on this rung is the one that brought it there.
    if (then === rung && above === rung)
      stood = { ...stood, since: at, reason: version.reason === '' ? null : version.reason }
    stood = { ...stood, climbs: at, high: isAbove(then, 'shadow') ? at : stood.high }
    above = then
  }
  return stood
}

function fallIn(version: LiveVersion | undefined, place: LadderPlace): Fall | null {
  const step = version?.steps.find((each) => isSamePlace(each, place))
  return step === undefined ? null : { from: step.from, why: step.why }
}

function isLabelled({ verdict, use }: Outcome): boolean {
  return verdict !== null || use === 'accepted' || use === 'rejected'
}

/** What people say of it counts before what they did with it; a draft that was left for other words was no answer. */
function isWrong({ verdict, use }: Outcome): boolean {
  return verdict === null ? use === 'rejected' : isWrongVerdict(verdict)
}

function placeOf({ brandId, channel, categoryId }: LadderPlace): LadderPlace {
  return { brandId, channel, categoryId }
}

function keyOf({ brandId, channel, categoryId }: LadderPlace): string {
  return `${brandId} ${channel} ${categoryId}`
}
