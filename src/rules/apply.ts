// What a rule's actions ask for: commands to the ticket, and effects outside it. All are decided before any applies.
import { plus, type Instant } from '#kit/time.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Directory } from '#rules/directory.ts'
import type { Effect } from '#rules/effect.ts'
import { nameOfAction, type Action, type Rule } from '#rules/rule.ts'
import type { Changes, Command } from '#tickets/command.ts'
import type { Facts } from '#tickets/context.ts'

export type Asked = {
  readonly commands: readonly Command[]
  readonly effects: readonly Effect[]
  /** What each field is set to: two rules of one run that differ here are in conflict. */
  readonly sets: Readonly<Record<string, unknown>>
}

type Applying = {
  readonly at: Instant
  readonly directory: Directory
  readonly actingAgentId: PersonId | null
  /** The ticket's team, and who is there for its tickets: whoever has least to do first. */
  readonly teamId: TeamId | null
  readonly availableAgents: NonNullable<Facts['availableAgents']>
}

/** The commands and effects of a rule's actions. Null when one needs an agent, and there is none. */
export function askedBy(rule: Pick<Rule, 'id' | 'do'>, ruleVersion: string, context: Applying): Asked | null {
  let set: Record<string, unknown> = {}
  const commands: Command[] = []
  const effects: Effect[] = []
  const sets: Record<string, unknown> = {}
  for (const [index, action] of rule.do.entries()) {
    const { teamId = context.teamId } = set as Changes
    const change = changeOf(action, { ...context, teamId })
    if (change === 'nobody') return null
    if (change !== null) {
      set = merged(set, change)
      Object.assign(sets, settingOf(action))
      continue
    }
    const command = commandOf(action, context.actingAgentId)
    if (command === 'nobody') return null
    if (command !== null) commands.push(command)
    else effects.push(...effectOf(action, { ruleId: rule.id, ruleVersion, index }))
  }
  const first: Command[] = Object.keys(set).length === 0 ? [] : [{ kind: 'set', ...(set as Changes) }]
  return { commands: [...first, ...commands], effects, sets }
}

function changeOf(action: Action, context: Applying): Changes | 'nobody' | null {
  if ('setStatus' in action) {
    const { setStatus: status, closeReason } = action
    return closeReason === undefined ? { status } : { status, closeReason }
  }
  if ('setPriority' in action) return { priority: action.setPriority }
  if ('setType' in action) return { type: action.setType }
  if ('setTeam' in action) return { teamId: action.setTeam as Changes['teamId'] & {} }
  if ('setQueue' in action) return { queueId: action.setQueue as Changes['queueId'] & {} }
  if ('setCategory' in action) return { categoryId: action.setCategory as Changes['categoryId'] & {} }
  if ('addTags' in action) return { addTags: action.addTags }
  if ('removeTags' in action) return { removeTags: action.removeTags }
  if ('snooze' in action) return { snoozedUntil: plus(context.at, action.snooze) }
  if ('setField' in action) {
    const { field, value } = action.setField
    const known = context.directory.fields.find(({ key }) => key === field)
    return known === undefined ? null : { fields: { [known.id]: value } }
  }
  if (!('assign' in action)) return null
  if (action.assign === 'none') return { assigneeId: null }
  const assigneeId = assigneeOf(action.assign, context)
  return assigneeId === null ? 'nobody' : { assigneeId }
}

function assigneeOf(who: number | 'currentAgent' | 'leastLoaded', context: Applying): PersonId | null {
  const { actingAgentId, teamId, availableAgents } = context
  if (who === 'currentAgent') return actingAgentId
  if (who !== 'leastLoaded') return who as PersonId
  return availableAgents.find(({ teamIds }) => teamId === null || teamIds.includes(teamId))?.id ?? null
}

/** Later actions win, except that tags and fields add up. */
function merged(set: Record<string, unknown>, change: Changes): Record<string, unknown> {
  const { addTags, removeTags, fields, ...rest } = change
  const before = set as Changes
  return {
    ...set,
    ...rest,
    ...(addTags === undefined ? {} : { addTags: [...(before.addTags ?? []), ...addTags] }),
    ...(removeTags === undefined ? {} : { removeTags: [...(before.removeTags ?? []), ...removeTags] }),
    ...(fields === undefined ? {} : { fields: { ...before.fields, ...fields } }),
  }
}

const single: Readonly<Record<string, string>> = {
  setStatus: 'status',
  setPriority: 'priority',
  setType: 'type',
  setTeam: 'team',
  setQueue: 'queue',
  setCategory: 'category',
  assign: 'assignee',
}

/** The field that an action sets, with its value; nothing for tags and the like, which never conflict. */
export function settingOf(action: Action): Readonly<Record<string, unknown>> {
  if ('setField' in action) return { [`field.${action.setField.field}`]: action.setField.value }
  const name = nameOfAction(action)
  const field = single[name]
  return field === undefined ? {} : { [field]: (action as Record<string, unknown>)[name] }
}

function commandOf(action: Action, actingAgentId: PersonId | null): Command | 'nobody' | null {
  if ('removeFollower' in action)
    return { kind: 'removeParticipant', personId: action.removeFollower as PersonId }
  if (!('addFollower' in action)) return null
  const personId = action.addFollower === 'currentAgent' ? actingAgentId : (action.addFollower as PersonId)
  return personId === null ? 'nobody' : { kind: 'addParticipant', personId, role: 'follower' }
}

function effectOf(
  action: Action,
  by: { readonly ruleId: number; readonly ruleVersion: string; readonly index: number },
): readonly Effect[] {
  if ('addNote' in action) return [{ ...by, kind: 'note', template: action.addNote.template }]
  if ('reply' in action)
    return [{ ...by, kind: 'reply', template: action.reply.template, to: action.reply.to ?? 'requester' }]
  if ('notify' in action) {
    const { template, to, allowMany = false } = action.notify
    return [{ ...by, kind: 'notify', template, to, allowMany }]
  }
  if ('link' in action) return [{ ...by, kind: 'link', ...action.link }]
  if ('runAssistant' in action) return [{ ...by, kind: 'assistant', config: action.runAssistant }]
  return 'webhook' in action ? [{ ...by, kind: 'webhook', endpoint: action.webhook.endpoint }] : []
}
