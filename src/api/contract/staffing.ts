// /handover: what an agent leaves behind at the end of a shift. /routing-conflicts: who is never to have whose tickets.
import { z } from 'zod'
import { email, id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'
import { presence } from './routing.ts'
import { priority, status } from './tickets.ts'

/** GET /handover?agentId=: the caller's, or for leads anybody's. What cannot wait comes first. */
export const handoverQuery = pageQuery.extend({ agentId: z.coerce.number().pipe(id).optional() })
export const handover = z.object({
  agent: nameRef,
  presence,
  /** By their working hours; null without any. */
  shiftEndsAt: instant.nullable(),
  backAt: instant.nullable(),
  /** How many should not wait. */
  urgent: z.number().int(),
  items: z.array(
    z.object({
      ticketId: id,
      subject: z.string(),
      requester: z.string(),
      status,
      priority,
      /** `due`: a clock is due before they are back; `waiting`: a customer waits for an answer; null: it can wait. */
      why: z.enum(['due', 'waiting']).nullable(),
      dueAt: instant.nullable(),
      waitingSince: instant.nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type Handover = z.infer<typeof handover>

/** POST /handover: to a colleague, or with null back to the queues. Each `seq` can be given to /tickets/{id}/undo. */
export const newHandover = z.strictObject({
  agentId: id.optional(),
  ticketIds: z.array(id).min(1).max(200),
  to: id.nullable(),
  despiteConflict: z.literal(true).optional(),
})
export const handedOver = z.object({
  items: z.array(
    z.object({ ticketId: id, seq: z.number().int().nullable(), refusal: z.string().nullable() }),
  ),
})
export type HandedOver = z.infer<typeof handedOver>

/** An agent and a person, or everybody of an organization. */
export const routingConflict = z.object({
  id,
  agent: nameRef,
  person: nameRef.extend({ email: z.string().nullable() }).nullable(),
  organization: nameRef.nullable(),
  note: z.string(),
  addedBy: z.string().nullable(),
  addedAt: instant,
})
export const routingConflictPage = pageOf(routingConflict)
export type RoutingConflict = z.infer<typeof routingConflict>
/** Either a person, by address, or an organization, by name. */
export const newRoutingConflict = z.strictObject({
  agentId: id,
  person: email.optional(),
  organization: z.string().trim().min(1).max(200).optional(),
  note: z.string().max(500).default(''),
})

/** GET /reports/staffing: agents needed and agents there, for each hour of the week. Without `queueId` for all queues together. */
export const staffingQuery = z.strictObject({
  days: z.coerce.number().int().min(7).max(400).default(56),
  queueId: z.coerce.number().pipe(id).optional(),
  /** Open hours within which mail is to be answered; what policies promise unless given. */
  promiseHours: z.coerce.number().int().min(1).max(120).optional(),
  /** Seconds within which four of five chats are to be answered. */
  chatSeconds: z.coerce.number().int().min(5).max(3_600).default(60),
})
export const staffing = z.object({
  weeks: z.number(),
  promiseHours: z.number().int(),
  chatSeconds: z.number().int(),
  /** What a ticket took in all, learnt from answers; `isGuess` when there were too few to learn from. */
  ticketSeconds: z.number(),
  isGuess: z.boolean(),
  timeZone: z.string(),
  /** 168 of them, from Monday at midnight; `there` is null where nobody knows yet. */
  hours: z.array(
    z.object({
      came: z.number(),
      chats: z.number(),
      needed: z.number().int(),
      there: z.number().nullable(),
      open: z.boolean(),
    }),
  ),
})
export type Staffing = z.infer<typeof staffing>
