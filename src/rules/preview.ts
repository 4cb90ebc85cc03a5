// What a rule would have meant for recent tickets: each of their updates is put before its condition as it was then. A ticket
// matches when at least one update that the rule listens to finds the condition true.
import type { Instant } from '#kit/time.ts'
import { noCalendars } from '#rules/calendar.ts'
import { isLeaf, leavesOf, valuesOf, type Cond } from '#rules/condition.ts'
import type { Directory, Told } from '#rules/directory.ts'
import { holds } from '#rules/evaluate.ts'
import type { Rule } from '#rules/rule.ts'
import {
  noContent,
  type MessageText,
  type OrganizationFacts,
  type PersonFacts,
  type Scene,
} from '#rules/scene.ts'
import { historyOf } from '#rules/past.ts'
import { kindsOf, messagesIn, messagesStanding, ratingIn } from '#rules/update-kinds.ts'
import { conditionWords } from '#rules/words.ts'
import { episodesOf, type Episode } from '#rules/timers.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { byUpdate } from '#tickets/updates.ts'

/** A recent ticket with its log and what surrounds it. */
export type RecentTicket = {
  readonly log: readonly TicketEvent[]
  readonly subject: string
  readonly messages: readonly MessageText[]
  readonly requester: PersonFacts | null
  readonly organization: OrganizationFacts | null
}

type Moment = { readonly scene: Scene; readonly kinds: readonly string[] }

/** A recent ticket as the scenes of its updates. */
export type Course = {
  readonly ticket: Ticket
  readonly subject: string
  readonly moments: readonly Moment[]
}

/** The scenes of a ticket's updates, without what rules added to them. */
export function courseOf(recent: RecentTicket, directory: Directory, zone: string): Course | null {
  const moments: Moment[] = []
  let before: Ticket | null = null
  const { log } = recent
  let upTo = 0
  for (const update of byUpdate(log)) {
    upTo += update.length
    const own = update.filter((event, index) => index === 0 || event.actor.type !== 'rule')
    const now: Ticket | null = own.reduce<Ticket | null>(evolve, before)
    if (now !== null)
      moments.push(momentOf(recent, { before, now, own, upTo: log.slice(0, upTo) }, directory, zone))
    before = update.reduce<Ticket | null>(evolve, before)
  }
  return before === null ? null : { ticket: before, subject: recent.subject, moments }
}

function momentOf(
  { subject, messages, requester, organization }: RecentTicket,
  at: {
    readonly before: Ticket | null
    readonly now: Ticket
    readonly own: readonly TicketEvent[]
    readonly upTo: readonly TicketEvent[]
  },
  directory: Directory,
  zone: string,
): Moment {
  const { before, now, own, upTo } = at
  const kinds = kindsOf(own)
  const [first] = own
  const standing = new Set<number>(messagesStanding(upTo))
  const scene: Scene = {
    before,
    now,
    at: first?.at ?? now.updatedAt,
    zone,
    update: {
      kinds,
      actor: first?.actor ?? { type: 'system', id: null },
      actorRole: null,
      via: first?.actor.type === 'agent' ? 'ui' : 'mail',
      messageIds: own.flatMap(messagesIn),
      rating: ratingIn(own),
    },
    content: {
      ...noContent,
      subject,
      messages: messages.filter(({ id }) => standing.has(id)),
      requester,
      organization,
      history: historyOf(upTo),
    },
    directory,
    calendars: noCalendars,
    reader: null,
  }
  return { scene, kinds }
}

export type Previewed = {
  readonly matching: readonly { readonly course: Course; readonly moment: Moment }[]
  readonly funnel: readonly { readonly place: string; readonly words: string; readonly left: number }[]
}

/** Which tickets a rule would have matched, and how each further test of its condition leaves fewer. */
export function previewRule(
  rule: Pick<Rule, 'kind' | 'on' | 'if'>,
  courses: readonly Course[],
  directory: Told,
): Previewed {
  const listens = ({ kinds }: Moment) => rule.kind !== 'trigger' || rule.on.some((on) => kinds.includes(on))
  let left = courses.map((course) => ({ course, moments: course.moments.filter(listens) }))
  left = left.filter(({ moments }) => moments.length > 0)
  const funnel = [{ place: 'on', words: '', left: left.length }]
  for (const { cond, place } of stepsOf(rule.if)) {
    left = left.flatMap(({ course, moments }) => {
      const true_ = moments.filter(({ scene }) => holds(cond, scene))
      return true_.length === 0 ? [] : [{ course, moments: true_ }]
    })
    funnel.push({ place, words: conditionWords(cond, directory), left: left.length })
  }
  const matching = left.flatMap(({ course, moments }) => {
    const [moment] = moments
    return moment === undefined ? [] : [{ course, moment }]
  })
  return { matching, funnel }
}

/** The parts that must all hold, one after the other. */
function stepsOf(cond: Cond): readonly { readonly cond: Cond; readonly place: string }[] {
  if (isLeaf(cond) || !('all' in cond)) return [{ cond, place: 'if' }]
  return cond.all.map((each, index) => ({ cond: each, place: `if.all[${index}]` }))
}

/** Other rules that mean many of the same tickets, the most first. */
export function overlapsOf(
  { matching }: Previewed,
  others: readonly Rule[],
): readonly { readonly ruleId: number; readonly title: string; readonly share: number }[] {
  const some = matching.slice(0, 200)
  if (some.length === 0) return []
  const shares = others.map((rule) => {
    const both = some.filter(
      ({ moment }) => rule.on.some((on) => moment.kinds.includes(on)) && holds(rule.if, moment.scene),
    )
    return { ruleId: rule.id, title: rule.title, share: both.length / some.length }
  })
  return shares
    .filter(({ share }) => share >= 0.5)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 5)
}

/** On how many of these tickets a timer rule would be overdue already, were it live at `at`; null for other rules. */
export function overdueAt(rule: Rule, courses: readonly Course[], at: Instant): number | null {
  if (rule.kind !== 'timer') return null
  const ready = [{ rule, version: '' }]
  return courses.filter(({ ticket, moments }) => {
    let known: readonly Episode[] = []
    for (const [index, { scene }] of moments.entries()) {
      const after = moments[index + 1]?.scene.before ?? ticket
      known = episodesOf(ready, { ...scene, now: after }, known)
    }
    return known.some(({ dueAt }) => dueAt !== null && dueAt <= at)
  }).length
}

/** Words of the condition that a sample marks. */
export function wordsToMark(cond: Cond): readonly string[] {
  return leavesOf(cond).flatMap(({ leaf }) =>
    ['contains_word', 'contains_phrase', 'starts_with'].includes(leaf.op) ? valuesOf(leaf).map(String) : [],
  )
}

/** How many of these tickets were opened in each of so many weeks, the present one last. */
export function byWeek(tickets: readonly Ticket[], at: Instant, weeks: number): readonly number[] {
  const counts = Array.from({ length: weeks }, () => 0)
  for (const { openedAt } of tickets) {
    const ago = Math.floor((Date.parse(at) - Date.parse(openedAt)) / (7 * 86_400_000))
    const index = weeks - 1 - ago
    if (index >= 0 && index < weeks) counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}
