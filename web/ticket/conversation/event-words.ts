// Log entries in plain words. Ids become names from the entry itself or from the desk's lists.
import { useCallback } from 'react'

import type { Actor } from '../../../src/api/contract/shapes.ts'
import type { TicketEvent } from '../../../src/api/contract/tickets.ts'
import { dayAndTime } from '../../parts/time.ts'
import { useAgents, useCategories, useFields, useTeams } from '../../wire/desk.ts'
import { hasWord, say, sayName, sayValue } from '../../words/say.ts'

export function actorName({ type, name }: Actor): string {
  if (type === 'rule') return name ? say('actor.rule', { name }) : say('actor.aRule')
  return name || sayName('actor', type)
}

type Lookup = (noun: string, id: unknown) => string

/** A function that says an event without its actor: "set the priority to High". */
export function useDescribe(): (event: TicketEvent) => string {
  const agents = useAgents()
  const teams = useTeams()
  const categories = useCategories()
  const fields = useFields()
  return useCallback(
    (event) => {
      const lookup: Lookup = (noun, id) => {
        const known = event.names?.[`${noun}:${String(id)}`]
        if (known) return known
        if (noun === 'person') return agents.find((agent) => agent.id === id)?.name ?? `#${String(id)}`
        if (noun === 'team') return teams.find((team) => team.id === id)?.name ?? `#${String(id)}`
        if (noun === 'category')
          return categories.find((category) => category.id === id)?.path ?? `#${String(id)}`
        if (noun === 'field') return fields.find((field) => field.id === id)?.label ?? `#${String(id)}`
        return `#${String(id)}`
      }
      return describe(event, lookup)
    },
    [agents, teams, categories, fields],
  )
}

function describe({ kind, payload }: TicketEvent, lookup: Lookup): string {
  const to = payload['to']
  switch (kind) {
    case 'status_changed':
      return say('event.status', { to: sayName('status', String(to)) })
    case 'priority_changed':
      return say('event.priority', { to: sayName('priority', String(to)) })
    case 'assignee_changed':
      return to === null ? say('event.unassigned') : say('event.assigned', { to: lookup('person', to) })
    case 'team_changed':
      return to === null ? say('event.teamNone') : say('event.team', { to: lookup('team', to) })
    case 'category_changed':
      return to === null ? say('event.categoryNone') : say('event.category', { to: lookup('category', to) })
    case 'queue_changed':
      return to === null ? say('event.queueNone') : say('event.queue', { to: lookup('queue', to) })
    case 'route_offered':
    case 'route_expired':
      return say(`event.${kind}`, { to: lookup('person', payload['agentId']) })
    case 'requester_changed':
      return say('event.requester', { to: lookup('person', to) })
    case 'field_changed':
      return say('event.field', { field: lookup('field', payload['fieldId']), to: shown(to) })
    case 'tags_changed':
      return tagWords(payload)
    case 'participant_added':
    case 'participant_removed':
      return say(kind === 'participant_added' ? 'event.joined' : 'event.left', {
        name: lookup('person', payload['personId']),
        role: sayName('role', String(payload['role'])),
      })
    case 'csat_answered':
    case 'csat_changed':
      return say(`event.${kind}`, { score: Number(payload['score']) })
    case 'assistant_enabled':
      return say(payload['enabled'] === true ? 'event.assistant_asked' : 'event.assistant_kept_out')
    case 'snoozed':
      return say('event.snoozed', { when: dayAndTime(String(payload['until'])) })
    case 'ticket_merged_into':
    case 'ticket_unmerged_from':
      return say(`event.${kind}`, { id: String(payload['targetTicketId']) })
    case 'ticket_merged_in':
    case 'ticket_unmerged':
      return say(`event.${kind}`, { id: String(payload['sourceTicketId']) })
    case 'ticket_split':
    case 'split_from':
      return say(`event.${kind}`, { id: String(payload['ticketId']) })
    case 'link_added':
    case 'link_removed':
      return say(`event.${kind}`, {
        id: String(payload['ticketId']),
        type: sayName('link', String(payload['linkType'])),
      })
    default:
      return changeWords(kind, payload) ?? sayName('event', kind)
  }
}

/** Any other change of one word to another; what ids mean is not known here. */
function changeWords(kind: string, { from, to }: TicketEvent['payload']): string | null {
  const [, property] = /^(\w+)_changed$/.exec(kind) ?? []
  const isOfWords = [from, to].some((each) => typeof each === 'string')
  if (property === undefined || !isOfWords || hasWord(`event.${kind}`)) return null
  const value = typeof to === 'string' ? sayValue(property, to) : shown(to)
  return say('event.field', { field: sayName('property', property), to: value })
}

function tagWords(payload: TicketEvent['payload']): string {
  const added = listOf(payload['added'])
  const removed = listOf(payload['removed'])
  if (added && removed) return say('event.tagsBoth', { added, removed })
  return added ? say('event.tagsAdded', { added }) : say('event.tagsRemoved', { removed })
}

function listOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : ''
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return say('value.empty')
  if (typeof value === 'boolean') return say(value ? 'value.yes' : 'value.no')
  return Array.isArray(value) ? value.join(', ') : String(value)
}
