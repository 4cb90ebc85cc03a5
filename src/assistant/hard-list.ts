// The hard list: looked at before anything is guessed or looked up. What is on it goes to people, whatever article would fit.
import { hardWords } from '#assistant/hard-words.ts'
import { hardKinds, type EscalationReason, type HardKind } from '#assistant/words.ts'
import { folded } from '#kit/words.ts'

export type Hard = {
  /** Which kind, or `phrase` for one of the desk's own. */
  readonly kind: HardKind | 'phrase'
  /** The words that it was known by. */
  readonly words: string
}

/** `~` stands for up to three words. */
const BETWEEN = '(?:\\S+ ){0,3}'
const patterns = hardKinds.map((kind) => ({
  kind,
  pattern: new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${hardWords[kind].join('|').replaceAll('~ ', BETWEEN)})(?![\\p{L}\\p{N}])`,
    'u',
  ),
}))

/** What of the hard list is in a text; null when nothing is. `phrases` are the desk's own, met at whole words. */
export function hardOf(text: string, phrases: readonly string[] = []): Hard | null {
  const plain = spaced(text)
  const own = phrases.map(spaced).find((phrase) => phrase !== '' && ` ${plain} `.includes(` ${phrase} `))
  if (own !== undefined) return { kind: 'phrase', words: own }
  for (const { kind, pattern } of patterns) {
    const found = pattern.exec(plain)
    if (found !== null) return { kind, words: found[0].trim() }
  }
  return null
}

/** The reason that people are told. */
export function reasonOfHard({ kind }: Hard): EscalationReason {
  return kind === 'asks_for_human' ? 'customer_asked' : 'policy_hard'
}

/** Words and single spaces, nothing else. */
function spaced(text: string): string {
  return folded(text.slice(0, 200_000))
    .replace(/(?<=\p{L})['’](?=\p{L})/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
