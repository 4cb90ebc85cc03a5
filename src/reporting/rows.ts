// What reports know of a ticket: a fold of its log into stretches and facts. What was undone never was; what is set aside now
// ended when it was, and never was set aside if it is back. Each fact belongs to whom it belonged when it happened.
import { instant, type Instant } from '#kit/time.ts'
import { lifeOf, type Life, type Moment, type Step, type Worked } from '#reporting/steps.ts'
import { repliesOf, saidBy, startTalk, type Talk } from '#reporting/talk.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { isActive } from '#tickets/status.ts'
import { standingKeys, standingOf, type ReportStanding } from '#tickets/report-standing.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'
import { episodeOf } from '#tickets/survey.ts'
import type { ReportFact, ReportKind, ReportSpan } from '#tickets/write/report-store.ts'

export type ReportRows = { readonly spans: readonly ReportSpan[]; readonly facts: readonly ReportFact[] }

/** The rows of a whole log, oldest event first; none of an empty one. */
export function reportRows(log: readonly TicketEvent[], worked: Worked): ReportRows {
  const life = lifeOf(log, worked)
  return { spans: spansOf(life), facts: factsOf(life) }
}

type OpenSpan = ReportSpan & { readonly begun: number }

function spansOf({ steps, aside }: Life): ReportSpan[] {
  const spans: OpenSpan[] = []
  for (const { at, after, worked } of steps) {
    const last = spans.at(-1)
    const now = { status: after.status, ...standingOf(after) }
    if (last !== undefined && isSame(last, now)) continue
    if (last !== undefined) {
      const nextStatus = last.status === after.status ? null : after.status
      spans[spans.length - 1] = { ...ended(last, { at, worked }, false), nextStatus }
    }
    const fromAt = instant(at)
    const sinceAt = last?.status === after.status ? last.sinceAt : fromAt
    const open = { toAt: null, workingMs: null, censored: false, nextStatus: null }
    spans.push({ nth: spans.length + 1, fromAt, sinceAt, ...open, ...now, begun: worked })
  }
  const last = spans.at(-1)
  if (aside !== null && last !== undefined) spans[spans.length - 1] = ended(last, aside, true)
  return spans.map((each) => {
    const { begun: _, ...span } = each
    return span
  })
}

function ended(span: OpenSpan, { at, worked }: Moment, censored: boolean): OpenSpan {
  return { ...span, toAt: instant(at), workingMs: worked - span.begun, censored }
}

function isSame(
  one: ReportStanding & { status: string },
  other: ReportStanding & { status: string },
): boolean {
  return one.status === other.status && standingKeys.every((key) => one[key] === other[key])
}

/** What a fact has besides its kind, moment and standing, unless it says so. */
const PLAIN = {
  sinceAt: null,
  workingMs: null,
  untilAt: null,
  authorId: null,
  spentMs: null,
  spentWorkingMs: null,
  oneTouch: null,
  score: null,
  configVersion: null,
}

/** The facts so far, and what the next ones are told by. */
type Telling = {
  readonly facts: ReportFact[]
  readonly counts: Map<ReportKind, number>
  readonly spent: { readonly wall: number[]; readonly working: number[] }
  talk: Talk
  /** The last change of team while nothing was written since. */
  hop: { readonly from: number } | null
  /** Whose each resolve was, by episode: a rating is theirs, whatever happens to the ticket later. */
  readonly resolvedBy: Map<number, ReportStanding & Pick<ReportFact, 'configVersion'>>
}

function factsOf({ steps }: Life): ReportFact[] {
  const zeros = () => activeStatuses.map(() => 0)
  const spent = { wall: zeros(), working: zeros() }
  const telling: Telling = {
    facts: [],
    counts: new Map(),
    spent,
    talk: startTalk,
    hop: null,
    resolvedBy: new Map(),
  }
  steps.forEach((step, index) => {
    spend(telling, step, steps[index - 1])
    if (step.before === null) tell(telling, step, 'opened', {})
    const version = versionAt(steps, index)
    tellReplies(telling, step, steps[0] ?? step)
    tellStatus(telling, step, steps[0] ?? step, version)
    tellHands(telling, step)
    tellRatings(telling, step)
    tellAssistant(telling, step, version)
  })
  const looked = steps.flatMap(({ events }) => events.flatMap(versionOf))[0]
  if (looked !== undefined) changeFact(telling, 'opened', 1, { configVersion: looked })
  return settled(telling)
}

function spend({ spent }: Telling, { at, worked, before }: Step, last: Step | undefined): void {
  if (last === undefined || before === null || !isActive(before.status)) return
  const place = activeStatuses.indexOf(before.status)
  spent.wall[place] = (spent.wall[place] ?? 0) + at - last.at
  spent.working[place] = (spent.working[place] ?? 0) + worked - last.worked
}

function tell({ facts, counts }: Telling, step: Step, kind: ReportKind, more: Partial<ReportFact>): void {
  const nth = more.nth ?? (counts.get(kind) ?? 0) + 1
  counts.set(kind, nth)
  facts.push({ kind, nth, at: instant(step.at), ...standingOf(step.after), ...PLAIN, ...more })
}

function since(step: Step, from: Moment): { sinceAt: Instant; workingMs: number } {
  return { sinceAt: instant(from.at), workingMs: step.worked - from.worked }
}

