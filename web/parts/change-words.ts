// A change in words, part by part: what a macro sets, what waits to be set with a message.
import type { MacroChange } from '../../src/api/contract/tickets.ts'
import { lengthOf } from '../sla/clock.ts'
import { useAgents, useFields, useTeams } from '../wire/desk.ts'
import { say, sayName } from '../words/say.ts'

/** A function that says each part of a change: "Status: Pending", "+ refund". */
export function useChangeWords(): (change: MacroChange) => string[] {
  const agents = useAgents()
  const teams = useTeams()
  const fields = useFields()
  return ({ status, priority, assignee, team, category, addTags, removeTags, ...more }) => {
    const { fields: values, snoozeSeconds, askAssistant } = more
    const pair = (name: string, value: string) => `${name}: ${value}`
    const none = say('value.none')
    return [
      status === undefined ? '' : pair(say('property.status'), sayName('status', status)),
      priority === undefined ? '' : pair(say('property.priority'), sayName('priority', priority)),
      assignee === undefined
        ? ''
        : pair(
            say('property.assignee'),
            assignee === 'me'
              ? say('assign.me')
              : (agents.find(({ id }) => id === assignee)?.name ?? say('assign.nobody')),
          ),
      team === undefined
        ? ''
        : pair(
            say('property.team'),
            teams.find(({ id, name }) => id === team || name === team)?.name ?? none,
          ),
      category === undefined ? '' : pair(say('property.category'), category ?? none),
      snoozeSeconds === undefined ? '' : pair(say('property.snooze'), lengthOf(snoozeSeconds * 1000)),
      askAssistant ? say('ask.assistant') : '',
      addTags?.length ? `+ ${addTags.join(', ')}` : '',
      removeTags?.length ? `− ${removeTags.join(', ')}` : '',
      ...Object.entries(values ?? {}).map(([key, value]) =>
        pair(fields.find((field) => field.key === key)?.label ?? key, String(value ?? none)),
      ),
    ].filter(Boolean)
  }
}
