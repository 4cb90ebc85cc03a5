// Whether a message is mere thanks, asked of every language there is a model for: mail does not say which one it is in.
import { wordModel } from '#tickets/decide/gratitude-words.ts'
import { isThanks } from '#tickets/decide/gratitude.ts'

/** True only when some language's model is sure; what is not understood is never thanks. */
export function thanksOf(message: { readonly text: string; readonly attachmentCount: number }): boolean {
  return Object.keys(wordModel.thresholds).some((language) => isThanks({ ...message, language }, wordModel))
}
