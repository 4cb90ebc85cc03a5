// Gives a waiting ticket to somebody. A conflict of interest asks first.
import { createStore } from '../state/store.ts'
import { notify } from '../state/toasts.ts'
import { call, CallFailed, reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { forgetRouting } from './wire.ts'

type Agent = { id: number; name: string }

/** A gift that waits for an answer: despite a conflict of interest? */
export const inConflict = createStore<{ ticketId: number; agent: Agent } | null>(null)

export async function giveTo(ticketId: number, agent: Agent, despiteConflict = false): Promise<void> {
  const body = { ticketId, agentId: agent.id, ...(despiteConflict ? { despiteConflict: true } : {}) }
  try {
    await call('POST', '/queues/hand', { body })
    notify({ title: say('routing.given', { id: ticketId, name: agent.name }) })
  } catch (error) {
    const refusal = error instanceof CallFailed ? error.problem.refusal : undefined
    if (refusal === 'conflict_of_interest') return inConflict.set({ ticketId, agent })
    notify({ kind: 'error', title: say('routing.failed'), detail: reasonOf(error) })
  } finally {
    forgetRouting()
  }
}
