import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwn } from '#desk/outbound/chat-text.ts'
import type { PersonId } from '#kit/ids.ts'

test('a customer’s own words are theirs, also from before they were shown to be somebody; those of people in copy and of the desk are not', () => {
  const [cy, nobody, copied] = [1, 2, 3] as PersonId[]
  const said = (
    direction: 'inbound' | 'outbound',
    authorId: PersonId | undefined,
    clientId: string | null = null,
  ) => isOwn({ direction, authorId: authorId ?? null, clientId }, { requesterId: cy as PersonId })
  assert.equal(said('inbound', cy), true)
  assert.equal(said('inbound', nobody, 'called so by the browser'), true)
  assert.equal(said('inbound', copied), false)
  assert.equal(said('outbound', cy), false)
})
