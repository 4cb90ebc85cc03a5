// A schema whose JSON form (Standard Schema, https://standardschema.dev) is reckoned once, however many servers are asked for it.
import type { z } from 'zod'

type Standard<S extends z.ZodObject> = S['~standard']
type Validate<S extends z.ZodObject> = Standard<S>['validate']

/** The same schema; with `validate`, values are taken by that. */
export function toldOnce<S extends z.ZodObject>(
  schema: S,
  validate: Validate<S> = (value) => schema['~standard'].validate(value),
): { readonly '~standard': Standard<S> } {
  const own = schema['~standard']
  const known = new Map<string, Record<string, unknown>>()
  const once = (io: 'input' | 'output') => (options: Parameters<typeof own.jsonSchema.input>[0]) => {
    const key = `${io} ${options.target}`
    const found = known.get(key) ?? own.jsonSchema[io](options)
    known.set(key, found)
    return found
  }
  return { '~standard': { ...own, validate, jsonSchema: { input: once('input'), output: once('output') } } }
}
