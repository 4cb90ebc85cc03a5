// A condition as SQL over `ticket t`: it selects exactly the tickets for which the evaluator says yes. A leaf on something
// missing may come out null; that is false wherever it stands, because `not` is written `is not true`.
import { never } from '#kit/never.ts'
import { instant, type Instant } from '#kit/time.ts'
import { wordsOf } from '#kit/words.ts'
import { isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { subtree, type Directory } from '#rules/directory.ts'
import { boundsOf } from '#rules/evaluate.ts'
import { firstDayFrom } from '#rules/moment.ts'
import { specOf, type PathSpec } from '#rules/paths.ts'
import { empty, join, sql, type Sql } from '#store/sql.ts'

export type Compiling = {
  readonly directory: Directory
  readonly at: Instant
  readonly zone: string
  /** Who reads: `me`, and what is unread. */
  readonly agentId: number
}

/** The WHERE of a condition. A test that no list can make selects nothing. */
export function compile(cond: Cond, how: Compiling): Sql {
  if (isLeaf(cond)) return compileLeaf(cond, how) ?? sql`false`
  if ('not' in cond) return sql`(${compile(cond.not, how)}) is not true`
  const [parts, word, none] =
    'all' in cond ? ([cond.all, ' and ', sql`true`] as const) : ([cond.any, ' or ', sql`false`] as const)
  if (parts.length === 0) return none
  return sql`(${join(
    parts.map((part) => compile(part, how)),
    word,
  )})`
}

const columns: Readonly<Record<string, Sql>> = {
  status: sql`t.status`,
  priority: sql`t.priority`,
  channel: sql`t.channel`,
  flag: sql`t.hidden_as`,
  type: sql`t.state->>'type'`,
  team: sql`t.team_id`,
  assignee: sql`t.assignee_id`,
  category: sql`t.category_id`,
  queue: sql`(t.state->>'queueId')::bigint`,
  brand: sql`(t.state->>'brandId')::bigint`,
  mailbox: sql`(t.state->>'mailboxId')::bigint`,
  form: sql`(t.state->>'formId')::bigint`,
  onHoldLabel: sql`(t.state->>'labelId')::bigint`,
  number: sql`t.id`,
  requester: sql`t.requester_id`,
  organization: sql`(t.state->>'organizationId')::bigint`,
  'count.reopens': sql`(t.state->>'reopenCount')::integer`,
  'count.publicReplies': sql`(t.state->>'replyCount')::integer`,
  'count.inbound': sql`(t.state->>'inboundCount')::integer`,
  created: sql`t.created_at`,
  updated: sql`t.updated_at`,
  resolved: sql`t.resolved_at`,
  closed: sql`t.closed_at`,
  age: sql`t.created_at`,
  timeSinceUpdate: sql`t.updated_at`,
  timeInStatus: sql`t.status_since`,
  timeSinceInbound: sql`(t.state->>'lastInboundAt') collate "C"`,
  timeSinceReply: sql`(t.state->>'lastReplyAt') collate "C"`,
}

function columnOf(path: string): Sql {
  const column = columns[path]
  if (column === undefined) throw new Error(`Bug: ${path} has no column`)
  return column
}

function compileLeaf(leaf: Leaf, how: Compiling): Sql | null {
  const spec = specOf(leaf.field, how.directory)
  if (spec === null || spec.where === 'rule') return null
  if (spec.field !== undefined) return customLeaf(leaf, spec, spec.field.id, how)
  switch (spec.type) {
    case 'choice':
      return among(columnOf(leaf.field), leaf, sql`text[]`)
    case 'reference':
      return referenceLeaf(leaf, how)
    case 'number':
      return numberLeaf(columnOf(leaf.field), leaf)
    case 'moment':
      return leaf.field === 'requester.createdAt'
        ? byRequester(momentLeaf(sql`p.created_at`, leaf, how))
        : momentLeaf(columnOf(leaf.field), leaf, how)
    case 'duration':
      return durationLeaf(columnOf(leaf.field), leaf, how)
    case 'set':
      return setLeaf(leaf)
    case 'people':
      return participantLeaf(leaf)
    case 'word':
      return wordLeaf(leaf)
    case 'text':
      return textLeaf(leaf)
    case 'yes_no':
      return yesNoLeaf(leaf, how)
    case 'hours':
      return null
    default:
      return never(spec.type)
  }
}

function missing(column: Sql, leaf: Leaf): Sql {
  return leaf.value === false ? sql`${column} is not null` : sql`${column} is null`
}

function among(column: Sql, leaf: Leaf, type: Sql): Sql | null {
  const values = valuesOf(leaf)
  switch (leaf.op) {
    case 'empty':
      return missing(column, leaf)
    case 'is':
    case 'in':
      return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values}::${type})`
    case 'not_in':
      return sql`${column} <> all(${values}::${type})`
    default:
      return null
  }
}

function referenceLeaf(leaf: Leaf, how: Compiling): Sql | null {
  const column = columnOf(leaf.field)
  if (leaf.op === 'under') {
    const ids = valuesOf(leaf).flatMap((root) => subtree(Number(root), how.directory))
    return sql`${column} = any(${ids}::bigint[])`
  }
  const isMe = (value: string | number) => value === 'me' && leaf.field === 'assignee'
  const ids = valuesOf(leaf).map((value) => (isMe(value) ? how.agentId : Number(value)))
  return among(column, leaf.op === 'empty' ? leaf : { ...leaf, value: ids }, sql`bigint[]`)
}

function numberLeaf(column: Sql, leaf: Leaf): Sql | null {
  if (leaf.op === 'empty') return missing(column, leaf)
  if (leaf.op === 'between') {
    const { from, to } = leaf.value as Span
    return sql`(${column} >= ${from}::numeric and ${column} <= ${to}::numeric)`
  }
  const [value] = valuesOf(leaf)
  if (leaf.op === 'is' || leaf.op === 'in') return sql`${column} = any(${valuesOf(leaf)}::numeric[])`
  const sign = { eq: sql`=`, ne: sql`<>`, lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` }[
    leaf.op as 'eq'
  ]
  if (sign === undefined || typeof value !== 'number') return null
  // An id is compared as an id: a cast of the column would miss its index.
  return Number.isSafeInteger(value) && Math.abs(value) < 2e9
    ? sql`${column} ${sign} ${value}::bigint`
    : sql`${column} ${sign} ${value}::numeric`
}

