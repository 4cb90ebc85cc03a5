// Zendesk's macros as ours, what they do that has a counterpart here. Pure. Names of its API:
// https://developer.zendesk.com/documentation/ticketing/reference-guides/actions-reference/
import { allSaid, filledAs, unknownPlaceholders } from '#imports/placeholders.ts'
import { fixed, textOf } from '#imports/read-values.ts'
import { ME, type ReplyStory } from '#imports/story.ts'
import { eachGroup } from '#imports/text-stories.ts'
import { priorityOf, shown, statusOf, type Fields, type Record_ } from '#imports/zendesk/read-records.ts'
import { htmlOfText } from '#mail/sanitise.ts'

const VARIABLES = {
  'ticket.requester.name': 'requester.name',
  'ticket.requester.full_name': 'requester.name',
  'ticket.requester.first_name': 'requester.firstName',
  'ticket.requester.email': 'requester.email',
  'ticket.id': 'ticket.id',
  'ticket.title': 'ticket.subject',
  'current_user.name': 'agent.name',
  'current_user.first_name': 'agent.firstName',
  'ticket.account': 'desk.name',
  'account.name': 'desk.name',
  'ticket.brand.name': 'desk.name',
} as const

type Doing = {
  set: ReplyStory['set']
  html: string | null
  isNote: boolean
  readonly left: string[]
  readonly unknown: string[]
}

/** A macro, once for each of several teams that it is for. */
export function macrosOf(record: Record_, fields: Fields): ReplyStory[] {
  const doing: Doing = { set: {}, html: null, isNote: false, left: [], unknown: [] }
  const actions = Array.isArray(record['actions']) ? (record['actions'] as Record_[]) : []
  for (const action of actions) take(doing, textOf(action['field']), action['value'], fields)
  const { owner, groups } = restrictionOf(record['restriction'])
  const { set, html, isNote, left, unknown } = doing
  // Two colons part the folders in a name there.
  const names = textOf(record['title'])
    .split('::')
    .map((each) => each.trim())
  const told = {
    name: names.at(-1) ?? '',
    folder: names.slice(0, -1).join('/'),
    html,
    messageKind: isNote ? ('note' as const) : ('reply' as const),
    owner,
    isInUse: record['active'] !== false,
    set,
    mended: allSaid([
      left.length === 0
        ? null
        : `what it does beside has no counterpart here: ${[...new Set(left)].join(', ')}`,
      unknownPlaceholders(unknown),
    ]),
  }
  return eachGroup(String(record['id']), groups, told)
}

function restrictionOf(value: unknown): { owner: string | null; groups: readonly string[] } {
  const { type, id, ids } = (value ?? {}) as Record_
  if (type === 'User') return { owner: fixed(id), groups: [] }
  if (type !== 'Group') return { owner: null, groups: [] }
  return { owner: null, groups: Array.isArray(ids) && ids.length > 0 ? ids.map(String) : [String(id)] }
}

/** One of its actions; what has no counterpart is named. */
function take(doing: Doing, field: string, value: unknown, fields: Fields): void {
  const custom = /^(?:custom_fields_|ticket_fields_)(\d+)$/.exec(field)?.[1]
  if (custom !== undefined) {
    const known = fields.get(custom)
    if (known === undefined) doing.left.push(`the field ${custom}`)
    else
      doing.set = {
        ...doing.set,
        fields: { ...doing.set.fields, [custom]: shown(boxOf(value), known.names) },
      }
    return
  }
  switch (field) {
    case 'status': {
      const status = statusOf(value)
      if (status === null) doing.left.push(`the status ${textOf(value)}`)
      else doing.set = { ...doing.set, status }
      return
    }
    case 'priority':
      doing.set = { ...doing.set, priority: priorityOf(value) }
      return
    case 'group_id':
      doing.set = { ...doing.set, group: fixed(value) }
      return
    case 'assignee_id':
      doing.set = { ...doing.set, assignee: value === 'current_user' ? ME : fixed(value) }
      return
    case 'set_tags':
      doing.left.push('taking away all other tags')
      doing.set = { ...doing.set, addTags: [...(doing.set.addTags ?? []), ...tagsIn(value)] }
      return
    case 'current_tags':
      doing.set = { ...doing.set, addTags: [...(doing.set.addTags ?? []), ...tagsIn(value)] }
      return
    case 'remove_tags':
      doing.set = { ...doing.set, removeTags: [...(doing.set.removeTags ?? []), ...tagsIn(value)] }
      return
    case 'comment_value':
    case 'comment_value_html':
      return say(doing, field, value)
    case 'comment_mode_is_public':
      doing.isNote = value === false || value === 'false'
      return
    default:
      doing.left.push(field)
  }
}

function boxOf(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value
}

function tagsIn(value: unknown): string[] {
  const tags = Array.isArray(value) ? value.map(String) : textOf(value).split(/\s+/)
  return tags.map((tag) => textOf(tag).trim().slice(0, 60)).filter((tag) => tag !== '')
}

/** A text for one channel stands beside the channel's name; the one with HTML goes before the plain one. */
function say(doing: Doing, field: string, value: unknown): void {
  const text = textOf(Array.isArray(value) ? value.at(-1) : value)
  const isHtml = field === 'comment_value_html'
  if (text.trim() === '' || (doing.html !== null && !isHtml)) return
  const filled = filledAs(isHtml ? text : htmlOfText(text), 'braces', VARIABLES)
  doing.html = filled.text
  doing.unknown.splice(0, doing.unknown.length, ...filled.unknown)
}
