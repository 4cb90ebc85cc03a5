// What a caller asks of reports, understood or declined.
import { decline, declineInput } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { askerOf, understand, type Question, type Words } from '#desk/reports/ask.ts'
import type { Principal } from '#people/can.ts'

/** The question in these words, as this person may ask it. */
export async function question(desk: Desk, words: Words, principal: Principal): Promise<Question> {
  const found = await understand(desk, words, askerOf(principal))
  if (found.ok) return found.question
  return found.path === 'key' ? decline('not-found', found.message) : declineInput(found.path, found.message)
}
