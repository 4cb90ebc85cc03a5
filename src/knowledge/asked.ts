// What a text asks for: the words that are looked for in articles. Those of a subject count more than those of a message.
import { rawWordsOf } from '#kit/words.ts'
import { isSmall } from '#knowledge/language.ts'

/** Shorter words say too little to be looked for. */
const SHORTEST = 3
const MOST_HEAVY = 12
const MOST_LIGHT = 24

export type Asked = {
  readonly heavy: readonly string[]
  readonly light: readonly string[]
  /** Somebody looks for nothing else: what is common counts where there is nothing rarer. */
  readonly typed?: true
}

/** The words to look for, each once; numbers say nothing, and CJK signs are words of one letter. */
export function askedBy(subject: string, message = ''): Asked {
  const heavy = [...new Set(rawWordsOf(subject).filter(says))].slice(0, MOST_HEAVY)
  const light = [...new Set(rawWordsOf(message).filter(says))].filter((word) => !heavy.includes(word))
  return { heavy, light: light.slice(0, MOST_LIGHT) }
}

/** The words typed to look for something: `PC` and `404` too, the common ones only where nothing else was typed. */
export function typedBy(text: string): Asked {
  const all = [...new Set(rawWordsOf(text))].slice(0, MOST_LIGHT)
  const rare = all.filter((word) => !isSmall(word))
  const words = rare.length > 0 ? rare : all
  const heavy = words.filter(says).slice(0, MOST_HEAVY)
  if (heavy.length === 0) return { heavy: words.slice(0, MOST_HEAVY), light: [], typed: true }
  return { heavy, light: words.filter((word) => !says(word)), typed: true }
}

const says = (word: string): boolean =>
  !/^\p{N}+$/u.test(word) &&
  (word.length >= SHORTEST || /[^\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}]/u.test(word))
