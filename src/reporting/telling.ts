// The facts of a ticket's life, told update by update. It goes on from where it was kept just as from the beginning, so that an update
// need not read what was before it.
import { instant, type Instant } from '#kit/time.ts'
import type { Moment, Step } from '#reporting/steps.ts'
import { repliesOf, saidBy, startTalk } from '#reporting/talk.ts'
import { isActive } from '#tickets/status.ts'
import { plainFact, standingOf, type ReportStanding } from '#tickets/report-standing.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'
import { episodeOf } from '#tickets/survey.ts'
import type { ReportFold, Talk } from '#tickets/write/report-fold.ts'
import type { ReportFact, ReportKind } from '#tickets/write/report-store.ts'

/** The facts so far, and what the next ones are told by. */
export type Telling = {
  readonly facts: ReportFact[]
  readonly counts: Map<ReportKind, number>
  readonly spent: { readonly wall: number[]; readonly working: number[] }
  talk: Talk
  /** The last change of team while nothing was written since. */
  hop: { readonly from: number } | null
  /** Whose each resolve was, by episode: a rating is theirs, whatever happens to the ticket later. */
  readonly resolvedBy: Map<number, ReportStanding & Pick<ReportFact, 'configVersion'>>
}

/** Nothing told yet; or all that was told until a fold was kept, of which only the resolve that stands is at hand. */
export function startTelling(kept: ReportFold | null): Telling {
  const zeros = () => activeStatuses.map(() => 0)
  return {
    // Whether one reply was enough is said anew in the end.
    facts: kept?.resolved == null ? [] : [{ ...kept.resolved, oneTouch: null }],
    counts: new Map(Object.entries(kept?.counts ?? {}) as [ReportKind, number][]),
    spent: { wall: [...(kept?.spent ?? zeros())], working: [...(kept?.spentWorking ?? zeros())] },
    talk: kept?.talk ?? startTalk,
    hop: kept?.hop == null ? null : { from: kept.hop },
    resolvedBy: new Map(),
  }
}

/** Tells what an update counts as; `version` of the assistant as it did it. */
export function tellStep(
  telling: Telling,
  step: Step,
  last: Moment | undefined,
  opening: Moment,
  version: number,
): void {
  spend(telling, step, last)
  if (step.before === null) tell(telling, step, 'opened', {})
  tellReplies(telling, step, opening)
  tellStatus(telling, step, opening, version)
  tellHands(telling, step)
  tellRatings(telling, step)
  tellAssistant(telling, step, version)
}

function spend({ spent }: Telling, { at, worked, before }: Step, last: Moment | undefined): void {
  if (last === undefined || before === null || !isActive(before.status)) return
  const place = activeStatuses.indexOf(before.status)
  spent.wall[place] = (spent.wall[place] ?? 0) + at - last.at
  spent.working[place] = (spent.working[place] ?? 0) + worked - last.worked
}

function tell({ facts, counts }: Telling, step: Step, kind: ReportKind, more: Partial<ReportFact>): void {
  const nth = more.nth ?? (counts.get(kind) ?? 0) + 1
  counts.set(kind, nth)
  facts.push({ kind, nth, at: instant(step.at), ...standingOf(step.after), ...plainFact, ...more })
}

function since(step: Step, from: Moment): { sinceAt: Instant; workingMs: number } {
  return { sinceAt: instant(from.at), workingMs: step.worked - from.worked }
}

function tellReplies(telling: Telling, step: Step, opening: Moment): void {
  const { replies, talk } = repliesOf(telling.talk, step)
  telling.talk = talk
  for (const { kind, nth, authorId, asked } of replies) {
    const from = kind === 'next_reply' ? asked : kind === 'further_reply' ? null : opening
    tell(telling, step, kind, { nth, authorId, ...(from === null ? {} : since(step, from)) })
  }
}

function tellStatus(telling: Telling, step: Step, opening: Moment, version: number): void {
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

/** Changes a fact that was told. */
export function changeFact(
  { facts }: Telling,
  kind: ReportKind,
  nth: number,
  more: Partial<ReportFact>,
): void {
  const at = facts.findIndex((fact) => fact.kind === kind && fact.nth === nth)
  const fact = facts[at]
  if (fact !== undefined) facts[at] = { ...fact, ...more }
}

/** A resolve that stands says whether one reply was enough for it. */
export function settled({ facts, counts, talk }: Telling): ReportFact[] {
  const isPlain = talk.human === 1 && (counts.get('reopened') ?? 0) === 0
  return facts.map((fact) =>
    fact.kind === 'resolved' && fact.untilAt === null ? { ...fact, oneTouch: isPlain } : fact,
  )
}
