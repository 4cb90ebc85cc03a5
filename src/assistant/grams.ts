// Pieces of words, some letters each: what words of one family share in any language, and what a slip of the pen leaves.

/** The pieces of a word from so many letters to so many; its ends count as letters, and a shorter word is one piece. */
export function gramsOf(word: string, from: number, to: number): string[] {
  const padded = ` ${word} `
  const grams: string[] = []
  for (let size = from; size <= to; size++) {
    if (padded.length <= size) return [...grams, padded]
    for (let at = 0; at + size <= padded.length; at++) grams.push(padded.slice(at, at + size))
  }
  return grams
}
