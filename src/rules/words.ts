// A rule in plain English: its condition, its actions, and the whole as one sentence. For people; nothing reads it back.
import { isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { namesFor, type Directory } from '#rules/directory.ts'
import { durationText } from '#rules/moment.ts'
import { specOf } from '#rules/paths.ts'
import type { Action, Recipient, Rule } from '#rules/rule.ts'

/** The rule as one sentence: "When a ticket is created, if priority is high: assign Ada." */
export function sentenceOf(rule: Rule, directory: Directory): string {
  const when =
    rule.kind === 'timer'
      ? timerWords(rule, directory)
      : rule.kind === 'macro'
        ? 'When another rule runs it'
        : eventWords(rule)
  const cond = conditionWords(rule.if, directory)
  const what = rule.do.map((action) => actionWords(action, directory)).join(', ')
  const stop = rule.stop ? ', and stop' : ''
  return `${when}${cond === '' ? '' : `, if ${cond}`}: ${what === '' ? 'do nothing' : what}${stop}.`
}

const events: Readonly<Record<string, string>> = {
  created: 'a ticket is created',
  inbound_message: 'a customer writes',
  outbound_message: 'a reply is sent',
  note: 'a note is added',
  field_change: 'a field changes',
  status_change: 'the status changes',
  assignment: 'the ticket is assigned',
  reopened: 'the ticket is reopened',
  merged: 'tickets are merged',
  sla_warning: 'a clock runs low',
  sla_breached: 'a clock is breached',
  csat: 'a customer rates',
  assistant_run: 'the assistant has run',
  delivery_failed: 'a mail cannot be delivered',
  any: 'anything happens',
}

function eventWords({ on }: Rule): string {
  return `When ${on.map((kind) => events[kind] ?? kind).join(' or ') || 'nothing happens'}`
}

function timerWords({ timer }: Rule, directory: Directory): string {
  const repeat =
    timer?.repeatEvery === undefined ? '' : `, and every ${durationText(timer.repeatEvery)} after`
  if (timer?.at === undefined) return `Once it has been so for ${durationText(timer?.hold ?? 0)}${repeat}`
  const label = directory.fields.find(({ key }) => key === timer.at)?.label ?? timer.at
  const { offset = 0 } = timer
  const when = offset === 0 ? 'On' : `${durationText(Math.abs(offset))} ${offset < 0 ? 'before' : 'after'}`
  return `${when} the day in ${label}${repeat}`
}

/** A condition in words; empty when it always holds. */
export function conditionWords(cond: Cond, directory: Directory, inside = false): string {
  if (isLeaf(cond)) return leafWords(cond, directory)
  if ('not' in cond) return `not (${conditionWords(cond.not, directory)})`
  const [parts, word] = 'all' in cond ? ([cond.all, ' and '] as const) : ([cond.any, ' or '] as const)
  if (parts.length === 0) return 'all' in cond ? '' : 'never'
  const text = parts.map((part) => conditionWords(part, directory, true)).join(word)
  return inside && parts.length > 1 ? `(${text})` : text
}

const tests: Readonly<Record<string, string>> = {
  is: 'is',
  in: 'is one of',
  not_in: 'is none of',
  under: 'is under',
  changed_from: 'changes from',
  changed_to: 'changes to',
  has_any: 'has any of',
  has_all: 'has all of',
  has_none: 'has none of',
  contains_word: 'contains',
  contains_phrase: 'contains the phrase',
  starts_with: 'starts with',
  matches: 'matches the pattern',
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  weekday_in: 'is on',
}

const days = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** One test in words. */
export function leafWords(leaf: Leaf, directory: Directory): string {
  const path = pathWords(leaf.field, directory)
  const { value } = leaf
  switch (leaf.op) {
    case 'empty':
      return value === false ? `${path} is set` : `${path} is not set`
    case 'changed': {
      const { from, to } = (typeof value === 'object' && !Array.isArray(value) ? value : {}) as Span
      const ends = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`]
      return `${path} changes${ends.join('')}`
    }
    case 'not_changed':
      return `${path} does not change`
    case 'within_hours':
      return 'it is within working hours'
    case 'on_holiday':
      return 'it is a holiday'
    case 'between': {
      const { from, to } = value as Span
      return `${path} is between ${from} and ${to}`
    }
    default:
      if (typeof value === 'boolean') return `${path} is ${value ? 'yes' : 'no'}`
      return `${path} ${tests[leaf.op] ?? leaf.op} ${listed(leaf, directory)}`
  }
}

/** Several values: one is enough, unless all must be there. */
function listed(leaf: Leaf, directory: Directory): string {
  const words = valuesOf(leaf).map((each) => valueWords(leaf, each, directory))
  const last = words.at(-1) ?? '?'
  if (words.length < 2) return last
  return `${words.slice(0, -1).join(', ')} ${leaf.op === 'has_all' ? 'and' : 'or'} ${last}`
}

/** A path in words: `count.publicReplies` as "count public replies". */
export function pathWords(path: string, { fields }: Directory): string {
  if (path.startsWith('field.'))
    return fields.find(({ key }) => key === path.slice('field.'.length))?.label ?? path
  return path
    .replaceAll('.', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}

function valueWords(leaf: Leaf, value: string | number, directory: Directory): string {
  const spec = specOf(leaf.field, directory)
  if (spec?.refers !== undefined)
    return namesFor(spec.refers, directory).find(({ id }) => id === value)?.name ?? `${spec.refers} ${value}`
  if (leaf.op === 'weekday_in') return days[Number(value)] ?? String(value)
  if (spec?.type === 'duration' && typeof value === 'number') return durationText(value)
  return spec?.type === 'text' ? `“${value}”` : String(value)
}

/** One action in words. */
export function actionWords(action: Action, directory: Directory): string {
  const named = (kind: 'team' | 'agent' | 'category' | 'queue', id: number) =>
    namesFor(kind, directory).find((each) => each.id === id)?.name ?? `${kind} ${id}`
  if ('setStatus' in action) return `set status to ${action.setStatus.replace('_', ' ')}`
  if ('setPriority' in action) return `set priority to ${action.setPriority}`
  if ('setType' in action) return action.setType === null ? 'clear the type' : `set type to ${action.setType}`
  if ('setTeam' in action)
    return action.setTeam === null ? 'take it off its team' : `move it to ${named('team', action.setTeam)}`
  if ('setQueue' in action)
    return action.setQueue === null
      ? 'take it off its queue'
      : `queue it in ${named('queue', action.setQueue)}`
  if ('setCategory' in action)
    return action.setCategory === null
      ? 'clear the category'
      : `set category to ${named('category', action.setCategory)}`
  if ('assign' in action) {
    if (action.assign === 'none') return 'unassign it'
    if (action.assign === 'leastLoaded') return 'assign whoever in its team has least to do'
    return action.assign === 'currentAgent'
      ? 'assign whoever acts'
      : `assign ${named('agent', action.assign)}`
  }
  if ('setField' in action) {
    const label =
      directory.fields.find(({ key }) => key === action.setField.field)?.label ?? action.setField.field
    return action.setField.value === null
      ? `clear ${label}`
      : `set ${label} to ${String(action.setField.value)}`
  }
  if ('addTags' in action) return `add ${listWords('tag', action.addTags)}`
  if ('removeTags' in action) return `remove ${listWords('tag', action.removeTags)}`
  if ('addFollower' in action)
    return action.addFollower === 'currentAgent'
      ? 'let whoever acts follow'
      : `let ${named('agent', action.addFollower)} follow`
  if ('removeFollower' in action) return `${named('agent', action.removeFollower)} no longer follows`
  if ('snooze' in action) return `snooze for ${durationText(action.snooze)}`
  if ('addNote' in action) return `note “${action.addNote.template}”`
  if ('reply' in action)
    return `reply “${action.reply.template}” to ${action.reply.to === 'all' ? 'everybody' : 'the requester'}`
  if ('notify' in action)
    return `mail “${action.notify.template}” to ${action.notify.to.map((to) => recipientWords(to, directory)).join(', ')}`
  if ('webhook' in action) return `tell the webhook “${action.webhook.endpoint}”`
  if ('link' in action) return `link it to #${action.link.ticketId}`
  if ('runAssistant' in action) return 'ask the assistant'
  return `run the shared actions “${action.runMacro}”`
}

function listWords(noun: string, names: readonly string[]): string {
  return `${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`
}

function recipientWords(recipient: Recipient, directory: Directory): string {
  const [kind, id] = recipient.split(':')
  if (id === undefined) return `the ${kind === 'owner' ? 'rule’s owner' : kind}`
  const names = kind === 'team' ? directory.teams : directory.agents
  return names.find((each) => each.id === Number(id))?.name ?? recipient
}
