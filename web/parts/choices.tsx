// The choices for each property of a ticket, and what choosing one asks of the server. One list for menus and keys.
import { CalendarClock, Clock, UserRound, UserRoundX } from 'lucide-react'
import { useMemo } from 'react'

import type { Me } from '../../src/api/contract.ts'
import type { Agent, Category, TagEntry, Team } from '../../src/api/contract/desk.ts'
import type { Ticket, TicketPatch } from '../../src/api/contract/tickets.ts'
import { priorities, type Priority } from '../../src/tickets/vocabulary.ts'
import { patchTickets, type Told } from '../wire/actions.ts'
import { useAgents, useCategories, useTags, useTeams } from '../wire/desk.ts'
import { useMe } from '../wire/session.ts'
import { say } from '../words/say.ts'
import type { Asked } from '../state/desk-state.ts'
import { Avatar, PriorityMark, StatusMark } from './Marks.tsx'
import { snoozeMoments } from './moments.ts'
import type { Choice } from './PickList.tsx'
import { settable, type Settable } from './settable.ts'
import { createStore } from '../state/store.ts'
import { dayAndTime } from './time.ts'

export type Question = {
  label: string
  choices: readonly Choice[]
  chosen: readonly string[]
  many: boolean
  choose: (id: string) => void
  create?: (text: string) => void
}

/** `ids` may be more than the tickets that are known here: rows that were never in sight. */
export function useQuestion(
  what: Asked,
  tickets: readonly Ticket[],
  ids: readonly number[] = tickets.map(({ id }) => id),
): Question {
  const me = useMe()
  const agents = useAgents()
  const teams = useTeams()
  const categories = useCategories()
  const tags = useTags()
  return useMemo(() => {
    const label = say(`ask.${what}`)
    switch (what) {
      case 'status':
        return { label, many: false, ...statusQuestion(tickets, ids) }
      case 'priority':
        return { label, many: false, ...priorityQuestion(tickets, ids) }
      case 'assignee':
        return { label, many: false, ...assigneeQuestion(tickets, ids, agents, me) }
      case 'team':
        return { label, many: false, ...teamQuestion(tickets, ids, teams) }
      case 'category':
        return { label, many: false, ...categoryQuestion(tickets, ids, categories) }
      case 'tags':
        return { label, many: true, ...tagsQuestion(tickets, ids, tags) }
      case 'snooze':
        return { label, many: false, ...snoozeQuestion(tickets, ids) }
    }
  }, [what, tickets, ids, me, agents, teams, categories, tags])
}

type Part = Omit<Question, 'label' | 'many'>
type Ids = readonly number[]

function send(ids: Ids, patch: TicketPatch, change: Partial<Ticket>, told: Told): Promise<boolean> {
  return patchTickets(ids, patch, () => change, told)
}

function shared<Value>(tickets: readonly Ticket[], read: (ticket: Ticket) => Value): Value | undefined {
  const [first] = tickets
  if (!first) return undefined
  const value = read(first)
  return tickets.every((ticket) => read(ticket) === value) ? value : undefined
}

/** Whether all of them have the status now. */
export function setStatus(ids: Ids, status: Settable): Promise<boolean> {
  return send(
    ids,
    { status },
    { status },
    { done: 'done.status', values: { status: say(`status.${status}`) } },
  )
}

function statusQuestion(tickets: readonly Ticket[], ids: Ids): Part {
  return {
    choices: settable.map((status) => ({
      id: status,
      label: say(`status.${status}`),
      hint: say(`statusHint.${status}`),
      icon: <StatusMark status={status} bare />,
      keys: status === 'resolved' ? 'e' : undefined,
    })),
    chosen: [shared(tickets, ({ status }) => status) ?? ''],
    choose: (id) => void setStatus(ids, id as Settable),
  }
}

function priorityQuestion(tickets: readonly Ticket[], ids: Ids): Part {
  return {
    choices: priorities.toReversed().map((priority) => ({
      id: priority,
      label: say(`priority.${priority}`),
      icon: <PriorityMark priority={priority} bare />,
    })),
    chosen: [shared(tickets, ({ priority }) => priority) ?? ''],
    choose: (id) => {
      const priority = id as Priority
      void send(
        ids,
        { priority },
        { priority },
        {
          done: 'done.priority',
          values: { priority: say(`priority.${priority}`) },
        },
      )
    },
  }
}

export function assignTo(ids: Ids, agent: { id: number; name: string } | null): void {
  const told: Told = agent
    ? { done: 'done.assigned', values: { name: agent.name } }
    : { done: 'done.unassigned' }
  const assignee = agent ? { id: agent.id, name: agent.name } : null
  const change = ({ status }: Ticket): Partial<Ticket> =>
    agent && status === 'new' ? { assignee, status: 'open' } : { assignee }
  void patchTickets(ids, { assignee: agent?.id ?? null }, change, told)
}

