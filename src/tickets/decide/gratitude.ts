// The gratitude guard: whether a message is a mere "thanks", which keeps a settled ticket settled. When in doubt it is not.

export type GratitudeMessage = {
  /** What the sender newly wrote: without quote and signature. */
  readonly text: string
  /** Language code such as `en`; null when unknown. */
  readonly language: string | null
  readonly attachmentCount: number
}

export type GratitudeModel = {
  /** How likely the text is nothing but thanks, 0 to 1. */
  readonly probability: (text: string, language: string) => number
  /** The least probability for each language; a language without one is never thanks. */
  readonly thresholds: Readonly<Record<string, number>>
}

const maxWords = 12
const question = /[?¿？؟;]/u
const number = /\p{N}/u
const address = /:\/\/|www\.|@|\p{L}\.\p{L}{2,}/iu

/** True only when every condition of the guard holds. */
export function isThanks(message: GratitudeMessage, model: GratitudeModel): boolean {
  const { text, language, attachmentCount } = message
  const words = wordsOf(text)
  if (words.length === 0 || words.length > maxWords || attachmentCount > 0) return false
  if (question.test(text) || number.test(text) || address.test(text)) return false
  const threshold = language === null ? undefined : model.thresholds[language]
  return language !== null && threshold !== undefined && model.probability(text, language) >= threshold
}

/** Lower-case words; apostrophes and hyphens stay inside them. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}+(?:['’-]\p{L}+)*/gu) ?? []
  )
}
