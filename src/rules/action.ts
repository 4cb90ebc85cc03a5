// What rules do: one row an action, with its shape from outside, what it asks for, its words, and what it refers to. An
// action is an object with one key; things are meant by id, templates, webhooks and macros by key.
import { z } from 'zod'
import type { PersonId, QueueId, TeamId, CategoryId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { namesFor, type Directory, type Told } from '#rules/directory.ts'
import { germanValues } from '#rules/german.ts'
import type { AskedEffect } from '#rules/effect.ts'
import { durationText } from '#rules/moment.ts'
import { keyText, recipientText, seconds, tagNames, thingId, type FieldInput } from '#rules/shapes.ts'
import type { Recipient } from '#rules/template.ts'
import type { Referred, Thing } from '#rules/thing.ts'
import { fieldValueShape } from '#setup/field-value.ts'
import type { Changes, Command } from '#tickets/command.ts'
import type { Facts } from '#tickets/context.ts'
import {
  closeReasons,
  linkTypes,
  priorities,
  statuses,
  ticketTypes,
  type CloseReason,
  type LinkType,
  type Priority,
  type Status,
  type TicketType,
} from '#tickets/vocabulary.ts'

/** What each action is given. */
export type ActionValues = {
  readonly setStatus: Status
  readonly setPriority: Priority
  readonly setType: TicketType | null
  readonly setTeam: number | null
  readonly setQueue: number | null
  readonly setCategory: number | null
  readonly assign: number | 'currentAgent' | 'leastLoaded' | 'none'
  readonly setField: { readonly field: string; readonly value: FieldInput }
  readonly addTags: readonly string[]
  readonly removeTags: readonly string[]
  readonly addFollower: number | 'currentAgent'
  readonly removeFollower: number
  /** Seconds from the update. */
  readonly snooze: number
  readonly addNote: { readonly template: string }
  readonly reply: { readonly template: string; readonly to?: 'requester' | 'all' | undefined }
  readonly notify: {
    readonly template: string
    readonly to: readonly Recipient[]
    readonly allowMany?: boolean | undefined
  }
  readonly webhook: { readonly endpoint: string }
  readonly link: { readonly linkType: LinkType; readonly ticketId: number }
  readonly runAssistant: string
  readonly runMacro: string
}

export type ActionName = keyof ActionValues
export type Action = {
  [N in ActionName]: Readonly<Record<N, ActionValues[N]>> & (N extends 'setStatus' ? Closing : unknown)
}[ActionName]
type Closing = { readonly closeReason?: CloseReason | undefined }

/** What an action can look at. */
export type Acting = {
  readonly at: Instant
  readonly directory: Directory
  readonly actingAgentId: PersonId | null
  /** The ticket's team, and who is there for its tickets: whoever has least to do first. */
  readonly teamId: TeamId | null
  readonly availableAgents: NonNullable<Facts['availableAgents']>
}

/** What one action asks for; nothing where what it meant is gone; `nobody` when it needs an agent and there is none. */
type Ask =
  | { readonly set: Changes }
  | { readonly command: Command }
  | { readonly effect: AskedEffect }
  | 'nothing'
  | 'nobody'

type Row<Value> = {
  readonly schema: z.ZodType<Value>
  /** Keys that may stand beside the action's own. */
  readonly beside?: z.ZodRawShape
  readonly asks: (value: Value, acting: Acting, beside: Closing) => Ask
  /** The fields it sets: two rules of one run that differ here are in conflict. Tags and the like add up and never do. */
  readonly sets?: (value: Value) => Readonly<Record<string, unknown>>
  readonly words: (value: Value, directory: Directory) => string
  readonly german: (value: Value, directory: Directory) => string
  /** Of what kind the thing is that its value is the id of. */
  readonly of?: Referred
  readonly refers?: (value: Value) => readonly Thing[]
}

/** In the order in which they are documented. */
export const actions: { readonly [N in ActionName]: Row<ActionValues[N]> } = {
  setStatus: {
    schema: z.enum(statuses),
    beside: { closeReason: z.enum(closeReasons).optional() },
    asks: (status, _, { closeReason }) => ({
      set: closeReason === undefined ? { status } : { status, closeReason },
    }),
    sets: (status) => ({ status }),
    words: (status) => `set status to ${status.replace('_', ' ')}`,
    german: (status) => `Status auf ${germanValues[status]} setzen`,
  },
  setPriority: {
    schema: z.enum(priorities),
    asks: (priority) => ({ set: { priority } }),
    sets: (priority) => ({ priority }),
    words: (priority) => `set priority to ${priority}`,
    german: (priority) => `Priorität auf ${germanValues[priority]} setzen`,
  },
  setType: {
    schema: z.enum(ticketTypes).nullable(),
    asks: (type) => ({ set: { type } }),
    sets: (type) => ({ type }),
    words: (type) => (type === null ? 'clear the type' : `set type to ${type}`),
    german: (type) => (type === null ? 'Art leeren' : `Art auf ${germanValues[type]} setzen`),
  },
  setTeam: {
    schema: thingId.nullable(),
    asks: (team) => ({ set: { teamId: team as TeamId | null } }),
    sets: (team) => ({ team }),
    words: (team, directory) =>
      team === null ? 'take it off its team' : `move it to ${named('team', team, directory)}`,
    german: (team, directory) =>
      team === null ? 'aus dem Team nehmen' : `an ${named('team', team, directory)} geben`,
    of: 'team',
  },
  setQueue: {
    schema: thingId.nullable(),
    asks: (queue) => ({ set: { queueId: queue as QueueId | null } }),
    sets: (queue) => ({ queue }),
    words: (queue, directory) =>
      queue === null ? 'take it off its queue' : `queue it in ${named('queue', queue, directory)}`,
    german: (queue, directory) =>
      queue === null
        ? 'aus der Warteschlange nehmen'
        : `in die Warteschlange ${named('queue', queue, directory)} stellen`,
    of: 'queue',
  },
  setCategory: {
    schema: thingId.nullable(),
    asks: (category) => ({ set: { categoryId: category as CategoryId | null } }),
    sets: (category) => ({ category }),
    words: (category, directory) =>
      category === null ? 'clear the category' : `set category to ${named('category', category, directory)}`,
    german: (category, directory) =>
      category === null
        ? 'Kategorie leeren'
        : `Kategorie auf ${named('category', category, directory)} setzen`,
    of: 'category',
  },
  assign: {
    schema: z.union([thingId, z.enum(['currentAgent', 'leastLoaded', 'none'])]),
    asks: (who, acting) => {
      if (who === 'none') return { set: { assigneeId: null } }
      const assigneeId = assigneeOf(who, acting)
      return assigneeId === null ? 'nobody' : { set: { assigneeId } }
    },
    sets: (assignee) => ({ assignee }),
    words: (who, directory) => {
      if (who === 'none') return 'unassign it'
      if (who === 'leastLoaded') return 'assign whoever in its team has least to do'
      return who === 'currentAgent' ? 'assign whoever acts' : `assign ${named('agent', who, directory)}`
    },
    german: (who, directory) => {
      if (who === 'none') return 'niemandem zuweisen'
      if (who === 'leastLoaded') return 'dem zuweisen, der in seinem Team am wenigsten zu tun hat'
      return who === 'currentAgent'
        ? 'dem zuweisen, der handelt'
        : `${named('agent', who, directory)} zuweisen`
    },
    of: 'agent',
  },
  setField: {
    schema: z.strictObject({ field: z.string().min(1).max(60), value: fieldValueShape }),
    asks: ({ field, value }, { directory }) => {
      const known = directory.fields.find(({ key }) => key === field)
      return known === undefined ? 'nothing' : { set: { fields: { [known.id]: value } } }
    },
    sets: ({ field, value }) => ({ [`field.${field}`]: value }),
    words: ({ field, value }, { fields }) => {
      const label = fields.find(({ key }) => key === field)?.label ?? field
      return value === null ? `clear ${label}` : `set ${label} to ${String(value)}`
    },
    german: ({ field, value }, { fields }) => {
      const label = fields.find(({ key }) => key === field)?.label ?? field
      return value === null ? `${label} leeren` : `${label} auf ${String(value)} setzen`
    },
    refers: ({ field }) => [{ kind: 'field', id: field }],
  },
  addTags: {
    schema: tagNames,
    asks: (addTags) => ({ set: { addTags } }),
    words: (names) => `add ${tagWords(names)}`,
    german: (names) => `${germanTags(names)} hinzufügen`,
    refers: tagThings,
  },
  removeTags: {
    schema: tagNames,
    asks: (removeTags) => ({ set: { removeTags } }),
    words: (names) => `remove ${tagWords(names)}`,
    german: (names) => `${germanTags(names)} entfernen`,
    refers: tagThings,
  },
  addFollower: {
    schema: z.union([thingId, z.literal('currentAgent')]),
    asks: (who, { actingAgentId }) => {
      const personId = who === 'currentAgent' ? actingAgentId : (who as PersonId)
      return personId === null
        ? 'nobody'
        : { command: { kind: 'addParticipant', personId, role: 'follower' } }
    },
    words: (who, directory) =>
      who === 'currentAgent' ? 'let whoever acts follow' : `let ${named('agent', who, directory)} follow`,
    german: (who, directory) =>
      who === 'currentAgent'
        ? 'mitlesen lassen, wer handelt'
        : `${named('agent', who, directory)} mitlesen lassen`,
    of: 'agent',
  },
  removeFollower: {
    schema: thingId,
    asks: (who) => ({ command: { kind: 'removeParticipant', personId: who as PersonId } }),
    words: (who, directory) => `${named('agent', who, directory)} no longer follows`,
    german: (who, directory) => `${named('agent', who, directory)} nicht mehr mitlesen lassen`,
    of: 'agent',
  },
  snooze: {
    schema: seconds,
    asks: (length, { at }) => ({ set: { snoozedUntil: plus(at, length) } }),
    words: (length) => `snooze for ${durationText(length)}`,
    german: (length) => `für ${durationText(length)} zurückstellen`,
  },
  addNote: {
    schema: z.strictObject({ template: keyText }),
    asks: ({ template }) => ({ effect: { kind: 'note', template } }),
    words: ({ template }) => `note “${template}”`,
    german: ({ template }) => `Notiz „${template}“ schreiben`,
    refers: ({ template }) => [{ kind: 'template', id: template }],
  },
  reply: {
    schema: z.strictObject({ template: keyText, to: z.enum(['requester', 'all']).optional() }),
    asks: ({ template, to = 'requester' }) => ({ effect: { kind: 'reply', template, to } }),
    words: ({ template, to }) => `reply “${template}” to ${to === 'all' ? 'everybody' : 'the requester'}`,
    german: ({ template, to }) =>
      `mit „${template}“ ${to === 'all' ? 'allen' : 'der anfragenden Person'} antworten`,
    refers: ({ template }) => [{ kind: 'template', id: template }],
  },
  notify: {
    schema: z.strictObject({
      template: keyText,
      to: z.array(recipientText).min(1).max(20),
      allowMany: z.boolean().optional(),
    }),
    asks: ({ template, to, allowMany = false }) => ({ effect: { kind: 'notify', template, to, allowMany } }),
    words: ({ template, to }, directory) =>
      `mail “${template}” to ${to.map((each) => recipientWords(each, directory)).join(', ')}`,
    german: ({ template, to }, directory) =>
      `Mail „${template}“ an ${to.map((each) => germanRecipient(each, directory)).join(', ')} senden`,
    refers: ({ template, to }) => [{ kind: 'template', id: template }, ...to.flatMap(recipientThings)],
  },
  webhook: {
    schema: z.strictObject({ endpoint: keyText }),
    asks: ({ endpoint }) => ({ effect: { kind: 'webhook', endpoint } }),
    words: ({ endpoint }) => `tell the webhook “${endpoint}”`,
    german: ({ endpoint }) => `den Webhook „${endpoint}“ rufen`,
    refers: ({ endpoint }) => [{ kind: 'webhook', id: endpoint }],
  },
  link: {
    schema: z.strictObject({ linkType: z.enum(linkTypes), ticketId: thingId }),
    asks: (link) => ({ effect: { kind: 'link', ...link } }),
    words: ({ ticketId }) => `link it to #${ticketId}`,
    german: ({ ticketId }) => `mit #${ticketId} verknüpfen`,
  },
  runAssistant: {
    schema: z.string().min(1).max(60),
    asks: (config) => ({ effect: { kind: 'assistant', config } }),
    words: () => 'ask the assistant',
    german: () => 'den Assistenten fragen',
  },
  /** Before a rule runs, the actions of the macro stand in its place. */
  runMacro: {
    schema: keyText,
    asks: () => 'nothing',
    words: (key) => `run the shared actions “${key}”`,
    german: (key) => `die gemeinsamen Aktionen „${key}“ ausführen`,
    refers: (key) => [{ kind: 'macro', id: key }],
  },
}

export const actionNames = Object.keys(actions) as ActionName[]

/** A version that was kept may ask for what nobody knows any more: it asks for nothing, and what is lived again goes on. */
const unknown: Row<unknown> = {
  schema: z.never(),
  asks: () => 'nothing',
  words: () => 'something that is not known any more',
  german: () => 'etwas, das nicht mehr bekannt ist',
}

/** What an action is given, and its row: the one place where the types of the two are let go of. */
function opened(action: Action): { value: unknown; row: Row<unknown> } {
  const name = Object.keys(action).find((key) => Object.hasOwn(actions, key)) as ActionName | undefined
  if (name === undefined) return { value: null, row: unknown }
  const value: unknown = (action as Readonly<Record<string, unknown>>)[name]
  return { value, row: actions[name] as unknown as Row<unknown> }
}

/** What an action asks for. */
export function askOf(action: Action, acting: Acting): Ask {
  const { value, row } = opened(action)
  return row.asks(value, acting, action as Closing)
}

/** The fields that an action sets, with their values. */
export function settingOf(action: Action): Readonly<Record<string, unknown>> {
  const { value, row } = opened(action)
  return row.sets?.(value) ?? {}
}

/** One action in words. */
export function actionWords(action: Action, directory: Told): string {
  const { value, row } = opened(action)
  return (directory.language === 'de' ? row.german : row.words)(value, directory)
}

/** What an action refers to. */
export function thingsIn(action: Action): readonly Thing[] {
  const { value, row } = opened(action)
  const own = row.of !== undefined && typeof value === 'number' ? [{ kind: row.of, id: value }] : []
  return [...own, ...(row.refers?.(value) ?? [])]
}

function assigneeOf(who: number | 'currentAgent' | 'leastLoaded', acting: Acting): PersonId | null {
  const { actingAgentId, teamId, availableAgents } = acting
  if (who === 'currentAgent') return actingAgentId
  if (who !== 'leastLoaded') return who as PersonId
  return availableAgents.find(({ teamIds }) => teamId === null || teamIds.includes(teamId))?.id ?? null
}

function named(kind: Referred, id: number, directory: Directory): string {
  return namesFor(kind, directory).find((each) => each.id === id)?.name ?? `${kind} ${id}`
}

function tagWords(names: readonly string[]): string {
  return `tag${names.length === 1 ? '' : 's'} ${names.join(', ')}`
}

function germanTags(names: readonly string[]): string {
  return `${names.length === 1 ? 'das Schlagwort' : 'die Schlagwörter'} ${names.join(', ')}`
}

const germanRecipients: Readonly<Record<string, string>> = {
  assignee: 'wer zuständig ist',
  followers: 'wer mitliest',
  owner: 'wer für die Regel zuständig ist',
  requester: 'die anfragende Person',
}

function germanRecipient(recipient: Recipient, directory: Directory): string {
  return germanRecipients[recipient] ?? recipientWords(recipient, directory)
}

function tagThings(names: readonly string[]): readonly Thing[] {
  return names.map((id) => ({ kind: 'tag', id }))
}

function recipientWords(recipient: Recipient, directory: Directory): string {
  const [kind, id] = recipient.split(':')
  if (id === undefined) return `the ${kind === 'owner' ? 'rule’s owner' : kind}`
  const names = kind === 'team' ? directory.teams : directory.agents
  return names.find((each) => each.id === Number(id))?.name ?? recipient
}

function recipientThings(recipient: Recipient): readonly Thing[] {
  const [kind, id] = recipient.split(':')
  return (kind === 'agent' || kind === 'team') && id !== undefined ? [{ kind, id: Number(id) }] : []
}
