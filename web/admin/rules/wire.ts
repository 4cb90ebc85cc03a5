// What the screens of automation read: the rulebook, its words, and what they choose from.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { Rulebook, Vocabulary } from '../../../src/api/contract/rules.ts'
import type { Referred } from '../../../src/rules/thing.ts'
import type { Choice } from '../../parts/PickList.tsx'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { useAgents, useCategories, useTags, useTeams } from '../../wire/desk.ts'
import { sayName } from '../../words/say.ts'

const rulebookQuery = queryOptions({
  queryKey: ['rules', 'rulebook'],
  queryFn: () => call<Rulebook>('GET', '/rulebook'),
})
const vocabularyQuery = queryOptions({
  queryKey: ['rules', 'vocabulary'],
  queryFn: () => call<Vocabulary>('GET', '/rulebook/vocabulary'),
})

export const useRulebook = () => useQuery(rulebookQuery).data
export const useVocabulary = () => useQuery(vocabularyQuery).data
export const reloadRules = () => client.invalidateQueries({ queryKey: ['rules'] })

/** The things of a kind that a rule can name. */
export function useThings(): (kind: Referred) => readonly Choice[] {
  const [teams, agents, categories, words] = [useTeams(), useAgents(), useCategories(), useVocabulary()]
  const named = (list: ReadonlyArray<{ id: number; name: string }> = []) =>
    list.map(({ id, name }) => ({ id: String(id), label: name }))
  return (kind) => {
    switch (kind) {
      case 'team':
        return named(teams.filter(({ archived }) => !archived))
      case 'agent':
        return agents.flatMap(({ id, name, email, active }) =>
          active ? [{ id: String(id), label: name, also: email }] : [],
        )
      case 'category':
        return categories.flatMap(({ id, path, archived }) =>
          archived ? [] : [{ id: String(id), label: path }],
        )
      case 'queue':
        return named(words?.queues)
      case 'brand':
        return named(words?.brands)
      case 'mailbox':
        return named(words?.mailboxes)
    }
  }
}

export function useTagChoices(): readonly Choice[] {
  return useTags().flatMap(({ name, archived }) => (archived ? [] : [{ id: name, label: name }]))
}

/** The values that a path has by itself. */
export function wordsFor(path: string, value: string): string {
  return path === 'status' || path === 'priority' ? sayName(path, value) : value.replaceAll('_', ' ')
}