function momentLeaf(column: Sql, leaf: Leaf, { at, zone }: Compiling): Sql | null {
  if (leaf.op === 'empty') return missing(column, leaf)
  const bounds = boundsOf(leaf, at, zone)
  if (bounds === null) return null
  return within(column, bounds.from, bounds.to)
}

function within(column: Sql, from: string | null, to: string | null): Sql {
  const parts = [
    ...(from === null ? [] : [sql`${column} >= ${from}`]),
    ...(to === null ? [] : [sql`${column} < ${to}`]),
  ]
  return sql`(${join(parts, ' and ')})`
}

function durationLeaf(column: Sql, leaf: Leaf, { at }: Compiling): Sql | null {
  const [seconds] = valuesOf(leaf)
  if (typeof seconds !== 'number') return null
  const since = instant(Date.parse(at) - seconds * 1000)
  return leaf.op === 'lt' ? sql`${column} > ${since}` : leaf.op === 'gte' ? sql`${column} <= ${since}` : null
}

function setLeaf(leaf: Leaf): Sql | null {
  const values = valuesOf(leaf).map(String)
  if (leaf.field !== 'tags') {
    const [whose, column] = leaf.field.split('.')
    const test = arrayTest(sql`p.tags`, leaf, values)
    if (column !== 'tags' || test === null) return null
    return whose === 'organization' ? byOrganization(test) : byRequester(test)
  }
  // `tags <> '{}'` is what the index of tags is made for.
  const test = arrayTest(sql`t.tags`, leaf, values)
  return leaf.op === 'has_any' || leaf.op === 'has_all' ? sql`(t.tags <> '{}' and ${test ?? empty})` : test
}

function arrayTest(column: Sql, leaf: Leaf, values: readonly string[]): Sql | null {
  switch (leaf.op) {
    case 'empty':
      return leaf.value === false ? sql`${column} <> '{}'` : sql`${column} = '{}'`
    case 'has_any':
      return sql`${column} && ${values}::text[]`
    case 'has_all':
      return sql`${column} @> ${values}::text[]`
    case 'has_none':
      return sql`not (${column} && ${values}::text[])`
    default:
      return null
  }
}

function byRequester(test: Sql | null): Sql | null {
  return test === null ? null : sql`t.requester_id in (select p.id from person p where ${test})`
}

function byOrganization(test: Sql | null): Sql | null {
  if (test === null) return null
  return sql`(t.state->>'organizationId')::bigint in (select p.id from organization p where ${test})`
}

function participantLeaf(leaf: Leaf): Sql | null {
  if (leaf.op === 'empty') {
    const none = sql`t.state->'participants' = '[]'`
    return leaf.value === false ? sql`not (${none})` : none
  }
  const values = valuesOf(leaf).map(String)
  const any = sql`exists (select from jsonb_array_elements(t.state->'participants') part
    left join person p on p.id = (part->>'personId')::bigint
    where part->>'personId' = any(${values}::text[]) or p.email = any(${values}::text[]))`
  if (leaf.op === 'has_any') return any
  return leaf.op === 'has_none' ? sql`not ${any}` : null
}

function wordLeaf(leaf: Leaf): Sql | null {
  switch (leaf.field) {
    case 'requester.email':
      return wordOf(sql`p.email`, leaf, sql`t.requester_id`)
    case 'requester.domain':
      return wordOf(sql`split_part(p.email, '@', 2)`, leaf, sql`t.requester_id`)
    case 'requester.language':
    case 'language':
      return wordOf(sql`lower(p.language)`, leaf, sql`t.requester_id`)
    case 'organization.name':
      return wordOf(sql`lower(p.name)`, leaf, null)
    default:
      return null
  }
}

