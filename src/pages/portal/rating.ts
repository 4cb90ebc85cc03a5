// The rating of a ticket's last resolve, on the ticket's own page: for whoever was asked, and for whoever was not.
import { surveyWordsIn } from '#desk/outbound/survey-mail.ts'
import type { Desk } from '#desk/desk.ts'
import { surveyFor } from '#desk/survey/due.ts'
import { escaped } from '#kit/escaped.ts'
import { form } from '#pages/portal/frame.ts'
import type { Place } from '#pages/portal/gate.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { canBeRated, episodeOf, scoresOf, takesAnswer } from '#tickets/survey.ts'
import { surveyOfEpisode } from '#tickets/survey-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The question where the ticket can be rated now; nothing otherwise. */
export async function ratingOn(
  desk: Desk,
  place: Place,
  ticket: Ticket,
  base: string,
  mark: string,
): Promise<string> {
  const setting = surveyFor(await desk.setup.now(), ticket)
  if (setting === null || !canBeRated(ticket)) return ''
  const found = await surveyOfEpisode(desk.database, ticket.id, episodeOf(ticket))
  if (found !== null && !takesAnswer(found, desk.clock.now())) return ''
  const { scale, score = null, comment = '' } = found ?? { scale: setting.scale }
  const words = portalWordsIn(place.language)
  const inside = ratingFields(place.language, scale, score, comment)
  return `<section class="rating" aria-label="${words.rate}">${form(`${base}/rate`, inside, mark)}</section>`
}

/** The scores to choose from, room for a word, and the button. */
export function ratingFields(language: string, scale: 2 | 5, chosen: number | null, comment: string): string {
  const [words, survey] = [portalWordsIn(language), surveyWordsIn(language)]
  const scores = scoresOf(scale).map(
    (score) =>
      `<label><input type="radio" name="score" value="${score}" required${score === chosen ? ' checked' : ''}>${survey.scores[scale][score] ?? score}</label>`,
  )
  return `<fieldset class="scores"><legend>${words.rate}</legend>${scores.join('')}</fieldset>
<label>${words.rateWhy}<textarea name="comment" maxlength="2000">${escaped(comment)}</textarea></label><button>${words.rateSend}</button>`
}

/** What a rating's form was sent with; null where no score is chosen. */
export function ratingIn(filled: Readonly<Record<string, readonly string[]>>) {
  const score = Number(filled['score']?.[0])
  const comment = (filled['comment']?.[0] ?? '').replace(/\r\n?/g, '\n').trim().slice(0, 2_000)
  return Number.isInteger(score) ? { score, comment } : null
}
