// When timer rules are due on a ticket. An episode begins when a rule's condition becomes true and ends when it becomes false;
// the rule fires once in it, so long after its beginning, and again only where it says so. Pure: the live scheduler and a
// backtest agree.
import { plus, type Instant } from '#kit/time.ts'
import { periodOf } from '#rules/moment.ts'
import { calendarOf } from '#rules/calendar.ts'
import { isLeaf, leavesOf, valuesOf, type Cond } from '#rules/condition.ts'
import { holds } from '#rules/evaluate.ts'
import type { TimerSpec } from '#rules/rule.ts'
import type { Scene } from '#rules/scene.ts'
import type { ReadyRule } from '#rules/settle.ts'
import { specOf } from '#rules/paths.ts'
import { ofTicket, sinceOf } from '#rules/values.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import { isActive, isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** What is known of a rule on a ticket: where the episode began and how often it has fired in it. */
export type Episode = {
  readonly ruleId: number
  readonly startSeq: number
  readonly startedAt: Instant
  readonly dueAt: Instant | null
  readonly fired: number
  readonly firedAt: Instant | null
}

/** The episodes of a ticket after an update at `scene.at`, and those that time alone will begin. None on a closed or flagged ticket. */
export function episodesOf(
  timers: readonly ReadyRule[],
  scene: Scene,
  known: readonly Episode[],
): readonly Episode[] {
  const { status } = scene.now
  if (isFlagged(scene.now) || (!isActive(status) && status !== 'resolved')) return []
  return timers.flatMap(({ rule }) => {
    if (rule.timer === undefined) return []
    const own = known.filter(({ ruleId }) => ruleId === rule.id)
    const episode =
      rule.timer.at === undefined
        ? episodeOf(rule.id, rule.if, scene, own.find(({ startedAt }) => startedAt <= scene.at) ?? null)
        : datedEpisode({ ...rule, timer: rule.timer }, rule.timer.at, scene, own)
    return episode === null ? [] : [{ ...episode, dueAt: dueAt(episode, rule.timer, scene) }]
  })
}

/**
 * Whether an episode may be open on a ticket as it was before an update: surely not, where every condition is about the
 * ticket's own state alone and did not hold.
 */
export function mayBeOpen(timers: readonly ReadyRule[], scene: Scene, before: Ticket): boolean {
  return timers.some(({ rule }) => !isOfState(rule.if, scene) || holds(rule.if, { ...scene, now: before }))
}

function isOfState(cond: Cond, scene: Scene): boolean {
  return leavesOf(cond).every(({ leaf }) => {
    const type = specOf(leaf.field, scene.directory)?.type
    const isTimeless = type !== 'moment' && type !== 'duration' && type !== 'hours'
    return isTimeless && ofTicket(leaf.field, scene.now, scene.directory) !== undefined
  })
}

function episodeOf(ruleId: number, cond: Cond, scene: Scene, begun: Episode | null): Episode | null {
  if (holds(cond, scene)) return begun ?? fresh(ruleId, scene, scene.at)
  const startsAt = turns(cond, scene).find((at) => holds(cond, { ...scene, at }))
  return startsAt === undefined ? null : fresh(ruleId, scene, startsAt)
}

/**
 * The episode of a day on the ticket: another day begins another. One whose moment has passed when the day is set, or when the
 * condition begins to hold, counts as fired.
 */
function datedEpisode(
  { id, if: cond, timer }: { readonly id: number; readonly if: Cond; readonly timer: TimerSpec },
  field: string,
  scene: Scene,
  known: readonly Episode[],
): Episode | null {
  const dated = scene.directory.fields.find(({ key }) => key === field)
  const day = dated === undefined ? undefined : scene.now.fields[dated.id]
  const startedAt = typeof day === 'string' ? (periodOf(day, scene.at, scene.zone)?.from ?? null) : null
  if (startedAt === null || !holds(cond, scene)) return null
  const begun = known.find((each) => each.startedAt === startedAt)
  if (begun !== undefined) return begun
  const episode = fresh(id, scene, startedAt)
  const due = dueAt(episode, timer, scene)
  return due === null || due > scene.at ? episode : { ...episode, fired: 1, firedAt: due }
}

