// The paths that a condition can ask about: of what type each is, which tests it takes, and where it may stand.
import type { Op } from '#rules/condition.ts'
import type { Directory, KnownField } from '#rules/directory.ts'
import type { Referred } from '#rules/thing.ts'
import { roles } from '#people/role.ts'
import { vias } from '#rules/scene.ts'
import {
  actorTypes,
  channels,
  directions,
  hidings,
  messageKinds,
  priorities,
  statuses,
  ticketTypes,
} from '#tickets/vocabulary.ts'

export type PathType =
  | 'choice'
  | 'reference'
  | 'set'
  | 'people'
  | 'text'
  | 'word'
  | 'number'
  | 'moment'
  | 'duration'
  | 'yes_no'
  | 'hours'

/** `rule`: needs an update or facts that lists do not have. `list`: needs a reader. */
export type Where = 'anywhere' | 'rule' | 'list'

export type PathSpec = {
  readonly type: PathType
  readonly where: Where
  readonly choices?: readonly string[]
  readonly refers?: Referred
  /** Whether the tests of change apply: what an update can change. */
  readonly changes?: boolean
  /** Whether it is never missing. */
  readonly present?: boolean
  readonly field?: KnownField
}

const choice = (choices: readonly string[], rest: Partial<PathSpec> = {}): PathSpec => ({
  type: 'choice',
  where: 'anywhere',
  choices,
  ...rest,
})
const reference = (refers: Referred, rest: Partial<PathSpec> = {}): PathSpec => ({
  type: 'reference',
  where: 'anywhere',
  refers,
  changes: true,
  ...rest,
})
const of = (type: PathType, where: Where = 'anywhere', rest: Partial<PathSpec> = {}): PathSpec => ({
  type,
  where,
  ...rest,
})

const changing = { changes: true }

const paths: Readonly<Record<string, PathSpec>> = {
  status: choice(statuses, { changes: true, present: true }),
  priority: choice(priorities, { changes: true, present: true }),
  type: choice(ticketTypes, changing),
  channel: choice(channels, { present: true }),
  team: reference('team'),
  assignee: reference('agent'),
  category: reference('category'),
  queue: reference('queue'),
  brand: reference('brand', { present: true }),
  mailbox: reference('mailbox', { changes: false }),
  form: of('number', 'anywhere', changing),
  onHoldLabel: of('number', 'anywhere', changing),
  language: of('word'),
  tags: of('set', 'anywhere', { changes: true, present: true }),
  participants: of('people', 'anywhere', { present: true }),
  number: of('number', 'anywhere', { present: true }),
  /** What the desk that it came from called it, such as ZD-4711. */
  old: of('word', 'list'),
  flag: choice(hidings),
  snoozed: of('yes_no'),
  unread: of('yes_no', 'list'),
  hasAttachment: of('yes_no'),
  subject: of('text'),
  text: of('text'),
  'anyMessage.text': of('text'),
  'message.text': of('text', 'rule'),
  'message.kind': choice(messageKinds, { where: 'rule' }),
  'message.direction': choice(directions, { where: 'rule' }),
  'message.author': of('number', 'rule'),
  'message.authorRole': choice(actorTypes, { where: 'rule' }),
  'message.thanks': of('yes_no', 'rule'),
  'message.hasAttachment': of('yes_no', 'rule'),
  'message.recipient': of('word', 'rule'),
  'message.isAutoReply': of('yes_no', 'rule'),
  requester: of('number'),
  'requester.name': of('text'),
  'requester.email': of('word'),
  'requester.domain': of('word'),
  'requester.language': of('word'),
  'requester.tags': of('set'),
  'requester.createdAt': of('moment'),
  organization: of('number'),
  'organization.name': of('word'),
  'organization.tags': of('set'),
  'count.reopens': of('number'),
  'count.publicReplies': of('number'),
  'count.inbound': of('number'),
  'count.assignees': of('number', 'rule'),
  'count.teams': of('number', 'rule'),
  'count.inboundSinceReply': of('number', 'rule'),
  'count.ruleFirings': of('number', 'rule'),
  created: of('moment'),
  updated: of('moment'),
  resolved: of('moment'),
  closed: of('moment'),
  age: of('duration'),
  timeInStatus: of('duration'),
  timeSinceInbound: of('duration'),
  timeSinceReply: of('duration'),
  timeSinceUpdate: of('duration'),
  timeSinceAssigned: of('duration', 'rule'),
  now: of('hours', 'rule'),
  'sla.policy': of('word', 'rule'),
  /** Seconds until the least due moment of a running clock; below zero when it has passed. */
  'sla.next': of('number'),
  /** From 1 to 5: 4 and 5 are good, and of good and bad alone they are 5 and 1. */
  rating: of('number', 'rule'),
  'actor.type': choice(actorTypes, { where: 'rule' }),
  'actor.id': of('number', 'rule'),
  'actor.role': choice(roles, { where: 'rule' }),
  via: choice(vias, { where: 'rule' }),
}

