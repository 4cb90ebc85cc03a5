// What one term of a search text asks: `priority>=high`, `created:-7d`, `team:"North"`, as a condition.
import { nearest } from '#kit/near.ts'
import { typedDomain, typedKey } from '#mail/address.ts'
import type { Cond, Op } from '#rules/condition.ts'
import { idOf, namesFor, type Directory } from '#rules/directory.ts'
import type { Referred } from '#rules/thing.ts'
import { secondsOf } from '#rules/moment.ts'
import { specOf, type PathSpec } from '#rules/paths.ts'
import { wordFor, words } from '#tickets/property.ts'
import { activeStatuses, priorities } from '#tickets/vocabulary.ts'
import type { Sign, TermToken } from '#rules/query-lex.ts'

/** A condition, or why the term cannot be read, with what may have been meant. */
export type Meant = Cond | { readonly wrong: string; readonly suggestion: string | null }

/** Keys of the text form and the path each asks about. */
export const keyPaths: Readonly<Record<string, string>> = {
  status: 'status',
  ...Object.fromEntries(words.map((name) => [wordFor(name), wordFor(name)])),
  assignee: 'assignee',
  team: 'team',
  queue: 'queue',
  tag: 'tags',
  category: 'category',
  brand: 'brand',
  channel: 'channel',
  requester: 'requester',
  org: 'organization.name',
  cc: 'participants',
  is: 'is',
  has: 'hasAttachment',
  number: 'number',
  old: 'old',
  created: 'created',
  updated: 'updated',
  resolved: 'resolved',
  closed: 'closed',
  due: 'due',
  waiting: 'timeInStatus',
  age: 'age',
  replied: 'timeSinceReply',
  heard: 'timeSinceInbound',
  sla: 'sla.next',
  lang: 'language',
  reopens: 'count.reopens',
  replies: 'count.publicReplies',
  subject: 'subject',
  body: 'anyMessage.text',
}

/** Values of `is:` and what each means. */
export const flags: Readonly<Record<string, Cond>> = {
  spam: { field: 'flag', op: 'is', value: 'spam' },
  deleted: { field: 'flag', op: 'is', value: 'deleted' },
  merged: { field: 'flag', op: 'is', value: 'merged' },
  snoozed: { field: 'snoozed', op: 'is', value: true },
  unassigned: { field: 'assignee', op: 'empty', value: true },
  mine: { field: 'assignee', op: 'is', value: 'me' },
  unread: { field: 'unread', op: 'is', value: true },
  overdue: { field: 'sla.next', op: 'lt', value: 0 },
}

/** The condition that a term means. */
export function meaningOf(term: TermToken, directory: Directory): Meant {
  const path = pathOf(term.key)
  if (path === null) return { wrong: `There is no "${term.key}" to search by`, suggestion: nearKey(term) }
  if (term.values.length === 0) return { wrong: `"${term.key}" needs a value`, suggestion: null }
  if (path === 'is') return flagsOf(term)
  if (path === 'hasAttachment') return hasOf(term)
  if (path === 'requester') return anyOf(term.values.map((value) => requesterIs(value)))
  const spec = specOf(path, directory)
  if (spec === null) return { wrong: `There is no "${term.key}" to search by`, suggestion: nearKey(term) }
  return ofSpec(term, path, spec, directory)
}

function pathOf(key: string): string | null {
  if (key.startsWith('field.')) return key
  return Object.hasOwn(keyPaths, key) ? (keyPaths[key] ?? null) : null
}

function nearKey({ key, values }: TermToken): string | null {
  const near = nearest(key, Object.keys(keyPaths))
  return near === null ? null : `${near}:${values[0] ?? ''}`
}

/** One condition as it is, several as any of them; the first that is wrong makes the whole wrong. */
function anyOf(meanings: readonly Meant[]): Meant {
  const conds: Cond[] = []
  for (const each of meanings) {
    if ('wrong' in each) return each
    conds.push(each)
  }
  const [first] = conds
  return conds.length === 1 && first !== undefined ? first : { any: conds }
}

function flagsOf({ values }: TermToken): Meant {
  return anyOf(
    values.map((value): Meant => {
      const lower = value.toLowerCase()
      const flag = Object.hasOwn(flags, lower) ? flags[lower] : undefined
      return (
        flag ?? {
          wrong: `is: takes ${Object.keys(flags).join(', ')}`,
          suggestion: `is:${nearest(lower, Object.keys(flags)) ?? 'unassigned'}`,
        }
      )
    }),
  )
}

function hasOf({ values }: TermToken): Meant {
  const all = values.every((value) => /^attachments?$/i.test(value))
  if (all) return { field: 'hasAttachment', op: 'is', value: true }
  return { wrong: 'has: takes attachment', suggestion: 'has:attachment' }
}

function requesterIs(value: string): Cond {
  if (/^\d{1,15}$/.test(value)) return { field: 'requester', op: 'is', value: Number(value) }
  if (value.startsWith('@') && value.length > 1)
    return { field: 'requester.domain', op: 'is', value: typedDomain(value.slice(1)) }
  if (/^[^@\s]+@[^@\s]+$/.test(value)) return { field: 'requester.email', op: 'is', value: typedKey(value) }
  return { field: 'requester.name', op: 'contains_phrase', value }
}

