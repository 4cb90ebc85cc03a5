// What a route answers, as text. It is written before the transaction commits, so that nothing is kept which cannot be told.
import { clone, encode, type $ZodCheck, type $ZodType } from 'zod/v4/core'
import { z } from 'zod'

/** Writes what `schema` describes; an answer of another shape is a bug, thrown. */
export function answerWriter(schema: z.ZodType): (value: unknown) => string {
  const shape = withoutLimits(schema)
  return (value) => JSON.stringify(encode(shape, value))
}

/** What a check says about the kind of a value; all others limit what may be sent to us. */
const KINDS: ReadonlySet<string> = new Set(['number_format', 'overwrite'])
const MOMENTS: ReadonlySet<string> = new Set(['datetime', 'date', 'time'])

type Def = {
  readonly type: string
  readonly format?: string
  readonly checks?: readonly $ZodCheck[]
  readonly [key: string]: unknown
}

const made = new WeakMap<$ZodType, $ZodType>()

/**
 * The same shape without lengths, ranges and patterns. These belong to what is sent: a row that was kept before a
 * limit came, or that cleaning left empty, must still be told.
 */
function withoutLimits(schema: $ZodType): $ZodType {
  const known = made.get(schema)
  if (known !== undefined) return known
  const def = schema._zod.def as unknown as Def
  const next = def.type === 'string' ? textOf(schema, def) : clone(schema, looser(def) as never)
  made.set(schema, next)
  return next
}

function textOf(schema: $ZodType, def: Def): $ZodType {
  return def.format !== undefined && MOMENTS.has(def.format) ? schema : z.string()
}

function looser(def: Def): Def {
  const all = (value: unknown) => (value as $ZodType[]).map(withoutLimits)
  const changed: Record<string, unknown> = { ...def, checks: def.checks?.filter(isKind) ?? [] }
  for (const key of ['element', 'innerType', 'keyType', 'valueType', 'left', 'right', 'in', 'out', 'rest'])
    if (isSchema(def[key])) changed[key] = withoutLimits(def[key])
  for (const key of ['options', 'items']) if (Array.isArray(def[key])) changed[key] = all(def[key])
  if (def.type === 'object') {
    const shape = def['shape'] as Record<string, $ZodType>
    changed['shape'] = Object.fromEntries(
      Object.entries(shape).map(([name, each]) => [name, withoutLimits(each)]),
    )
  }
  if (def.type === 'lazy') changed['getter'] = () => withoutLimits((def['getter'] as () => $ZodType)())
  return changed as Def
}

const isKind = (check: $ZodCheck): boolean => KINDS.has(check._zod.def.check)

function isSchema(value: unknown): value is $ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value && 'def' in (value._zod as object)
}