const assistantPaths = ['intent', 'category', 'language', 'sentiment', 'decision', 'escalationReason']

/** What is known of a path; null when there is none such. */
export function specOf(path: string, directory: Directory): PathSpec | null {
  const fixed = Object.hasOwn(paths, path) ? paths[path] : undefined
  if (fixed !== undefined) return fixed
  const [head = '', name = '', rest] = path.split('.')
  if (head === 'field') return rest === undefined ? fieldSpec(name, directory) : null
  if (head === 'sla') return clockSpec(rest)
  if (head === 'assistant' && assistantPaths.includes(name))
    return rest === undefined ? of('word', 'rule') : rest === 'confidence' ? of('number', 'rule') : null
  return null
}

/** Every path that rules can ask about, custom fields and the clocks of these metrics included. */
export function rulePaths(directory: Directory, metrics: readonly string[]): readonly string[] {
  const assistant = assistantPaths.flatMap((name) => [`assistant.${name}`, `assistant.${name}.confidence`])
  const clocks = metrics.flatMap((metric) =>
    ['state', 'secondsLeft', 'percentUsed', 'breached'].map((part) => `sla.${metric}.${part}`),
  )
  const fields = directory.fields.flatMap(({ key, archived, personal }) =>
    archived || personal ? [] : [`field.${key}`],
  )
  const own = Object.entries(paths).flatMap(([path, { where }]) => (where === 'list' ? [] : [path]))
  return [...own, ...fields, ...clocks, ...assistant]
}

function clockSpec(part: string | undefined): PathSpec | null {
  if (part === 'state') return of('word', 'rule')
  if (part === 'secondsLeft' || part === 'percentUsed') return of('number', 'rule')
  return part === 'breached' ? of('yes_no', 'rule') : null
}

function fieldSpec(key: string, { fields }: Directory): PathSpec | null {
  const field = fields.find((each) => each.key === key)
  if (field === undefined) return null
  const rest = { changes: true, field }
  switch (field.type) {
    case 'text':
    case 'long_text':
    case 'url':
      return of('text', 'anywhere', rest)
    case 'number':
      return of('number', 'anywhere', rest)
    case 'checkbox':
      return of('yes_no', 'anywhere', rest)
    case 'date':
      return of('moment', 'anywhere', rest)
    case 'select':
      return choice(field.options, rest)
    case 'multi_select':
      return of('set', 'anywhere', { ...rest, choices: field.options })
  }
}

const testsOf: Readonly<Record<PathType, readonly Op[]>> = {
  choice: ['is', 'in', 'not_in', 'empty'],
  reference: ['is', 'in', 'not_in', 'empty'],
  set: ['has_any', 'has_all', 'has_none', 'empty'],
  people: ['has_any', 'has_none', 'empty'],
  text: ['contains_word', 'contains_phrase', 'starts_with', 'matches', 'is', 'empty'],
  word: ['is', 'in', 'not_in', 'empty'],
  number: ['is', 'in', 'eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'empty'],
  moment: ['is', 'lt', 'lte', 'gt', 'gte', 'between', 'empty'],
  duration: ['lt', 'gte'],
  yes_no: ['is', 'empty'],
  hours: ['within_hours', 'on_holiday', 'weekday_in'],
}

const changeTests: readonly Op[] = ['changed', 'not_changed', 'changed_from', 'changed_to']

/** The tests that a path takes. */
export function opsOf(path: string, spec: PathSpec): readonly Op[] {
  const base = path === 'category' ? [...testsOf.reference, 'under' as const] : testsOf[spec.type]
  return spec.changes === true ? [...base, ...changeTests] : base
}

/** Whether a list can make a test: it has no update, no patterns, and finds words only where they are indexed. */
export function isListable(path: string, op: Op, spec: PathSpec): boolean {
  if (spec.where === 'rule' || changeTests.includes(op) || op === 'matches' || op === 'starts_with')
    return false
  if (spec.type !== 'text') return true
  const isWords = op === 'contains_word' || op === 'contains_phrase'
  if (spec.field !== undefined) return !isWords
  return isWords || (op === 'is' && path === 'subject')
}
