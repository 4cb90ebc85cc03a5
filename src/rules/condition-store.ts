// A condition as SQL over `ticket t`: it selects exactly the tickets for which the evaluator says yes. A leaf on something
// missing may come out null; that is false wherever it stands, because `not` is written `is not true`.
import { never } from '#kit/never.ts'
import { instant, type Instant } from '#kit/time.ts'
import { isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { alike, subtree, type Directory } from '#rules/directory.ts'
import { boundsOf } from '#rules/evaluate.ts'
import { firstDayFrom } from '#rules/moment.ts'
import { specOf, type PathSpec } from '#rules/paths.ts'
import { type Sql, empty, join, raw, sql } from '#store/sql.ts'
import { properties, propertyNames, wordFor } from '#tickets/property.ts'
import { textQuery, type Reading } from '#rules/text-query.ts'

export type Compiling = Reading & {
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
  ...Object.fromEntries(propertyNames.map((name) => [wordFor(name), raw(`t.${properties[name].column}`)])),
  status: sql`t.status`,
  channel: sql`t.channel`,
  flag: sql`t.hidden_as`,
  assignee: sql`t.assignee_id`,
  mailbox: sql`t.mailbox_id`,
  onHoldLabel: sql`t.label_id`,
  number: sql`t.id`,
  'count.reopens': sql`t.reopen_count`,
  'count.publicReplies': sql`t.reply_count`,
  'count.inbound': sql`t.inbound_count`,
  created: sql`t.created_at`,
  updated: sql`t.updated_at`,
  resolved: sql`t.resolved_at`,
  closed: sql`t.closed_at`,
  age: sql`t.created_at`,
  timeSinceUpdate: sql`t.updated_at`,
  timeInStatus: sql`t.status_since`,
  timeSinceInbound: sql`t.last_inbound_at`,
  timeSinceReply: sql`t.last_reply_at`,
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
      return leaf.field === 'sla.next' ? dueLeaf(leaf, how) : numberLeaf(columnOf(leaf.field), leaf)
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
      return textLeaf(leaf, how)
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
  const meant = leaf.field === 'category' && leaf.op !== 'empty' ? alike(ids, how.directory) : ids
  return among(column, leaf.op === 'empty' ? leaf : { ...leaf, value: meant }, sql`bigint[]`)
}

/** Seconds until the least due moment; below zero when it has passed. */
function dueLeaf(leaf: Leaf, { at }: Compiling): Sql | null {
  return numberLeaf(sql`extract(epoch from t.due_at - ${at}::timestamptz)`, leaf)
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
    const there = whose === 'organization' ? byOrganization(test) : byRequester(test)
    return leaf.op === 'empty' ? emptiness(leaf, there) : there
  }
  // `tags <> '{}'` is what the index of tags is made for.
  const test = arrayTest(sql`t.tags`, leaf, values)
  if (leaf.op === 'empty') return emptiness(leaf, test)
  return leaf.op === 'has_any' || leaf.op === 'has_all' ? sql`(t.tags <> '{}' and ${test ?? empty})` : test
}

/** `empty`, told by a test of being there. */
function emptiness(leaf: Leaf, there: Sql | null): Sql | null {
  return leaf.value === false || there === null ? there : sql`(${there}) is not true`
}

function arrayTest(column: Sql, leaf: Leaf, values: readonly string[]): Sql | null {
  switch (leaf.op) {
    case 'empty':
      return sql`${column} <> '{}'`
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
  return sql`t.organization_id in (select p.id from organization p where ${test})`
}

function participantLeaf(leaf: Leaf): Sql | null {
  if (leaf.op === 'empty') {
    const some = sql`t.participant_ids <> '[]'`
    return leaf.value === false ? some : sql`not (${some})`
  }
  const values = valuesOf(leaf).map(String)
  const any = sql`(t.participant_ids <> '[]' and t.participant_ids @> any (array(select to_jsonb(p.id) from person p
    where p.id::text = any(${values}::text[])
    union select to_jsonb(a.person_id) from person_address a where a.address = any(${values}::text[]))))`
  if (leaf.op === 'has_any') return any
  return leaf.op === 'has_none' ? sql`not ${any}` : null
}

function wordLeaf(leaf: Leaf): Sql | null {
  switch (leaf.field) {
    case 'requester.email':
      return addressLeaf(leaf) ?? wordOf(sql`p.email`, leaf, sql`t.requester_id`)
    case 'requester.domain':
      return wordOf(sql`split_part(p.email, '@', 2)`, leaf, sql`t.requester_id`)
    case 'requester.language':
    case 'language':
      return wordOf(sql`lower(p.language)`, leaf, sql`t.requester_id`)
    case 'organization.name':
      return wordOf(sql`lower(p.name)`, leaf, null)
    case 'old':
      return oldLeaf(leaf)
    default:
      return null
  }
}

/** Tickets that came from another desk, by what they were called there. */
function oldLeaf(leaf: Leaf): Sql | null {
  const named = valuesOf(leaf).map((value) => String(value).toLowerCase())
  const which = leaf.op === 'empty' ? sql`r.label is not null` : sql`lower(r.label) = any(${named}::text[])`
  const found = sql`t.id in (select r.local_id from import_ref r where r.kind = 'tickets' and ${which})`
  switch (leaf.op) {
    case 'empty':
      return emptiness(leaf, found)
    case 'is':
    case 'in':
      return found
    case 'not_in':
      return sql`not ${found}`
    default:
      return null
  }
}

/** Any of a person's addresses is theirs, whichever mail goes to. */
function addressLeaf(leaf: Leaf): Sql | null {
  if (leaf.op === 'empty') return null
  const values = valuesOf(leaf).map((value) => String(value).toLowerCase())
  const theirs = sql`select a.person_id from person_address a where a.address = any(${values}::text[])`
  if (leaf.op === 'not_in') return byRequester(sql`p.email is not null and p.id not in (${theirs})`)
  return leaf.op === 'is' || leaf.op === 'in' ? sql`t.requester_id in (${theirs})` : null
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
    case 'empty':
      return emptiness(leaf, by(sql`${column} <> ''`))
    default:
      return null
  }
}

function textLeaf(leaf: Leaf, how: Compiling): Sql | null {
  if (leaf.field === 'subject' && leaf.op === 'is')
    return sql`t.subject = any(${valuesOf(leaf).map(String)}::text[])`
  const query = textQuery(leaf, how)
  if (query === null) return null
  return sql`t.id in (select ticket_id from search_document where words @@ ${query}::tsquery)`
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
      return sql`t.id in (select m.ticket_id from attachment a join message m on m.id = a.message_id
        where m.voided_at is null)`
    default:
      return null
  }
}

/** Equality is asked as containment: the index of custom fields answers it. */
function customLeaf(leaf: Leaf, spec: PathSpec, fieldId: number, how: Compiling): Sql | null {
  const values = valuesOf(leaf)
  const key = String(fieldId)
  const text = sql`(t.fields->>${key}::text)`
  const contains = (value: unknown) => sql`t.fields @> ${JSON.stringify({ [key]: value })}::jsonb`
  const anyContains = () => sql`(${join(values.map(contains), ' or ')})`
  if (leaf.op === 'empty') {
    // An empty text or list is a value that says nothing.
    const there = sql`coalesce(t.fields->${key}::text, '""') not in ('""', '[]')`
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
      const list = sql`(t.fields->${key}::text)`
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
        sql`(case when jsonb_typeof(t.fields->${key}::text) = 'number' then ${text}::numeric end)`,
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