function wordOf(column: Sql, leaf: Leaf, requester: Sql | null): Sql | null {
  const values = valuesOf(leaf).map((value) => String(value).toLowerCase())
  const by = requester === null ? byOrganization : byRequester
  switch (leaf.op) {
    case 'is':
    case 'in':
      return by(sql`${column} = any(${values}::text[])`)
    case 'not_in':
      return by(sql`${column} <> all(${values}::text[])`)
    case 'empty': {
      const there = by(sql`${column} <> ''`)
      return leaf.value === false ? there : sql`(${there ?? empty}) is not true`
    }
    default:
      return null
  }
}

/** Which weights of the search document a path looks at. */
const weights: Readonly<Record<string, string>> = {
  text: '',
  subject: 'A',
  'requester.name': 'B',
  'anyMessage.text': 'D',
}

function textLeaf(leaf: Leaf): Sql | null {
  const weight = weights[leaf.field]
  if (weight === undefined) return null
  if (leaf.field === 'subject' && leaf.op === 'is')
    return sql`t.subject = any(${valuesOf(leaf).map(String)}::text[])`
  if (leaf.op !== 'contains_word' && leaf.op !== 'contains_phrase') return null
  const query = searchOf(valuesOf(leaf).map(String), weight)
  if (query === null) return null
  return sql`t.id in (select ticket_id from search_document where words @@ ${query}::tsquery)`
}

/** The tsquery for any of some phrases; null when they have no word. The words are letters and digits only. */
export function searchOf(phrases: readonly string[], weight: string): string | null {
  const suffix = weight === '' ? '' : `:${weight}`
  const parts = phrases.flatMap((phrase) => {
    const words = wordsOf(phrase).map((word) => `'${word}'${suffix}`)
    return words.length === 0 ? [] : [words.length === 1 ? (words[0] ?? '') : `(${words.join(' <-> ')})`]
  })
  return parts.length === 0 ? null : parts.join(' | ')
}

function yesNoLeaf(leaf: Leaf, how: Compiling): Sql | null {
  const test = yesNoTest(leaf.field, how)
  if (test === null) return null
  if (leaf.op === 'empty') return leaf.value === false ? sql`true` : sql`false`
  if (leaf.op !== 'is' || typeof leaf.value !== 'boolean') return null
  return leaf.value ? test : sql`(${test}) is not true`
}

function yesNoTest(path: string, { agentId }: Compiling): Sql | null {
  switch (path) {
    case 'snoozed':
      return sql`t.snoozed_until is not null`
    case 'unread':
      return sql`t.last_message_seq > coalesce(
        (select seq from ticket_read r where r.ticket_id = t.id and r.agent_id = ${agentId}), 0)`
    case 'hasAttachment':
      return sql`exists (select from message m join attachment a on a.message_id = m.id
        where m.ticket_id = t.id and m.voided_at is null)`
    default:
      return null
  }
}

/** Equality is asked as containment: the index of custom fields answers it. */
function customLeaf(leaf: Leaf, spec: PathSpec, fieldId: number, how: Compiling): Sql | null {
  const values = valuesOf(leaf)
  const key = String(fieldId)
  const text = sql`(t.state->'fields'->>${key}::text)`
  const contains = (value: unknown) => sql`t.state->'fields' @> ${JSON.stringify({ [key]: value })}::jsonb`
  const anyContains = () => sql`(${join(values.map(contains), ' or ')})`
  if (leaf.op === 'empty') {
    // An empty text or list is a value that says nothing.
    const there = sql`coalesce(t.state->'fields'->${key}::text, '""') not in ('""', '[]')`
    return leaf.value === false ? there : sql`not (${there})`
  }
  switch (spec.type) {
    case 'choice':
      if (leaf.op === 'is' || leaf.op === 'in') return anyContains()
      return leaf.op === 'not_in' ? sql`${text} <> all(${values.map(String)}::text[])` : null
    case 'text':
      return leaf.op === 'is' ? anyContains() : null
    case 'yes_no':
      return leaf.op === 'is' ? contains(leaf.value) : null
    case 'set': {
      const list = sql`(t.state->'fields'->${key}::text)`
      if (leaf.op === 'has_any')
        return sql`(${join(
          values.map((value) => contains([value])),
          ' or ',
        )})`
      if (leaf.op === 'has_all') return contains(values)
      return leaf.op === 'has_none' ? sql`not (${list} ?| ${values.map(String)}::text[])` : null
    }
    case 'number':
      if (leaf.op === 'eq' || leaf.op === 'is' || leaf.op === 'in') return anyContains()
      return numberLeaf(
        sql`(case when jsonb_typeof(t.state->'fields'->${key}::text) = 'number' then ${text}::numeric end)`,
        leaf,
      )
    case 'moment': {
      const bounds = boundsOf(leaf, how.at, how.zone)
      if (bounds === null) return null
      const day = (at: Instant | null) => (at === null ? null : firstDayFrom(at, how.zone))
      return within(sql`${text} collate "C"`, day(bounds.from), day(bounds.to))
    }
    default:
      return null
  }
}
