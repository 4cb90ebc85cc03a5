// /assistant/simulations: a version of the assistant, lived through tickets of the past.
import { z } from 'zod'
import { decisions, simulatedChanges, triageFields } from '#assistant/words.ts'
import { threshold } from './assistant.ts'
import { id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'

const whole = z.number().int()
const counted = z.object({ n: whole, value: z.number(), low: z.number(), high: z.number() })

export const newSimulation = z.strictObject({
  version: z.int32().positive(),
  /** Days that end with the newest ticket. */
  days: whole.min(1).max(3_650),
})
export const simulation = z.object({
  id,
  state: z.enum(['queued', 'running', 'done', 'failed']),
  configVersion: whole,
  from: instant,
  to: instant,
  done: whole,
  total: whole,
  failure: z.string().nullable(),
  createdBy: nameRef,
  createdAt: instant,
  finishedAt: instant.nullable(),
})
export const simulationPage = pageOf(simulation)
export type Simulation = z.infer<typeof simulation>

export const simulationReport = z.object({
  n: whole,
  /** Left out: what a procedure would have looked up was not written down. */
  unknown: whole.default(0),
  /** Tickets with an answer, and something that people did to compare it with. */
  labelled: whole,
  decisions: z.array(counted.extend({ decision: z.enum(decisions) })),
  reasons: z.array(z.object({ reason: z.string(), n: whole })),
  /** By field: what it would have shown, how much of that was right, and the same of what it would have set. Empty in reports of before. */
  triage: z.array(
    counted.extend({ field: z.enum(triageFields), said: whole, sure: whole, sureRight: whole }),
  ),
  /** For each chance: the share of tickets answered alone from it on, and how many of the judged were wrong. */
  curve: z.array(
    z.object({ from: z.number(), n: whole, wrong: whole, bound: z.number(), coverage: z.number() }),
  ),
  categories: z.array(
    z.object({
      categoryId: id.nullable(),
      n: whole,
      labelled: whole,
      right: whole,
      threshold: threshold.nullable(),
      alone: whole,
    }),
  ),
  /** Words of questions that no article answers, with some of their tickets. */
  unanswered: z.array(z.object({ words: z.array(z.string()), n: whole, ticketIds: z.array(id) })),
  ms: z.object({ p50: z.number(), p95: z.number() }),
})
export const simulationDetail = simulation.extend({ report: simulationReport.nullable() })
export type SimulationDetail = z.infer<typeof simulationDetail>

/** A ticket of a simulation: what the assistant would have said, beside what people said. */
export const simulatedTicket = z.object({
  ticketId: id,
  subject: z.string(),
  decision: z.enum(decisions),
  reason: z.string().nullable(),
  categoryId: id.nullable(),
  pCorrect: z.number().nullable(),
  isRight: z.boolean().nullable(),
  /** Against the simulation before it. */
  change: z.enum(simulatedChanges).nullable(),
  evidence: z.array(z.object({ articleId: id, title: z.string(), heading: z.string(), score: z.number() })),
  answer: z.string().nullable(),
  question: z.string().nullable(),
  reply: z.string().nullable(),
})
export type SimulatedTicket = z.infer<typeof simulatedTicket>
export const simulatedPage = pageOf(simulatedTicket)
export const simulatedQuery = pageQuery.extend({
  decision: z.enum(decisions).optional(),
  reason: z.string().max(40).optional(),
  right: z.stringbool().optional(),
  change: z.enum(simulatedChanges).optional(),
})