function tellReplies(telling: Telling, step: Step, opening: Step): void {
  const { replies, talk } = repliesOf(telling.talk, step)
  telling.talk = talk
  for (const { kind, nth, authorId, asked } of replies) {
    const from = kind === 'next_reply' ? asked : kind === 'further_reply' ? null : opening
    tell(telling, step, kind, { nth, authorId, ...(from === null ? {} : since(step, from)) })
  }
}

function tellStatus(telling: Telling, step: Step, opening: Step, version: number): void {
  const wasActive = step.before === null || isActive(step.before.status)
  if (isActive(step.after.status)) {
    if (wasActive) return
    const episode = telling.facts.findLastIndex(({ kind }) => kind === 'resolved')
    const resolved = telling.facts[episode]
    if (resolved?.untilAt === null) telling.facts[episode] = { ...resolved, untilAt: instant(step.at) }
    tell(telling, step, 'reopened', {})
  } else if (wasActive && step.after.status === 'closed') tell(telling, step, 'closed_unresolved', {})
  else if (wasActive) {
    const { wall, working } = telling.spent
    const isOwn = step.events.some(
      ({ kind, actor }) => kind === 'status_changed' && actor.type === 'assistant',
    )
    const configVersion = isOwn ? version : null
    telling.resolvedBy.set(episodeOf(step.after), { ...standingOf(step.after), configVersion })
    tell(telling, step, 'resolved', {
      ...since(step, opening),
      configVersion,
      spentMs: [...wall],
      spentWorkingMs: [...working],
    })
  }
}

function tellHands(telling: Telling, step: Step): void {
  const { before, after, events } = step
  if (events.some(({ kind }) => kind === 'message_added')) telling.hop = null
  if (before === null) return
  const isOther = (from: number | null, to: number | null) => from !== null && to !== null && from !== to
  if (isOther(before.assigneeId, after.assigneeId)) tell(telling, step, 'handoff', {})
  if (before.teamId === null || !isOther(before.teamId, after.teamId)) return
  tell(telling, step, 'team_hop', {})
  if (telling.hop !== null && telling.hop.from === after.teamId) tell(telling, step, 'ping_pong', {})
  telling.hop = { from: before.teamId }
}

/** What the assistant did, and what people made of it. */
function tellAssistant(telling: Telling, step: Step, version: number): void {
  for (const event of step.events) {
    if (saidBy(event) === 'assistant') tell(telling, step, 'assistant_answered', { configVersion: version })
    if (event.kind === 'assistant_escalated')
      tell(telling, step, 'assistant_escalated', { configVersion: version })
    if (event.kind === 'assistant_used') {
      const { use, configVersion } = event.payload
      tell(telling, step, `draft_${use}`, { configVersion })
    }
    if (
      event.kind === 'assistant_ran' &&
      event.payload.reason === 'holdout' &&
      !telling.counts.has('held_out')
    )
      tell(telling, step, 'held_out', {})
    if (
      event.kind === 'status_changed' &&
      event.actor.type === 'requester' &&
      event.payload.to === 'resolved'
    )
      tell(telling, step, 'confirmed', {})
  }
}

/** Under which version the assistant did what an update says: it notes that with it or right after. 0: it never has. */
function versionAt(steps: readonly Step[], index: number): number {
  const isAssistants = steps[index]?.events.some(
    ({ actor, kind }) => actor.type === 'assistant' || kind === 'assistant_escalated',
  )
  if (isAssistants !== true) return 0
  for (let at = Math.min(index + 1, steps.length - 1); at >= 0; at--) {
    const version = steps[at]?.events.flatMap(versionOf).at(-1)
    if (version !== undefined) return version
  }
  return 0
}

function versionOf(event: TicketEvent): number[] {
  return event.kind === 'assistant_ran' ? [event.payload.configVersion] : []
}

/** Who was asked, and what they said: an answer is told at the survey too, and a changed one in place of the first. */
function tellRatings(telling: Telling, step: Step): void {
  for (const { kind, payload } of step.events) {
    if (kind !== 'csat_sent' && kind !== 'csat_answered' && kind !== 'csat_changed') continue
    const { episode: nth, score = null } = payload
    const whose = telling.resolvedBy.get(nth) ?? { ...standingOf(step.after), configVersion: null }
    if (kind === 'csat_sent') tell(telling, step, 'surveyed', { nth, ...whose })
    else if (kind === 'csat_answered') {
      tell(telling, step, 'rated', { nth, score, ...whose })
      changeFact(telling, 'surveyed', nth, { untilAt: instant(step.at), score })
    } else for (const each of ['rated', 'surveyed'] as const) changeFact(telling, each, nth, { score })
  }
}

function changeFact({ facts }: Telling, kind: ReportKind, nth: number, more: Partial<ReportFact>): void {
  const at = facts.findIndex((fact) => fact.kind === kind && fact.nth === nth)
  const fact = facts[at]
  if (fact !== undefined) facts[at] = { ...fact, ...more }
}

/** A resolve that stands says whether one reply was enough for it. */
function settled({ facts, counts, talk }: Telling): ReportFact[] {
  const isPlain = talk.human === 1 && (counts.get('reopened') ?? 0) === 0
  return facts.map((fact) =>
    fact.kind === 'resolved' && fact.untilAt === null ? { ...fact, oneTouch: isPlain } : fact,
  )
}
