// Says whether a record is as it was when it was told.
import { createHash } from 'node:crypto'

/** In the version of what some of whose files did not come, before what says which: the next run asks for them. */
export const LACKING = '+'

/** A version without what it says of files. */
export function withoutFiles(version: string): string {
  return version.split(LACKING)[0] ?? version
}

/** A short name of a text, or of a record whatever the order of its keys; the same for the same. */
export function versionOf(record: unknown): string {
  const text = typeof record === 'string' ? record : JSON.stringify(ordered(record))
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return createHash('sha256').update(value).digest('base64url')
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]))
}
