// The words of a text as search and rules see them: folded case and accents, without plural endings. One function for the
// index, the query and the evaluator, so that the three can never disagree.

/** Words longer than this are cut: an index takes no longer ones. */
const LONGEST_WORD = 100

/** Scripts without spaces between words: each character is a word, and a word of a query is a phrase of them. */
const PIECE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]|[\p{L}\p{N}]+?(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]|[^\p{L}\p{N}]|$)/gu

/** The words of a text in order. */
export function wordsOf(text: string): string[] {
  return rawWordsOf(text).map(singular)
}

/** The same with their endings, for whoever knows the language's own. */
export function rawWordsOf(text: string): string[] {
  return (folded(text).match(PIECE) ?? []).map((word) => word.slice(0, LONGEST_WORD))
}

/** Text without case and accents. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
}

/** Whether `words` contains `phrase`, its words side by side; an empty phrase is nowhere. */
export function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const [first] = phrase
  if (first === undefined) return false
  for (let at = words.indexOf(first); at !== -1; at = words.indexOf(first, at + 1))
    if (phrase.every((word, offset) => words[at + offset] === word)) return true
  return false
}

/** Harman's weak stemmer: English plurals alone, which leaves other languages' words as they are nearly always. */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word) || /\d/.test(word)) return word
  if (word.endsWith('ies')) return /[ae]ies$/.test(word) ? word : `${word.slice(0, -3)}y`
  return word.slice(0, -1)
}
