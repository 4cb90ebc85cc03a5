// /macros: a text, changes, or both, applied by hand to one ticket. /mentions: where a colleague called the caller.
import { z } from 'zod'

import { id, instant, name, nameRef, pageOf, personRef } from './shapes.ts'
import { macroChange } from './tickets.ts'
import { viewScope } from './views.ts'

/** A macro can say something or change something; empty does neither and is refused. */
const message = z.strictObject({
  kind: z.enum(['reply', 'note']),
  /** HTML with {{variables}} of contract/variables.ts; cleaned like every message. */
  body: z.string().min(1).max(100_000),
})

export const macro = z.object({
  id,
  name: z.string(),
  scope: viewScope,
  owner: nameRef,
  team: nameRef.nullable(),
  change: macroChange,
  message: message.nullable(),
  archived: z.boolean(),
  /** Times it was applied in the last 30 days. */
  uses: z.number().int(),
  mine: z.boolean(),
})
export type Macro = z.infer<typeof macro>
export const macroPage = pageOf(macro)

export const newMacro = z.strictObject({
  name,
  scope: viewScope,
  team: id.nullable().optional(),
  change: macroChange.optional(),
  message: message.nullable().optional(),
})
export type NewMacro = z.infer<typeof newMacro>
export const macroPatch = newMacro.partial().extend({ archived: z.boolean().optional() })
export type MacroPatch = z.infer<typeof macroPatch>

/** POST /macros/{id}/preview and /apply `{ ticketId }`. Preview changes nothing; apply is one update, message included. */
export const macroTarget = z.strictObject({ ticketId: id, expectedSeq: z.int32().optional() })
export const macroPreview = z.object({
  /** Fields in words: what is, and what would be. Fields that stay as they are are left out. */
  changes: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
  message: message.extend({ unresolved: z.array(z.string()) }).nullable(),
})
export type MacroPreview = z.infer<typeof macroPreview>

/** GET /mentions, newest first; POST /mentions/read marks all as read. */
export const mention = z.object({
  ticket: z.object({ id, subject: z.string() }),
  messageId: id,
  by: personRef,
  at: instant,
  read: z.boolean(),
  snippet: z.string(),
})
export type Mention = z.infer<typeof mention>
export const mentionPage = pageOf(mention).extend({ unread: z.number().int() })
export type MentionPage = z.infer<typeof mentionPage>
