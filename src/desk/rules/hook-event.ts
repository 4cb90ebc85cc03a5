// An event as a hook's mapping reads it: what is to be written, why it is left out, or what is wrong with it. It writes nothing, so
// that a try says the same as what then happens.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { HookDelivery, HookMapping } from '#channels/hook.ts'
import type { HookPart } from '#channels/hook-words.ts'
import type { Desk } from '#desk/desk.ts'
import { cut } from '#kit/cut.ts'
import { addressShape } from '#mail/address-shape.ts'
import { commaList, fieldValueOf, isTaken, mapEvent, type Mapped } from '#rules/hook-mapping.ts'
import { fieldValueShape } from '#setup/field-value.ts'
import { isActive } from '#tickets/status.ts'
import { priorities, statuses } from '#tickets/vocabulary.ts'

const LONGEST_KEY = 300

const told = z.object({
  matter: z.string(),
  email: addressShape,
  name: z.string().trim().min(1).max(200).optional(),
  subject: z.string().min(1, 'is empty').max(500),
  body: z.string(),
  status: z.enum(statuses).exclude(['new']).optional(),
  priority: z.enum(priorities).optional(),
  tags: z.array(z.string().max(60, 'has a tag of more than 60 characters')).max(100),
  fields: z.record(z.string(), fieldValueShape),
})
export type Told = z.output<typeof told>

export type Read = { readonly texts: readonly { readonly part: string; readonly text: string }[] } & (
  | { readonly told: Told; readonly ends: boolean }
  | { readonly skipped: 'only' }
  | { readonly problem: { readonly path: string | null; readonly message: string } }
)

/** Reads an event by a mapping. `ends`: it says that its matter is over. */
export async function readEvent(
  desk: Desk,
  mapping: HookMapping,
  { body, headers }: Pick<HookDelivery, 'body' | 'headers'>,
): Promise<Read> {
  const event = jsonOf(body)
  if (event === undefined)
    return { texts: [], problem: { path: null, message: 'The event is not JSON, or is no longer kept.' } }
  const mapped = mapEvent(mapping, { event, headers: headers ?? {} })
  if ('problem' in mapped) return { texts: [], ...mapped }
  const texts = textsOf(mapped)
  if (!isTaken(mapping, mapped)) return { texts, skipped: 'only' }
  const read = told.safeParse(await inputOf(desk, mapped))
  if (!read.success) {
    const [issue] = read.error.issues
    return {
      texts,
      problem: { path: issue?.path.join('.') ?? null, message: issue?.message ?? 'is not right' },
    }
  }
  const ends = read.data.status !== undefined && !isActive(read.data.status)
  return { texts, told: read.data, ends }
}

/** The JSON of a body; undefined when it is none. */
export function jsonOf(body: string | null): unknown {
  try {
    return body === null ? undefined : (JSON.parse(body) as unknown)
  } catch {
    return undefined
  }
}

/** What is longer than a key may be is told apart by a hash. */
function keyOf(matter: string): string {
  if (matter.length <= LONGEST_KEY) return matter
  return `${cut(matter, LONGEST_KEY - 65)} ${createHash('sha256').update(matter).digest('hex')}`
}

async function inputOf(desk: Desk, { texts, fields }: Mapped): Promise<object> {
  const known = (await desk.setup.now()).fields
  const values = [...fields].map(([key, text]) => {
    const type = known.find((field) => field.key === key)?.type ?? 'text'
    return [key, fieldValueOf(type, text)] as const
  })
  const word = (part: HookPart) => texts[part].toLowerCase() || undefined
  return {
    matter: keyOf(texts.matter),
    email: texts.email,
    name: cut(texts.name, 200) || undefined,
    subject: cut(texts.subject, 500),
    body: texts.body,
    status: word('status'),
    priority: word('priority'),
    tags: commaList(texts.tags),
    // What the event does not say is left as it is.
    fields: Object.fromEntries(values.filter(([, value]) => value !== null)),
  }
}

function textsOf({ texts, fields }: Mapped): { part: string; text: string }[] {
  return [
    ...Object.entries(texts).map(([part, text]) => ({ part, text })),
    ...[...fields].map(([key, text]) => ({ part: `fields.${key}`, text })),
  ].filter(({ text }) => text !== '')
}