function fresh(ruleId: number, { now }: Scene, startedAt: Instant): Episode {
  return { ruleId, startSeq: now.seq, startedAt, dueAt: null, fired: 0, firedAt: null }
}

/** A timer rule whose moment has come, as `settle` runs it: whatever the update is. */
export function asTrigger(ready: ReadyRule): ReadyRule {
  return { ...ready, rule: { ...ready.rule, kind: 'trigger', on: ['any'] } }
}

/**
 * The episodes of a timer rule on a ticket that is there already when the rule goes live, and whether it was overdue: as if the rule
 * had been there all along, and what is overdue skipped, fired or spread as the rule says. An episode in which it has fired stays.
 */
export function episodesAtPublish(
  ready: ReadyRule,
  scene: Scene,
  known: readonly Episode[],
  log: readonly TicketEvent[],
): { readonly episodes: readonly Episode[]; readonly overdue: boolean } {
  const { at, now } = scene
  const episodes = episodesOf([ready], scene, known.length > 0 ? known : through(log, ready, scene))
  const overdue = episodes.some(({ dueAt: due, fired }) => fired === 0 && due !== null && due <= at)
  if (!overdue) return { episodes, overdue }
  return {
    overdue,
    episodes: episodes.map((each) => overdueAs(each, ready.rule.timer?.onPublish, now.id, at)),
  }
}

/** The episode that is open at the end of a log, as if the rule had been there all along. */
function through(log: readonly TicketEvent[], ready: ReadyRule, scene: Scene): readonly Episode[] {
  let known: readonly Episode[] = []
  let ticket: Ticket | null = null
  for (const [index, event] of log.entries()) {
    ticket = evolve(ticket, event)
    const isLast = log[index + 1]?.updateId !== event.updateId
    if (isLast) known = episodesOf([ready], { ...scene, now: ticket, at: event.at }, known)
  }
  return known
}

/** What becomes of an episode that should have fired before the rule was there. */
function overdueAs(
  episode: Episode,
  onPublish: TimerSpec['onPublish'] = 'skip',
  ticketId: number,
  at: Instant,
): Episode {
  if (onPublish === 'fire') return episode
  if (onPublish === 'skip') return { ...episode, fired: 1, firedAt: at, dueAt: null }
  // Spread evenly by the ticket's number: the same each time.
  const share = ((ticketId * 2_654_435_761) % 4_294_967_296) / 4_294_967_296
  return { ...episode, dueAt: plus(at, Math.round(share * onPublish.spreadHours * 3_600)) }
}

/** When the rule is to fire next in an episode; null when it has fired as often as it may. */
function dueAt(
  { startedAt, fired, firedAt }: Episode,
  timer: TimerSpec,
  { calendars }: Scene,
): Instant | null {
  const after = (from: Instant, seconds: number) =>
    calendarOf(timer.calendar) === null
      ? plus(from, seconds)
      : calendars.plus(timer.calendar ?? 'always', from, seconds)
  if (fired === 0 || firedAt === null) return after(startedAt, timer.hold ?? timer.offset ?? 0)
  const { repeatEvery, maxRepeats = Infinity } = timer
  return repeatEvery === undefined || fired > maxRepeats ? null : after(firedAt, repeatEvery)
}

/** The instants after now at which a test of time comes out otherwise, in order. */
function turns(cond: Cond, scene: Scene): readonly Instant[] {
  return [...new Set(turnsIn(cond, scene))].filter((at) => at > scene.at).toSorted()
}

function turnsIn(cond: Cond, scene: Scene): readonly Instant[] {
  if ('all' in cond) return cond.all.flatMap((each) => turnsIn(each, scene))
  if ('any' in cond) return cond.any.flatMap((each) => turnsIn(each, scene))
  if ('not' in cond) return turnsIn(cond.not, scene)
  if (!isLeaf(cond)) return []
  const since = sinceOf(cond.field, scene)
  const [seconds] = valuesOf(cond)
  if (since == null || typeof seconds !== 'number') return []
  const at =
    calendarOf(cond.calendar) === null
      ? plus(since, seconds)
      : scene.calendars.plus(cond.calendar ?? 'always', since, seconds)
  return at === null ? [] : [at]
}
