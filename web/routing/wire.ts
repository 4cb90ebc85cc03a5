// What routing asks the server. The first part of each key is what the change feed names.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type {
  Board,
  Offer,
  Presence,
  Queue,
  Skill,
  StaffMember,
  TicketRouting,
  WaitingTicket,
} from '../../src/api/contract/routing.ts'
import type { Handover } from '../../src/api/contract/staffing.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { notify } from '../state/toasts.ts'
import { askAside, call, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { stateKey } from '../wire/state-key.ts'
import { say } from '../words/say.ts'

export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: () => call<Page<Queue>>('GET', '/queues'),
})
export const staffQuery = queryOptions({
  queryKey: ['presences'],
  queryFn: () => call<Page<StaffMember>>('GET', '/staff'),
})
export const skillsQuery = queryOptions({
  queryKey: ['queues', 'skills'],
  queryFn: () => call<Page<Skill>>('GET', '/skills'),
})
export const boardQuery = queryOptions({
  queryKey: ['waiting', 'board'],
  queryFn: () => call<Board>('GET', '/queues/board'),
  refetchInterval: 30_000,
})
export const lineQuery = (queueId: number, limit: number) =>
  queryOptions({
    queryKey: ['waiting', 'line', queueId, limit],
    queryFn: () => call<Page<WaitingTicket>>('GET', `/queues/${queueId}/tickets`, { query: { limit } }),
  })
/** What an agent leaves behind at the end of a shift. */
export const handoverQuery = (agentId: number, limit: number) =>
  queryOptions({
    queryKey: ['waiting', 'handover', agentId, limit],
    queryFn: () => call<Handover>('GET', '/handover', { query: { agentId, limit } }),
    refetchInterval: 60_000,
  })
export const offersQuery = queryOptions({
  queryKey: ['offers'],
  queryFn: () => call<Page<Offer>>('GET', '/offers'),
})
/** Read again with each update of the ticket. */
export const routingQuery = (ticketId: number, seq: number) =>
  queryOptions({
    ...stateKey<TicketRouting>('waiting', 'ticket', ticketId, seq),
    queryFn: askAside<TicketRouting>(`/tickets/${ticketId}/routing`),
  })

export function useQueues(): Queue[] {
  return useQuery(queuesQuery).data?.items ?? []
}
export function useStaff(): StaffMember[] {
  return useQuery(staffQuery).data?.items ?? []
}
export function useSkills(): Skill[] {
  return useQuery(skillsQuery).data?.items ?? []
}

export const forgetRouting = () => {
  for (const key of ['queues', 'presences', 'waiting']) void client.invalidateQueries({ queryKey: [key] })
}

/** Does it, or says why not. */
export async function tryTo<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await work()
  } catch (error) {
    notify({ kind: 'error', title: say('routing.failed'), detail: reasonOf(error) })
    return null
  } finally {
    forgetRouting()
    void client.invalidateQueries({ queryKey: ['offers'] })
  }
}

export const setPresence = (presence: Presence) =>
  tryTo(() => call<StaffMember>('PUT', '/staff/me', { body: { presence } }))

export const takeNext = () =>
  tryTo(() => call<{ ticketId: number | null }>('POST', '/queues/next', { body: {} }))

export const answerOffer = (id: number, answer: 'accept' | 'decline') =>
  tryTo(() => call<{ ticketId: number | null }>('POST', `/offers/${id}/${answer}`, { body: {} }))
