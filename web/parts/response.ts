// What is known of how a mail fared: our own words in the reader's language, another server's as it said them.
import { ownResponses } from '../../src/channels/outbox-words.ts'
import { sayName } from '../words/say.ts'

export function responseWords(detail: string): string {
  const own = Object.entries(ownResponses).find(([, words]) => words === detail)?.[0]
  return own === undefined ? detail : sayName('response', own)
}
