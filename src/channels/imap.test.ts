import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsBySize } from '#channels/imap.ts'

const MB = 1_000_000
const parted = (sizes: readonly number[]) =>
  groupsBySize(
    sizes.map((_, index) => index + 1),
    new Map(sizes.map((size, index) => [index + 1, size])),
  ).map(({ uids, bytes }) => [uids.length, bytes / MB])

test('small mails are fetched by the dozen, large ones alone, and never more than memory bears', () => {
  assert.deepEqual(parted(Array.from({ length: 60 }, () => 10_000)), [
    [25, 0.25],
    [25, 0.25],
    [10, 0.1],
  ])
  assert.deepEqual(parted([1 * MB, 40 * MB, 50 * MB, 4 * MB, 4 * MB, 1 * MB]), [
    [1, 1],
    [1, 40],
    [1, 50],
    [2, 8],
    [1, 1],
  ])
})

test('who is gone from the folder is passed by in its place', () => {
  const groups = groupsBySize([4, 5, 9], new Map([[9, 10]]))
  assert.deepEqual(
    groups.map(({ uids }) => uids),
    [[4, 5, 9]],
  )
})
