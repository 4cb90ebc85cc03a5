// A customer says whether it helped: an event of their ticket, which rules can answer, and the row that holds their words.
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { surveyFor } from '#desk/survey/due.ts'
import { noteAskedInChat, noteEpisode } from '#desk/survey/ask.ts'
import { asRequester } from '#desk/update.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import { canBeRated, episodeOf, scoresOf, takesAnswer, takesChange } from '#tickets/survey.ts'
import { findSurvey, keepRating, surveyOfEpisode } from '#tickets/survey-store.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

export type Rating = { readonly score: number; readonly comment: string }

/** Keeps an answer; false when it came too late or too often, or its score is none of those that were asked for. */
export async function rate(desk: Desk, tx: Transaction, surveyId: number, rating: Rating): Promise<boolean> {
  const found = await findSurvey(tx, surveyId)
  if (found === null) return false
  await lockTickets(tx, [found.ticketId])
  // As it stands now that nobody else is at it.
  const survey = (await findSurvey(tx, surveyId)) ?? found
  const at = desk.clock.now()
  if (!takesAnswer(survey, at) || !scoresOf(survey.scale).includes(rating.score)) return false
  const { episode, score: from } = survey
  if (from === rating.score && survey.comment === rating.comment) return true
  if (from !== null && from !== rating.score && !takesChange(survey)) return false
  await keepRating(tx, surveyId, { ...rating, at })
  // A word beside the same score is no other answer.
  if (from === rating.score) return true
  const said = { surveyId, episode, score: rating.score }
  const fact =
    from === null
      ? ({ kind: 'csat_answered', payload: said } as const)
      : ({ kind: 'csat_changed', payload: { ...said, from } } as const)
  const by = asRequester(survey.personId)
  const outcome = await act(desk, tx, survey.ticketId, { kind: 'record', facts: [fact] }, by)
  if (!outcome.ok) throw new Error(`Bug: a rating was refused: ${outcome.refusal.name}`)
  return true
}

/**
 * Keeps what somebody says of a ticket's last resolve who may not have been asked. A score that was not asked for leaves the question
 * as it is: whoever has not answered can still be asked by mail.
 */
export async function rateTicket(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  rating: Rating,
  where: 'chat' | 'portal',
): Promise<'kept' | 'too_late' | 'no_such_score'> {
  const ticket = (await lockTickets(tx, [ticketId])).get(ticketId)?.ticket
  const setting = ticket === undefined ? null : surveyFor(await desk.setup.now(), ticket)
  if (ticket === undefined || setting === null || !canBeRated(ticket)) return 'too_late'
  const known = await surveyOfEpisode(tx, ticketId, episodeOf(ticket))
  if (!scoresOf((known ?? setting).scale).includes(rating.score)) return 'no_such_score'
  // Who answers in the chat has been asked there, told so before or not.
  const asked = where === 'chat' ? await noteAskedInChat(desk, tx, ticket, setting) : null
  const surveyId = asked ?? known?.id ?? (await noteEpisode(desk, tx, ticket, setting, where))
  return surveyId !== null && (await rate(desk, tx, surveyId, rating)) ? 'kept' : 'too_late'
}
