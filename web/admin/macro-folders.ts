// The folders that macros lie in.
import type { Macro } from '../../src/api/contract/macros.ts'

/** Each folder once, in order of name. */
export function foldersOf(macros: readonly Macro[]): string[] {
  return [...new Set(macros.map(({ folder }) => folder).filter(Boolean))].toSorted((a, b) =>
    a.localeCompare(b),
  )
}
