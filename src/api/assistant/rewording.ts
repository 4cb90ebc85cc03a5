// What an agent writes, reworded or translated by the desk's model, at their press. Nothing is kept, and nothing is sent.
import type { FastifyInstance } from 'fastify'
import { newRewording, reworded } from '#api/contract/models.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { ModelProblem, type ModelRequest } from '#assistant/model.ts'
import { redact } from '#assistant/redact.ts'
import { readReworded, rewordRequest, type Reworded } from '#assistant/rewording.ts'
import { isSwitchedOff } from '#desk/assistant-book.ts'
import { modelsOf } from '#desk/assistant/models.ts'
import type { Desk } from '#desk/desk.ts'
import type { Ticket } from '#tickets/ticket.ts'

export function rewordingRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/rewording',
    access: 'ticket.reply',
    summary: 'The text in other words or another language, by the desk’s model; changes nothing',
    params: ticketParams,
    body: newRewording,
    answer: reworded,
    status: 200,
    // An agent's words before they are sent are kept nowhere.
    answersSecret: true,
    rateLimit: { max: 30, timeWindow: '1 minute' },
    // The model is waited for before a transaction is open.
    beforehand: async ({ params, body: { text, how, language }, principal }) => {
      const { ticket } = await ticketFor(desk.database, params.id, principal, 'ticket.reply')
      const [secret] = redact(text).found
      if (secret !== undefined)
        declineInput('text', `has a secret in it (${secret}), which no model is given`)
      if (how === 'translate' && language === undefined) declineInput('language', 'is missing')
      return ask(desk, ticket, text, rewordRequest(text, how, language ?? null))
    },
    handler: async ({ early: { text, lost, added } }) => ({ text, lost: [...lost], added: [...added] }),
  })
}

async function ask(desk: Desk, ticket: Ticket, text: string, request: ModelRequest): Promise<Reworded> {
  const { assistant } = await desk.setup.now()
  const providerId = assistant.config?.providerId ?? null
  if (providerId === null || isSwitchedOff(assistant, ticket))
    return decline('refused', 'No model is asked here: the assistant names none, or is switched off.', {
      refusal: 'no_model',
    })
  try {
    const answer = await modelsOf(desk).ask(providerId, request)
    return (
      readReworded(answer.text, text) ??
      decline('unavailable', 'The model gave back no text.', { reason: 'broken' })
    )
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    return decline('unavailable', error.message, { reason: error.reason })
  }
}
