// What became of a mail that came in, in words.
import type { ArrivedMail } from '../../../src/api/contract/safety.ts'
import { say, sayName } from '../../words/say.ts'

/** What became of a mail, in words. */
export function became({ outcome: { what, ticketId, reason } }: ArrivedMail): string {
  return say(`mailBecame.${what}`, {
    id: ticketId ?? '',
    reason: reason === null ? '' : sayName('reason', reason),
  })
}
