// What a tool is: a row with what it is for, what it takes and gives, what it does to the world and the scopes it needs.
import { z } from 'zod'
import type { Api } from '#programs/api-client.ts'

/** A moment in an answer. The contract's own brings a pattern of 400 letters each time, which every client has to read. */
export const moment = z.string().meta({ format: 'date-time' })

/** What a tool does to the desk: `sends` leaves the house and cannot be called back. */
type Effect = 'reads' | 'adds' | 'changes' | 'sends'

type Row<I extends z.ZodObject, O extends z.ZodObject> = {
  readonly name: string
  readonly title: string
  readonly about: string
  /** Of the token, all of them; who it belongs to needs the role besides. */
  readonly scopes: readonly string[]
  readonly effect: Effect
  readonly input: I
  readonly output: O
  readonly run: (api: Api, input: z.output<I>) => Promise<z.input<O>>
}
export type Tool = Row<z.ZodObject, z.ZodObject>

/** A row of the table of tools, its `run` typed by its own input and output. */
export function tool<I extends z.ZodObject, O extends z.ZodObject>(row: Row<I, O>): Tool {
  return row as unknown as Tool
}

/** What a program is told about a tool's effect before it calls it. */
export const annotations = {
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  adds: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  changes: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  sends: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
} as const satisfies Record<Effect, object>
