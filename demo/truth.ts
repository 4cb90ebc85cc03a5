// Which article answers what a customer of the demo wrote: its stories know, whatever agents did later. What answers are measured by.
import { articleFor, complaints } from './texts.ts'

const known = Object.entries(complaints).flatMap(([branch, all]) =>
  all.map((said, at) => ({ said: patternOf(said), title: articleFor[branch]?.[at] ?? null })),
)

/** The title of the article that answers a text; null: none does. */
export function articleThatAnswers(text: string): string | null {
  return known.find(({ said }) => said.test(text))?.title ?? null
}

/** A complaint with whatever stands in its places. */
function patternOf(said: string): RegExp {
  return new RegExp(
    said
      .split(/\{[^}]*\}/)
      .map(RegExp.escape)
      .join('.+'),
    'u',
  )
}
