// What a text asks for: the words that are looked for in articles. Those of a subject count more than those of a message.
import { rawWordsOf } from '#kit/words.ts'

/** Shorter words say too little to be looked for. */
const SHORTEST = 3
const MOST_HEAVY = 12
const MOST_LIGHT = 24

export type Asked = { readonly heavy: readonly string[]; readonly light: readonly string[] }

/** The words to look for, each once; numbers say nothing, and CJK signs are words of one letter. */
export function askedBy(subject: string, message = ''): Asked {
  const heavy = [...new Set(rawWordsOf(subject).filter(says))].slice(0, MOST_HEAVY)
  const light = [...new Set(rawWordsOf(message).filter(says))].filter((word) => !heavy.includes(word))
  return { heavy, light: light.slice(0, MOST_LIGHT) }
}

const says = (word: string): boolean =>
  !/^\p{N}+$/u.test(word) &&
  (word.length >= SHORTEST || /[^\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}]/u.test(word))
