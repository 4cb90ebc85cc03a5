import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { answerWriter } from '#api/http/answer.ts'

const told = (schema: z.ZodType, value: unknown): unknown => JSON.parse(answerWriter(schema)(value))

test('limits of what is sent are none of what is answered, at any depth', () => {
  const shape = z.object({
    body: z.string().min(1).max(5),
    to: z.array(z.email()).min(1),
    count: z.number().int().min(1).max(3).nullable(),
    page: z.url().optional(),
    kind: z.union([z.literal('a'), z.string().regex(/^b/)]),
    by: z.record(z.string().max(2), z.strictObject({ name: z.string().trim().min(1) })),
    checked: z.strictObject({ n: z.number() }).refine(() => false),
    either: z.discriminatedUnion('type', [z.strictObject({ type: z.literal('x'), text: z.string().min(1) })]),
  })
  const value = {
    body: '',
    to: ['not an address'],
    count: 9,
    page: 'no url',
    kind: 'c',
    by: { long: { name: '' } },
    checked: { n: 1 },
    either: { type: 'x', text: '' },
  }
  assert.deepEqual(told(shape, value), value)
})

test('what a thing has more than its answer is not told; another kind of value is a bug', () => {
  const shape = z.object({ inner: z.object({ name: z.string() }), at: z.iso.datetime() })
  const value = { inner: { name: 'x', secret: 's' }, at: '2026-03-02T09:00:00Z' }
  assert.deepEqual(told(shape, value), { inner: { name: 'x' }, at: value.at })
  assert.throws(() => told(shape, { ...value, inner: { name: 1 } }))
  assert.throws(() => told(z.object({ n: z.number().int() }), { n: 1.5 }))
})

test('a shape that contains itself', () => {
  type Tree = { name: string; below: Tree[] }
  const tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string().min(1), below: z.array(tree) }))
  const value = { name: '', below: [{ name: '', below: [] }] }
  assert.deepEqual(told(tree, value), value)
})
