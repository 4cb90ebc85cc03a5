// The desk's own nouns, small enough to hold whole: agents, teams, tags, categories, fields.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { Agent, Category, Field, Person, TagEntry, Team } from '../../src/api/contract/desk.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { learnFaces } from '../state/faces.ts'
import { askAside, call } from './call.ts'

/** Reads every page of a list that is bounded by the size of the desk, at most 20 pages. */
export async function all<Item>(path: string): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  for (let page = 0; page < 20; page++) {
    const answer: Page<Item> = await call<Page<Item>>('GET', path, { query: { limit: 200, cursor } })
    items.push(...answer.items)
    cursor = answer.nextCursor
    if (cursor === null) break
  }
  return items
}

const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: async () => {
    const agents = await all<Agent>('/agents')
    learnFaces(agents)
    return agents
  },
})
const teamsQuery = queryOptions({ queryKey: ['teams'], queryFn: () => all<Team>('/teams') })
const tagsQuery = queryOptions({ queryKey: ['tags'], queryFn: () => all<TagEntry>('/tags') })
const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: () => all<Category>('/categories'),
})
export const fieldsQuery = queryOptions({ queryKey: ['fields'], queryFn: () => all<Field>('/fields') })

export const useAgents = (): Agent[] => useQuery(agentsQuery).data ?? []
export const useTeams = (): Team[] => useQuery(teamsQuery).data ?? []
export const useTags = (): TagEntry[] => useQuery(tagsQuery).data ?? []
export const useCategories = (): Category[] => useQuery(categoriesQuery).data ?? []
export const useFields = (): Field[] => useQuery(fieldsQuery).data ?? []

/** What the rules are called, for who may know; read once something was done by one. */
export function useRuleNames(wanted: boolean): ReadonlyMap<number, string> {
  const { data } = useQuery({
    queryKey: ['rules', 'names'],
    queryFn: () => all<{ id: number; title: string }>('/rules'),
    enabled: wanted,
    retry: false,
  })
  return new Map((data ?? []).map(({ id, title }) => [id, title]))
}

export function usePerson(id: number, enabled = true): Person | undefined {
  return useQuery({ queryKey: ['person', id], queryFn: askAside<Person>(`/people/${id}`), enabled }).data
}

export function findPeople(q: string, signal?: AbortSignal): Promise<Page<Person>> {
  return call<Page<Person>>('GET', '/people', { query: { q, limit: 8 }, ...(signal ? { signal } : {}) })
}
