// What was likely meant where a search finds nothing: words that nothing has are replaced by the nearest that something has. The
// words are kept for a while in memory, never in a table: what is erased is gone from here too.
import type { Desk } from '#desk/desk.ts'
import { corrected, type Vocabulary } from '#kit/near.ts'
import { wordsOf } from '#kit/words.ts'

const KEPT_SECONDS = 600
/** A large desk's words take longer than a person waits: whoever asks first goes without. */
const PATIENCE_MS = 400
const NO_WORDS: Vocabulary = new Map()

/** Reads a vocabulary at most every ten minutes; empty while it is read for the first time and that takes long. */
export function keptVocabulary(
  { clock, log }: Desk,
  read: () => Promise<Vocabulary>,
): () => Promise<Vocabulary> {
  let kept: { readonly untilMs: number; readonly words: Promise<Vocabulary> } | null = null
  let known = NO_WORDS
  return () => {
    const nowMs = Date.parse(clock.now())
    if (kept === null || nowMs >= kept.untilMs) {
      const words = read().then(
        (fresh) => (known = fresh),
        (error: unknown) => {
          log.warn({ err: error }, 'The words of the desk were not read')
          kept = null
          return known
        },
      )
      kept = { untilMs: nowMs + KEPT_SECONDS * 1_000, words }
    }
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Vocabulary>((resolve) => (timer = setTimeout(() => resolve(known), PATIENCE_MS)))
    return Promise.race([kept.words, late]).finally(() => clearTimeout(timer))
  }
}

/** A run of words with what was likely meant; null where all are known, or nothing is near. */
export function respelled(word: string, vocabulary: Vocabulary): string | null {
  const [usual, ...others] = wordsOf(word)
  return usual === undefined || others.length > 0 ? null : corrected(usual, vocabulary)
}
