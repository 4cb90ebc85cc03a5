// A line as it came, made into what may be told, or the reason why not. Pure.
import { z } from 'zod'
import { moment } from '#imports/lines/moment.ts'
import { problemOf } from '#imports/lines/read-event.ts'
import { tableOf } from '#imports/lines/tables.ts'
import { channels, directions, messageKinds, actorTypes } from '#tickets/vocabulary.ts'

/** Text that the database cannot hold: NUL, and halves of characters. */
const UNKEEPABLE = /\\u0000|\\ud[89a-f]/i

/** Behind these there is room for all that a desk will ever number. */
const id = z
  .int()
  .positive()
  .max(2 ** 50)
const ticketId = z.int().positive().max(1_000_000_000)
const address = z.object({ name: z.string(), email: z.string() })
const file = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  type: z.string(),
  size: z.int().nonnegative(),
  contentId: z.string().nullable(),
  inline: z.boolean(),
})
const message = z.object({
  id,
  kind: z.enum(messageKinds),
  direction: z.enum(directions),
  authorId: id.nullable(),
  authorType: z.enum(actorTypes),
  channel: z.enum(channels),
  at: moment,
  bodyText: z.string(),
  bodyHtml: z.string().nullable(),
  quotedText: z.string().nullable(),
  recipients: z.object({ to: z.array(address), cc: z.array(address) }),
  asideId: id.nullable(),
  rfcMessageId: z.string().nullable(),
  rfcReferences: z.array(z.string()),
  senderCheck: z.enum(['verified', 'unverified', 'failed']).nullable(),
  fromEmail: z.string().nullable(),
  invite: z.record(z.string(), z.unknown()).nullable(),
  redactedAt: moment.nullable(),
  voidedAt: moment.nullable(),
  files: z.array(file),
})
const event = z
  .object({
    id,
    seq: z.int().positive(),
    at: moment,
    updateId: id,
    actor: z.object({ type: z.enum(actorTypes), id: id.nullable(), version: z.string().optional() }),
    causeEventId: id.nullable(),
    kind: z.string(),
    kindVersion: z.int().positive(),
    payload: z.record(z.string(), z.unknown()),
  })
  .superRefine(({ kind, payload }, context) => {
    const problem = problemOf(kind, payload)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
const ticket = z.object({
  kind: z.literal('ticket'),
  id: ticketId,
  events: z.array(event).min(1),
  messages: z.array(message),
  subjects: z.array(z.object({ id, text: z.string() })),
  values: z.array(z.object({ id, fieldId: id, value: z.unknown() })),
  asides: z.array(
    z.object({
      id,
      subject: z.string(),
      participants: z.array(z.unknown()),
      createdBy: id,
      createdAt: moment,
    }),
  ),
  checklist: z.array(
    z.object({
      text: z.string(),
      createdBy: id,
      createdAt: moment,
      doneBy: id.nullable(),
      doneAt: moment.nullable(),
    }),
  ),
})
const number = z
  .int()
  .nonnegative()
  .max(2 ** 50)
const header = z.object({
  kind: z.literal('docket'),
  version: z.int().positive(),
  desk: z.string().max(100),
  last: z.object({ tickets: number.max(1_000_000_000), content: number, events: number, asides: number }),
})
const end = z.object({ kind: z.literal('end'), lines: z.int() })
const row = z.object({ kind: z.string(), row: z.record(z.string(), z.unknown()) })

export type Header = z.infer<typeof header>
export type TicketLine = z.infer<typeof ticket>
export type RowLine = z.infer<typeof row>
export type Line = Header | TicketLine | RowLine | z.infer<typeof end>
export type Read = { readonly line: Line; readonly mended: boolean } | { readonly problem: string }

/** One line; what is broken in it is said by its first fault. */
export function readLine(text: string): Read {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { problem: 'the line is no JSON' }
  }
  const mended = UNKEEPABLE.test(text)
  const kept = mended ? keepable(json) : json
  const kind = (kept as { kind?: unknown } | null)?.kind
  const schema = kind === 'ticket' ? ticket : kind === 'docket' ? header : kind === 'end' ? end : row
  const parsed = schema.safeParse(kept)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { problem: `${issue?.path.map(plain).join('.') ?? ''}: ${issue?.message ?? 'is wrong'}` }
  }
  if (schema === row && tableOf(parsed.data.kind) === null) return { problem: 'no such kind of line' }
  return { line: parsed.data as Line, mended }
}

/** Places in lists are left out, so that the same fault is the same reason. */
function plain(part: PropertyKey): string {
  return typeof part === 'number' ? '[]' : String(part)
}

function keepable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed()
  if (Array.isArray(value)) return value.map(keepable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, keepable(each)]))
}