function assigneeQuestion(tickets: readonly Ticket[], ids: Ids, agents: readonly Agent[], me: Me): Part {
  const others = agents.filter(({ id, active, role }) => active && id !== me.id && role !== 'viewer')
  return {
    choices: [
      {
        id: String(me.id),
        label: me.name,
        hint: say('assign.me'),
        icon: <UserRound size={14} aria-hidden />,
        keys: 'i',
      },
      { id: '', label: say('assign.nobody'), icon: <UserRoundX size={14} aria-hidden /> },
      ...others.map(({ id, name, email, teams }) => ({
        id: String(id),
        label: name,
        also: email,
        hint: teams.map((team) => team.name).join(', '),
        icon: <Avatar name={name} of={id} size={20} />,
      })),
    ],
    chosen: [String(shared(tickets, ({ assignee }) => assignee?.id ?? '') ?? '?')],
    choose: (id) =>
      assignTo(ids, agents.find((agent) => String(agent.id) === id) ?? (id === String(me.id) ? me : null)),
  }
}

function teamQuestion(tickets: readonly Ticket[], ids: Ids, teams: readonly Team[]): Part {
  return {
    choices: [
      { id: '', label: say('team.none') },
      ...teams.filter(({ archived }) => !archived).map(({ id, name }) => ({ id: String(id), label: name })),
    ],
    chosen: [String(shared(tickets, ({ team }) => team?.id ?? '') ?? '?')],
    choose: (id) => {
      const found = teams.find((team) => String(team.id) === id)
      const team = found ? { id: found.id, name: found.name } : null
      const told: Told = team ? { done: 'done.team', values: { name: team.name } } : { done: 'done.teamNone' }
      void send(ids, { team: team?.id ?? null }, { team }, told)
    },
  }
}

function categoryQuestion(tickets: readonly Ticket[], ids: Ids, categories: readonly Category[]): Part {
  return {
    choices: [
      { id: '', label: say('category.none') },
      ...categories
        .filter(({ archived }) => !archived)
        .map(({ path }) => ({ id: path, label: path.replaceAll('/', ' / ') })),
    ],
    chosen: [shared(tickets, ({ category }) => category ?? '') ?? '?'],
    choose: (id) => {
      const category = id === '' ? null : id
      void send(
        ids,
        { category },
        { category },
        { done: 'done.category', values: { name: id || say('category.none') } },
      )
    },
  }
}

function tagsQuestion(tickets: readonly Ticket[], ids: Ids, tags: readonly TagEntry[]): Part {
  const onAll = (name: string) => tickets.length > 0 && tickets.every((ticket) => ticket.tags.includes(name))
  const known = new Set([
    ...tickets.flatMap((ticket) => ticket.tags),
    ...tags.filter((tag) => !tag.archived).map((tag) => tag.name),
  ])
  const toggle = (name: string) => {
    const remove = onAll(name)
    const patch: TicketPatch = remove ? { removeTags: [name] } : { addTags: [name] }
    const change = ({ tags: now }: Ticket): Partial<Ticket> => ({
      tags: remove ? now.filter((tag) => tag !== name) : [...new Set([...now, name])],
    })
    void patchTickets(ids, patch, change, {
      done: remove ? 'done.untagged' : 'done.tagged',
      values: { name },
    })
  }
  return {
    choices: [...known].toSorted().map((name) => ({ id: name, label: name })),
    chosen: [...known].filter(onAll),
    choose: toggle,
    create: toggle,
  }
}

const otherTime = 'other'
/** The tickets for which a date and time is being chosen. */
export const snoozing = createStore<Ids | null>(null)

export function snoozeUntil(ids: Ids, snoozedUntil: string | null): void {
  const told: Told =
    snoozedUntil === null
      ? { done: 'done.woken' }
      : { done: 'done.snoozed', values: { when: dayAndTime(snoozedUntil) } }
  void send(ids, { snoozedUntil }, { snoozedUntil }, told)
}

function snoozeQuestion(tickets: readonly Ticket[], ids: Ids): Part {
  const moments = snoozeMoments(new Date())
  const asleep = tickets.some(({ snoozedUntil }) => snoozedUntil !== null)
  return {
    choices: [
      ...(asleep ? [{ id: '', label: say('snooze.wake') }] : []),
      ...moments.map(({ word, at }) => ({
        id: at.toISOString(),
        label: say(word),
        hint: dayAndTime(at.toISOString()),
        icon: <Clock size={14} aria-hidden />,
      })),
      { id: otherTime, label: say('snooze.other'), icon: <CalendarClock size={14} aria-hidden /> },
    ],
    chosen: [],
    choose: (id) => (id === otherTime ? snoozing.set(ids) : snoozeUntil(ids, id === '' ? null : id)),
  }
}
