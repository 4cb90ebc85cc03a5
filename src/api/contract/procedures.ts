// Procedures as they stand in a version of the assistant, and how far one came on a ticket.
import { z } from 'zod'
import {
  deskFacts,
  factKinds,
  factTests,
  lookUpProblems,
  procedureStepKinds,
  stepOutcomes,
} from '#assistant/words.ts'
import { macroPreview } from './macros.ts'
import { id, name, nameRef } from './shapes.ts'

export const MOST_PROCEDURES = 50
const MOST_STEPS = 30

const language = z.string().regex(/^[a-z]{2}$/)
/** What a fact is called is what templates name it by: `{{order number}}`. */
const fact = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^{}]{1,60}$/)
const texts = z.record(language, z.string().trim().max(5_000))
const from = z.union([
  z.enum(deskFacts),
  z.string().regex(/^field\.[\w-]{1,60}$/),
  /** An answer of a look-up in another system. */
  z.string().regex(/^outside\.[a-z0-9][a-z0-9-]{0,39}\.[A-Za-z0-9][\w-]{0,39}$/),
])
const only = z
  .array(z.strictObject({ fact, is: z.enum(factTests), value: z.string().trim().max(200).default('') }))
  .max(10)
  .default([])

const ask = z.strictObject({
  kind: z.literal('ask'),
  only,
  fact,
  text: texts,
  as: z.enum(factKinds),
  /** Of a code: digits stand for any digit, `*` for any letter or digit, all else for itself. */
  example: z.string().trim().max(60).default(''),
  choices: z
    .array(
      z.strictObject({
        value: name.max(100),
        words: z.array(z.string().trim().min(1).max(100)).min(1).max(30),
      }),
    )
    .max(20)
    .default([]),
})
export const procedureStep = z.discriminatedUnion('kind', [
  ask,
  z.strictObject({ kind: z.literal('look_up'), only, fact, from }),
  z.strictObject({ kind: z.literal('answer'), only, text: texts, closes: z.boolean() }),
  z.strictObject({ kind: z.literal('propose'), only, macroId: id }),
  z.strictObject({ kind: z.literal('hand_over'), only }),
])
export type ProcedureStep = z.infer<typeof procedureStep>

export const procedure = z.strictObject({
  /** What scenarios and runs know it by; its name may change. */
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  name: name.max(100),
  categoryId: id.nullable(),
  brandId: id.nullable(),
  languages: z.array(language).min(1).max(10),
  phrases: z.array(z.string().trim().min(2).max(100)).max(50),
  mostQuestions: z.int().min(1).max(5),
  steps: z.array(procedureStep).min(1).max(MOST_STEPS),
})
export type Procedure = z.infer<typeof procedure>

export const procedureRun = z.object({
  key: z.string(),
  name: z.string(),
  language: z.string(),
  facts: z.array(z.object({ fact: z.string(), value: z.string().nullable(), from: z.string().nullable() })),
  asked: z.string().nullable(),
  questions: z.number().int(),
  trace: z.array(
    z.object({
      step: z.number().int(),
      kind: z.enum(procedureStepKinds).nullable(),
      did: z.enum(stepOutcomes),
      fact: z.string().nullable(),
    }),
  ),
  macroId: id.nullable(),
  /** Other systems that were asked, by the keys of the look-ups, and why one gave no answer. */
  outside: z.array(z.object({ key: z.string(), failed: z.enum(lookUpProblems).nullable() })).default([]),
})

/** What is proposed on a ticket, as it would be done by who looks at it. */
export const proposal = macroPreview.extend({
  macro: nameRef,
  /** What stands here, in short: sent along, nothing else is done than what was shown. */
  shown: z.string(),
})
export const proposalApproval = z.strictObject({ shown: z.string().max(100) })
export type Proposal = z.infer<typeof proposal>
