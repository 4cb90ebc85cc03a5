// What a caller asks of reports, understood or declined. Numbers of single people are for leads; everybody has their own.
import { decline, declineInput } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { understand, type Question, type Words } from '#desk/reports/ask.ts'
import { can, type Principal } from '#people/can.ts'

/** The question in these words, as this person may ask it. */
export async function question(desk: Desk, words: Words, principal: Principal): Promise<Question> {
  const people = can(principal, 'routing.lead') ? 'everybody' : 'own'
  const found = await understand(desk, words, { reader: principal, people })
  if (found.ok) return found.question
  return found.path === 'key' ? decline('not-found', found.message) : declineInput(found.path, found.message)
}
