// A condition as search text; reading it back gives the same condition. Null where the text form has no words for it.
import { spelledLength } from '#kit/spelled.ts'
import { isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { nameOf, type Directory } from '#rules/directory.ts'
import { durationText } from '#rules/moment.ts'
import { specOf } from '#rules/paths.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'
import { written } from '#rules/query-lex.ts'
import { flags, keyPaths } from '#rules/query-term.ts'

/** The text of a condition, or null. */
export function printQuery(cond: Cond, directory: Directory): string | null {
  return print(cond, directory, 'top')
}

type Inside = 'top' | 'all' | 'any' | 'not'

function print(cond: Cond, directory: Directory, inside: Inside): string | null {
  if (isLeaf(cond)) return printLeaf(cond, directory)
  if ('not' in cond) {
    if (!isLeaf(cond.not) && 'not' in cond.not) return print(cond.not.not, directory, inside)
    const text = print(cond.not, directory, 'not')
    return text === null ? null : `-${text}`
  }
  const [parts, word] = 'all' in cond ? [cond.all, ' '] : [cond.any, ' OR ']
  if (parts.length === 0) return 'all' in cond && inside === 'top' ? '' : null
  const texts = parts.map((part) => print(part, directory, 'all' in cond ? 'all' : 'any'))
  if (texts.some((text) => text === null)) return null
  const joined = texts.join(word)
  const isBare = inside === 'top' || ('all' in cond && inside === 'any')
  return isBare ? joined : `(${joined})`
}

const keyOfPath: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(keyPaths)
    .filter(([key]) => key !== 'is' && key !== 'has')
    .map(([key, path]) => [path, key]),
)

function printLeaf(leaf: Leaf, directory: Directory): string | null {
  const { field, op } = leaf
  const values = valuesOf(leaf)
  const flag = Object.entries(flags).find(([, cond]) => JSON.stringify(cond) === JSON.stringify(leaf))
  if (flag !== undefined && field !== 'assignee') return `is:${flag[0]}`
  if (field === 'hasAttachment') return op === 'is' && leaf.value === true ? 'has:attachment' : null
  if (field === 'text') return freeText(leaf)
  const requester = requesterText(leaf)
  if (requester !== undefined) return requester
  const key = field.startsWith('field.') ? field : keyOfPath[field]
  const spec = specOf(field, directory)
  if (key === undefined || spec === null) return null
  if (op === 'empty')
    return spec.present === true && field !== 'tags'
      ? null
      : `${key}:${leaf.value === false ? 'any' : 'none'}`
  switch (spec.type) {
    case 'choice':
      return choiceText(key, leaf)
    case 'reference':
      return referenceText(key, leaf, directory)
    case 'set':
    case 'people':
      return op === 'has_any' ? list(key, values.map(String)) : null
    case 'word':
      return op === 'is' || op === 'in' ? list(key, values.map(String)) : null
    case 'text':
      return op === (spec.field === undefined ? 'contains_phrase' : 'is')
        ? list(key, values.map(String))
        : null
    case 'yes_no':
      return op === 'is' ? `${key}:${leaf.value === true ? 'yes' : 'no'}` : null
    case 'duration':
      return op === 'lt' || op === 'gte'
        ? `${key}${op === 'lt' ? '<' : '>'}${durationText(Number(values[0]))}`
        : null
    case 'number':
      return compared(key, leaf, (value) =>
        field === 'sla.next' ? durationText(Number(value)) : String(value),
      )
    case 'moment':
      return compared(key, leaf, String)
    case 'hours':
      return null
  }
}

function list(key: string, values: readonly string[]): string | null {
  if (values.length === 0 || values.some((value) => value === '')) return null
  return `${key}:${values.map(valueText).join(',')}`
}

/** `none` and `any` mean something without quotes and with them: such a name cannot be written. */
function valueText(value: string): string {
  return written(value)
}

function freeText(leaf: Leaf): string | null {
  const [value] = valuesOf(leaf)
  if (valuesOf(leaf).length !== 1 || typeof value !== 'string') return null
  if (leaf.op === 'contains_phrase') return `"${value.replace(/[\\"]/g, '\\$&')}"`
  const isWord = /^[^\s()":<>-][^\s()":<>]*$/.test(value) && !/^(OR|AND|NOT)$/.test(value)
  const isBare = isWord || spelledLength(value) === value.length
  return leaf.op === 'contains_word' && isBare ? value : null
}

function requesterText(leaf: Leaf): string | null | undefined {
  const [value] = valuesOf(leaf)
  const one = valuesOf(leaf).length === 1
  switch (leaf.field) {
    case 'requester':
      return leaf.op === 'is' && one ? `requester:${value}` : null
    case 'requester.email':
      return leaf.op === 'is' && one && /^[^@\s]+@[^@\s]+$/.test(String(value))
        ? `requester:${written(String(value))}`
        : null
    case 'requester.domain':
      return leaf.op === 'is' && one ? `requester:${written(`@${value}`)}` : null
    case 'requester.name': {
      const isName = typeof value === 'string' && !/^\d+$|^@|^[^@\s]+@[^@\s]+$/.test(value)
      return leaf.op === 'contains_phrase' && one && isName ? `requester:${written(value)}` : null
    }
    default:
      return undefined
  }
}

function choiceText(key: string, leaf: Leaf): string | null {
  const values = valuesOf(leaf).map(String)
  if (leaf.op !== 'is' && leaf.op !== 'in') return null
  const isActive = key === 'status' && JSON.stringify(values) === JSON.stringify(activeStatuses)
  return isActive ? 'status:active' : list(key, values)
}

function referenceText(key: string, leaf: Leaf, directory: Directory): string | null {
  const spec = specOf(leaf.field, directory)
  const kind = spec?.refers
  if (kind === undefined || !['is', 'in', 'under'].includes(leaf.op)) return null
  const names = valuesOf(leaf).map((value) =>
    value === 'me' ? 'me' : nameOf(kind, Number(value), directory),
  )
  if (names.some((name) => name === null)) return null
  return list(
    key,
    names.map((name) => (leaf.op === 'under' ? `${name}/*` : String(name))),
  )
}

const signs: Readonly<Record<string, string>> = { is: ':', eq: ':', gt: '>', gte: '>=', lt: '<', lte: '<=' }

function compared(key: string, leaf: Leaf, say: (value: string | number) => string): string | null {
  if (leaf.op === 'between') {
    const { from, to } = leaf.value as Span
    return `${key}:${say(from as string)}..${say(to as string)}`
  }
  if (leaf.op === 'in') return list(key, valuesOf(leaf).map(say))
  const sign = signs[leaf.op]
  const [value] = valuesOf(leaf)
  return sign === undefined || value === undefined ? null : `${key}${sign}${written(say(value))}`
}
