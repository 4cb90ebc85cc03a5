// A form as a browser with scripts sends it: the mark it was shown with, and its puzzle solved.
import { isSolved } from '#kit/puzzle.ts'

/** The mark in a form's page. */
export function onceIn(html: string): string {
  return /name="once" value="([^"]+)"/.exec(html)?.[1] ?? ''
}

/** Works the puzzle out. */
export function solve(once: string): string {
  for (let number = 0; ; number++) if (isSolved(once, String(number))) return String(number)
}
