// /macros: a text, changes, or both, applied by hand to one ticket. /mentions: where a colleague called the caller.
import { z } from 'zod'

import { articleLanguage } from './articles.ts'
import { attachment } from './messages.ts'
import { deskQuery } from './desk.ts'
import { id, instant, name, nameRef, pageOf, personRef } from './shapes.ts'
import { macroChange } from './tickets.ts'
import { viewScope } from './views.ts'

/** HTML with {{variables}} of contract/variables.ts; cleaned like every message. */
const body = z.string().min(1).max(100_000)
const kind = z.enum(['reply', 'note'])

/** A macro can say something or change something; empty does neither and is refused. */
const message = z.strictObject({
  kind,
  body,
  /** The same in other languages: the customer's is taken, and `body` where it is not among them. */
  texts: z
    .record(articleLanguage, body)
    .refine((texts) => Object.keys(texts).length <= 40, { error: 'are too many languages' })
    .optional(),
})

/** What of the desk's files goes with a macro. */
const file = z.object({ sha256: z.string(), name: z.string(), type: z.string(), size: z.number().int() })
export type MacroFile = z.infer<typeof file>
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A folder by its name; one in another has a slash between them. */
const folder = z.string().trim().max(100)
export const MOST_FILES = 10

/** `of=desk`: all of teams and of everybody, for those who keep them, instead of those that the caller has. */
export const macroQuery = deskQuery.extend({ folder: folder.optional(), of: z.literal('desk').optional() })
export const macroFileParams = z.strictObject({ id: z.coerce.number().pipe(id), sha256 })

export const macro = z.object({
  id,
  name: z.string(),
  scope: viewScope,
  owner: nameRef,
  team: nameRef.nullable(),
  change: macroChange,
  message: message.required().nullable(),
  /** Empty: in none. */
  folder: z.string(),
  files: z.array(file),
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
  folder: folder.optional(),
  /** Of the files that it has or had, those that go with it from now on, in their order. */
  files: z.array(sha256).max(MOST_FILES).optional(),
  /** Uploads of the caller's that go with it as well. */
  uploads: z.array(id).max(MOST_FILES).optional(),
})
export type NewMacro = z.infer<typeof newMacro>
export const macroPatch = newMacro.partial().extend({ archived: z.boolean().optional() })
export type MacroPatch = z.infer<typeof macroPatch>

/** POST /macros/{id}/preview and /apply `{ ticketId }`. Preview changes nothing; apply is one update, message included. */
export const macroTarget = z.strictObject({ ticketId: id, expectedSeq: z.int32().optional() })
export const macroPreview = z.object({
  /** Fields in words: what is, and what would be. Fields that stay as they are are left out. */
  changes: z.array(z.object({ field: z.string(), from: z.string(), to: z.string() })),
  message: z
    .object({
      kind,
      body,
      /** The language that was chosen for this ticket; null: it has the text of all others. */
      language: z.string().nullable(),
      unresolved: z.array(z.string()),
    })
    .nullable(),
  files: z.array(file),
})
/** POST /macros/{id}/uploads: its files once more, as uploads of the caller's own, to be named in a message. */
export const macroUploads = z.object({ items: z.array(attachment) })
export type MacroUploads = z.infer<typeof macroUploads>
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
