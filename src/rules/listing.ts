// The nouns of lists of tickets: who reads one, and what it is grouped by.
import type { PersonId, TeamId } from '#kit/ids.ts'

/** For whom a list is made: the wall around what is seen. */
export type Reader = {
  readonly agentId: PersonId
  readonly sees: 'all' | 'own_teams'
  readonly teamIds: readonly TeamId[]
}

export type GroupKey = 'status' | 'priority' | 'assignee' | 'team' | 'organization'
