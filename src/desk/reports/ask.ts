// From words to a report: what a key, a window, a filter and a field mean on this desk today, for whom.
import type { Desk } from '#desk/desk.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { isZone, localDate, offsetAt, opensAt } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'
import { can, type Principal, type Reader } from '#people/can.ts'
import { measuresOfBoard, type Comparison } from '#reporting/boards.ts'
import { bucketsOf, MOST_BUCKETS, type Window } from '#reporting/buckets.ts'
import { isMeasureKey, isOnesOwn, measures, type Measure, type MeasureKey } from '#reporting/measures.ts'
import type { Asked } from '#reporting/report.ts'
import type { Scope } from '#reporting/scope-store.ts'
import {
  bucketSizes,
  groupFields,
  type BucketSize,
  type GroupField,
  type HoursKind,
} from '#reporting/vocabulary.ts'
import { referencesIn, type Reference } from '#rules/references.ts'
import type { Cond } from '#rules/condition.ts'
import { periodOf } from '#rules/moment.ts'
import { parseQuery } from '#rules/query.ts'

/** As it is typed. */
export type Words = {
  readonly key: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly zone?: string | undefined
  readonly filter?: string | undefined
  /** The filter, where it was read already. */
  readonly cond?: Cond | undefined
  readonly by?: string | undefined
  readonly bucket?: string | undefined
  readonly hours?: HoursKind | undefined
  readonly compare?: Comparison | undefined
}

/** For whom: `everybody` when the numbers of single people may be shown, else the reader's own alone. */
export type Asker = { readonly reader: Reader; readonly people: 'everybody' | 'own' }

/** An agent asks: numbers of single people are for leads, everybody has their own. */
export function askerOf(principal: Principal): Asker {
  return { reader: principal, people: can(principal, 'routing.lead') ? 'everybody' : 'own' }
}

/** What is asked, and when each of its stretches begins. */
type Stretches = { readonly asked: Asked; readonly begins: readonly Instant[] }
export type Question = Stretches & {
  readonly scope: Scope
  /** What it is compared with. */
  readonly earlier: Stretches | null
}
export type Understood =
  | { readonly ok: true; readonly question: Question }
  | { readonly ok: false; readonly path: string; readonly message: string }

const DEFAULT_DAYS = 30
const DAY = 86_400_000

const wrong = (path: string, message: string): Understood => ({ ok: false, path, message })

/** Reads a question, or says what of it is not understood. A day means the whole of it, at either end. */
export async function understand(desk: Desk, words: Words, { reader, people }: Asker): Promise<Understood> {
  const setup = await desk.setup.now()
  const now = desk.clock.now()
  const { key, zone = setup.desk.timeZone, by = null, bucket = null, hours = 'business' } = words
  if (!isMeasureKey(key)) return wrong('key', `There is no measure ${key}.`)
  if (!isZone(zone)) return wrong('zone', `${zone} is no time zone`)
  const [from, to] = [words.from ?? daysAgo(zone, now), words.to ?? 'today'].map((text) =>
    periodOf(text, now, zone),
  )
  if (from === null || from === undefined) return wrong('from', 'is no day and no moment')
  if (to === null || to === undefined) return wrong('to', 'is no day and no moment')
  if (from.from >= to.to) return wrong('to', 'is not after `from`')
  if (by !== null && !isFieldOf(by, key)) return wrong('by', `${key} is told by ${fieldsOf(key).join(', ')}`)
  if (bucket !== null && !isSizeFor(bucket, key))
    return wrong('bucket', `is day, week or month, and not of ${key}`)
  const window = { from: from.from, to: to.to, zone }
  const begins = bucketsOf(window, bucket)
  if (begins === null)
    return wrong('bucket', `makes more than ${MOST_BUCKETS}: take longer ones, or less time`)
  const { cond, ignored } =
    words.cond === undefined
      ? parseQuery(words.filter ?? '', setup.directory)
      : { cond: words.cond, ignored: [] }
  const [odd] = ignored
  if (odd !== undefined) {
    const hint = odd.suggestion === null ? '' : ` Did you mean ${odd.suggestion}?`
    return wrong('filter', `${odd.term} is not understood.${hint}`)
  }
  const how = { directory: setup.directory, at: now, zone, everywhere: true as const }
  const isPersonal = by === 'assignee' || by === 'author'
  const isOwn = people === 'own' || isOnesOwn(key)
  const names = ({ kind, id }: Reference) => kind === 'agent' && Number(id) !== reader.agentId
  if (isOwn && referencesIn(cond).some(names))
    return wrong(
      'filter',
      people === 'own'
        ? 'names another agent. Numbers of single people are for leads; everybody has their own.'
        : 'names another agent. How long somebody had tickets before them is for themselves to know.',
    )
  // What was said of somebody's resolves is for them and for leads.
  const ownOf = isOwn && (isPersonal || key === 'reviewed') ? reader.agentId : null
  const asked = { ...window, key, by, bucket, hours }
  const earlier = words.compare === undefined ? null : earlierThan(asked, words.compare, now)
  return { ok: true, question: { asked, begins, earlier, scope: { reader, ownOf, cond, how, now } } }
}

