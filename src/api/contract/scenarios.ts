// /assistant/scenarios: what a customer writes, message by message, and what the assistant must make of it.
import { z } from 'zod'
import { LONGEST, MOST_TURNS } from '#assistant/scenario.ts'
import { checkKinds, decisions } from '#assistant/words.ts'
import { id, instant, name, nameRef, pageOf } from './shapes.ts'
import { channel } from './tickets.ts'

const whole = z.number().int()
const check = z.strictObject({ kind: z.enum(checkKinds), value: z.string().trim().max(100).default('') })
const turn = z.strictObject({
  text: z.string().trim().min(1).max(LONGEST.text),
  checks: z.array(check).max(20).default([]),
})

export const newScenario = z.strictObject({
  title: name,
  subject: z.string().trim().max(LONGEST.subject),
  categoryId: id.nullable().default(null),
  brandId: id.nullable().default(null),
  channel: channel.default('email'),
  turns: z.array(turn).min(1).max(MOST_TURNS),
  /** What look-ups of procedures find, by where. */
  lookedUp: z
    .record(z.string().max(80), z.string().max(200).nullable())
    .refine((each) => Object.keys(each).length <= 50, 'are more than 50')
    .default({}),
})
export type NewScenario = z.input<typeof newScenario>
export const scenario = newScenario.extend({
  id,
  /** Where it was taken from. */
  ticketId: id.nullable(),
  createdBy: nameRef,
  updatedAt: instant,
})
export type Scenario = z.infer<typeof scenario>
export const scenarioPage = pageOf(scenario)
/** Those that people wrote, as they are kept in a file and read from one. */
export const scenarioFile = z.strictObject({ scenarios: z.array(newScenario).max(500) })
export const scenariosRead = z.object({ added: whole })
export const runScenariosOf = z.strictObject({ version: z.int32().positive().optional() })
export const scenarioResults = z.object({
  version: whole.nullable(),
  passed: whole,
  items: z.array(
    z.object({
      id,
      title: z.string(),
      isPassed: z.boolean(),
      turns: z.array(
        z.object({
          decision: z.enum(decisions),
          reason: z.string().nullable(),
          answer: z.string().nullable(),
          /** Checks that do not hold, with what is there instead. */
          failed: z.array(check.extend({ saw: z.string() })),
        }),
      ),
    }),
  ),
})
export type ScenarioResults = z.infer<typeof scenarioResults>
