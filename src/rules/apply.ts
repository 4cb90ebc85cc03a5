// What a rule's actions ask for: commands to the ticket, and effects outside it. All are decided before any applies.
import { askOf, settingOf, type Acting } from '#rules/action.ts'
import type { Effect } from '#rules/effect.ts'
import type { Rule } from '#rules/rule.ts'
import type { Changes, Command } from '#tickets/command.ts'

export type Asked = {
  readonly commands: readonly Command[]
  readonly effects: readonly Effect[]
  /** What each field is set to: two rules of one run that differ here are in conflict. */
  readonly sets: Readonly<Record<string, unknown>>
}

/** The commands and effects of a rule's actions. Null when one needs an agent, and there is none. */
export function askedBy(rule: Pick<Rule, 'id' | 'do'>, ruleVersion: string, acting: Acting): Asked | null {
  let set: Record<string, unknown> = {}
  const commands: Command[] = []
  const effects: Effect[] = []
  const sets: Record<string, unknown> = {}
  for (const [index, action] of rule.do.entries()) {
    const { teamId = acting.teamId } = set as Changes
    const ask = askOf(action, { ...acting, teamId })
    if (ask === 'nobody') return null
    if (ask === 'nothing') continue
    if ('command' in ask) commands.push(ask.command)
    else if ('effect' in ask) effects.push({ ruleId: rule.id, ruleVersion, index, ...ask.effect })
    else {
      set = merged(set, ask.set)
      Object.assign(sets, settingOf(action))
    }
  }
  const first: Command[] = Object.keys(set).length === 0 ? [] : [{ kind: 'set', ...(set as Changes) }]
  return { commands: [...first, ...commands], effects, sets }
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