function ofSpec(term: TermToken, path: string, spec: PathSpec, directory: Directory): Meant {
  const { values } = term
  const special = values.filter((value) => /^(none|any)$/i.test(value))
  if (special.length > 0 && spec.present !== true && spec.type !== 'duration') {
    const rest = values.filter((value) => !special.includes(value))
    const empties = special.map((value): Cond => ({
      field: path,
      op: 'empty',
      value: value.toLowerCase() === 'none',
    }))
    if (rest.length === 0) return anyOf(empties)
    return anyOf([ofSpec({ ...term, values: rest }, path, spec, directory), ...empties])
  }
  if (path === 'tags' && special.length === values.length)
    return { field: path, op: 'empty', value: values[0]?.toLowerCase() === 'none' }
  switch (spec.type) {
    case 'choice':
      return choiceIs(term, path, spec)
    case 'reference':
      return referenceIs(term, path, spec.refers ?? 'team', directory)
    case 'set':
    case 'people':
      return {
        field: path,
        op: 'has_any',
        value: values.map((each) => (path === 'tags' ? each.toLowerCase() : each)),
      }
    case 'word':
      return oneOrMany(path, values)
    case 'text':
      if (spec.field !== undefined) return anyOf(values.map((value) => ({ field: path, op: 'is', value })))
      return anyOf(values.map((value) => ({ field: path, op: 'contains_phrase', value })))
    case 'yes_no':
      return yesNoIs(path, values[0] ?? '')
    case 'number':
      return numberIs(term, path)
    case 'duration':
      return durationIs(term, path)
    case 'moment':
      return momentIs(term, path)
    case 'hours':
      return { wrong: 'Working hours are for rules', suggestion: null }
  }
}

function oneOrMany(field: string, values: readonly (string | number)[]): Cond {
  const [first] = values
  return values.length === 1 && first !== undefined
    ? { field, op: 'is', value: first }
    : { field, op: 'in', value: [...values] }
}

function choiceIs({ sign, values, key }: TermToken, path: string, { choices = [] }: PathSpec): Meant {
  const meant = values.flatMap((value) => {
    if (path === 'status' && value.toLowerCase() === 'active') return activeStatuses
    return [choices.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value]
  })
  const unknown = meant.find((each) => !choices.includes(each))
  if (unknown !== undefined) {
    const near = nearest(unknown, choices)
    return {
      wrong: `${key}: takes ${choices.slice(0, 12).join(', ')}`,
      suggestion: near === null ? `${key}: ${choices.slice(0, 12).join(', ')}` : `${key}:${near}`,
    }
  }
  if (sign !== ':' && path === 'priority') return oneOrMany(path, prioritiesBeyond(sign, meant[0] ?? ''))
  return oneOrMany(path, [...new Set(meant)])
}

function prioritiesBeyond(sign: Sign, value: string): readonly string[] {
  const at = (priorities as readonly string[]).indexOf(value)
  switch (sign) {
    case '>':
      return priorities.slice(at + 1)
    case '>=':
      return priorities.slice(at)
    case '<':
      return priorities.slice(0, at)
    case '<=':
      return priorities.slice(0, at + 1)
    case ':':
      return [value]
  }
}

function referenceIs({ values, key }: TermToken, path: string, kind: Referred, directory: Directory): Meant {
  const plain: (number | string)[] = []
  const trees: Cond[] = []
  for (const value of values) {
    if (path === 'assignee' && value.toLowerCase() === 'me') {
      plain.push('me')
      continue
    }
    const below = path === 'category' && value.endsWith('/*')
    const id = idOf(kind, below ? value.slice(0, -2) : value, directory)
    if (id === null) {
      const near = nearest(
        value,
        namesFor(kind, directory).map(({ name }) => name),
      )
      return { wrong: `There is no ${kind} "${value}"`, suggestion: near === null ? null : `${key}:${near}` }
    }
    if (below) trees.push({ field: path, op: 'under', value: id })
    else plain.push(id)
  }
  if (trees.length === 0) return oneOrMany(path, plain)
  return anyOf([...(plain.length === 0 ? [] : [oneOrMany(path, plain)]), ...trees])
}

function yesNoIs(field: string, value: string): Meant {
  if (/^(yes|true|on|1)$/i.test(value)) return { field, op: 'is', value: true }
  if (/^(no|false|off|0)$/i.test(value)) return { field, op: 'is', value: false }
  return { wrong: `"${value}" is neither yes nor no`, suggestion: null }
}

const compares: Readonly<Record<Sign, Op>> = { ':': 'eq', '>': 'gt', '>=': 'gte', '<': 'lt', '<=': 'lte' }

function numberIs({ sign, values, range, key }: TermToken, field: string): Meant {
  const isDuration = field === 'sla.next'
  const read = (text: string) =>
    isDuration ? secondsOf(text) : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
  if (range !== null) {
    const [from, to] = [read(range[0]), read(range[1])]
    if (from !== null && to !== null) return { field, op: 'between', value: { from, to } }
  }
  const numbers = values.map(read)
  if (numbers.some((each) => each === null))
    return {
      wrong: `"${key}" is compared with a ${isDuration ? 'time such as 30m' : 'number'}`,
      suggestion: null,
    }
  const known = numbers.filter((each) => each !== null)
  const [first = 0] = known
  if (known.length > 1) return { field, op: 'in', value: known }
  return { field, op: compares[sign], value: first }
}

function durationIs({ sign, values, key }: TermToken, field: string): Meant {
  const seconds = secondsOf(values[0] ?? '')
  if (seconds === null)
    return { wrong: `"${key}" takes a time such as 30m, 4h or 2d`, suggestion: `${key}>2d` }
  return { field, op: sign.startsWith('<') ? 'lt' : 'gte', value: seconds }
}

function momentIs({ sign, values, range }: TermToken, field: string): Meant {
  if (range !== null) return { field, op: 'between', value: { from: range[0], to: range[1] } }
  const op = sign === ':' ? 'is' : compares[sign]
  return anyOf(
    values.map((value) => ({
      field,
      op,
      value: value.toLowerCase().startsWith('t') ? value.toLowerCase() : value,
    })),
  )
}