/** The same, earlier: of a window that is not over yet no more than what there has been of it. */
function earlierThan(asked: Asked, compare: Comparison, now: Instant): Stretches {
  const { zone, from, to } = asked
  const wall = (at: Instant) => Date.parse(at) + offsetAt(zone, Date.parse(at))
  const back = compare === 'year' ? 52 * 7 * DAY : wall(to) - wall(from)
  const shifted = (at: Instant) => instant(opensAt(zone, wall(at) - back))
  const window: Window = { zone, from: shifted(from), to: shifted(to) }
  const begins = bucketsOf(window, asked.bucket) ?? [window.from]
  return { asked: { ...asked, ...window, to: shifted(to < now ? to : now) }, begins }
}

/** The day with which a window of a month, today included, begins. */
function daysAgo(zone: string, now: Instant): string {
  const today = Date.parse(`${localDate(zone, Date.parse(now))}T00:00:00Z`)
  return instant(opensAt(zone, today - (DEFAULT_DAYS - 1) * DAY))
}

const REPLIES: readonly MeasureKey[] = [
  'firstReplyTime',
  'assistantFirstReplyTime',
  'firstAnyReplyTime',
  'nextReplyTime',
  'publicReplies',
]

/** By assignee it would be told of single people. */
const OF_TOUCHES: readonly GroupField[] = ['team', 'category', 'priority', 'channel', 'brand', 'author']

/** The fields that a measure can be told by. */
export function fieldsOf(key: MeasureKey): readonly GroupField[] {
  const { source }: Measure = measures[key]
  return groupFields.filter((field) => {
    if (source.from === 'touches') return OF_TOUCHES.includes(field)
    if (field === 'question') return source.from === 'reviews'
    if (field === 'author') return REPLIES.includes(key)
    if (field === 'status') return source.from === 'backlog' || source.from === 'ages'
    if (field === 'version') return (measuresOfBoard.assistant as readonly MeasureKey[]).includes(key)
    if (field === 'age') return source.from === 'ages'
    if (field === 'cause') return key === 'slaBreaches'
    if (field === 'weekhour') return source.from === 'counts'
    if (source.from === 'mails' && source.which !== 'sent') return field === 'reason'
    if (field === 'reason') return false
    const isOfClocks = field === 'policy' || field === 'metric' || field === 'hour'
    return !isOfClocks || source.from === 'clocks'
  })
}

function isFieldOf(by: string, key: MeasureKey): by is GroupField {
  return (fieldsOf(key) as readonly string[]).includes(by)
}

function isSizeFor(bucket: string, key: MeasureKey): bucket is BucketSize {
  const { source }: Measure = measures[key]
  return (bucketSizes as readonly string[]).includes(bucket) && source.from !== 'ages'
}

/** What groups are called; what is gone by now is called by its number. */
export function namesFor({ directory, sla }: Setup, by: GroupField | null): (group: string) => string {
  const named = (all: readonly { readonly id: number; readonly name: string }[]) => (group: string) =>
    all.find(({ id }) => String(id) === group)?.name ?? `#${group}`
  switch (by) {
    case 'team':
      return named(directory.teams)
    case 'assignee':
    case 'author':
      return named(directory.agents)
    case 'category':
      return named(directory.categories.map(({ id, path }) => ({ id, name: path })))
    case 'brand':
      return named(directory.brands)
    case 'policy':
      return (group) => `${sla.versions.get(group)?.title ?? '#'} (${group.split('@')[1]})`
    default:
      return (group) => group
  }
}
