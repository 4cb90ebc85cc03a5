// What lies beside a ticket: its checklist, tickets like it, the incidents of a problem.
import { z } from 'zod'

import { id, instant, nameRef, pageOf, personRef } from './shapes.ts'
import { status } from './tickets.ts'

/** GET, POST /tickets/{id}/checklist; PATCH, DELETE …/{itemId}. All answer the whole list. */
export const checklistItem = z.object({
  id,
  text: z.string(),
  doneBy: nameRef.nullable(),
  doneAt: instant.nullable(),
})
export type ChecklistItem = z.infer<typeof checklistItem>
export const checklistPage = pageOf(checklistItem)
export const newChecklistItem = z.strictObject({ text: z.string().trim().min(1).max(500) })
export const checklistPatch = z.strictObject({ done: z.boolean() })

/** GET /tickets/{id}/similar: by the words of the subject, likeliest first. */
export const similarTicket = z.object({ id, subject: z.string(), status, updatedAt: instant })
export type SimilarTicket = z.infer<typeof similarTicket>
export const similarPage = pageOf(similarTicket)

/** GET /tickets/{id}/incidents: the active incidents of a problem, and who would be mailed. */
export const incident = z.object({ id, subject: z.string(), status, requester: personRef })
export type Incident = z.infer<typeof incident>
export const incidentPage = pageOf(incident)
/**
 * POST /tickets/{id}/incidents/resolve: `ticketIds` names exactly the incidents that were shown, so that nobody else is
 * mailed. With `body` (HTML) each requester gets it as a reply.
 */
export const resolveIncidents = z.strictObject({
  ticketIds: z.array(id).min(1).max(200),
  body: z.string().max(100_000).optional(),
})
export const resolvedIncidents = z.object({
  resolved: z.array(id),
  left: z.array(z.object({ id, reason: z.string() })),
})
export type ResolvedIncidents = z.infer<typeof resolvedIncidents>
