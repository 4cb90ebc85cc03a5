// /imports: other desks' data coming in, run by run.
import { z } from 'zod'
import { outcomes } from '#imports/counts.ts'
import { importStates } from '#imports/import-store.ts'
import { apiKinds } from '#imports/api-kinds.ts'
import { id, instant, pageOf } from './shapes.ts'

const whole = z.number().int()

/** `look` only counts what would come. The key is kept sealed until the run has ended. */
export const newImport = z.strictObject({
  kind: z.enum(apiKinds),
  url: z.url({ protocol: /^https?$/ }).max(500),
  user: z.string().max(200).default(''),
  token: z.string().min(1).max(1_000),
  look: z.boolean().default(true),
})
export type NewImport = z.input<typeof newImport>

export const importRun = z.object({
  id,
  source: z.string(),
  kind: z.string(),
  state: z.enum(importStates),
  /** Nothing is or was written. */
  look: z.boolean(),
  /** By kind of record; the outcomes add up to `seen`. */
  counts: z.record(
    z.string(),
    z.object(Object.fromEntries(['seen', ...outcomes].map((name) => [name, whole]))),
  ),
  problems: z.array(z.object({ kind: z.string(), reason: z.string(), count: whole, sample: z.string() })),
  complete: z.boolean(),
  createdAt: instant,
  endedAt: instant.nullable(),
})
export type ImportRun = {
  readonly id: number
  readonly source: string
  readonly kind: string
  readonly state: (typeof importStates)[number]
  readonly look: boolean
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly problems: readonly { kind: string; reason: string; count: number; sample: string }[]
  readonly complete: boolean
  readonly createdAt: string
  readonly endedAt: string | null
}
export const importPage = pageOf(importRun)
