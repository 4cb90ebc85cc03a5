// The page behind a survey's links. Looking at it records nothing, whatever the link says: mail programs look at every link.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { verdictOn } from '#channels/sender-store.ts'
import { readSurveyToken } from '#desk/mail-links.ts'
import type { Desk } from '#desk/desk.ts'
import { rate } from '#desk/survey/rate.ts'
import { withForm } from '#api/http/form-files.ts'
import { form, problem } from '#pages/portal/frame.ts'
import { open, placeAt, sent, type Place } from '#pages/portal/gate.ts'
import { ratingFields, ratingIn } from '#pages/portal/rating.ts'
import { nothingHere, notTaken, say } from '#pages/portal/saying.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { peopleById } from '#people/person-store.ts'
import { revokedAt } from '#people/portal-store.ts'
import { isFlagged } from '#tickets/status.ts'
import { scoresOf, takesAnswer } from '#tickets/survey.ts'
import { optOut, surveyOfLink, type Survey } from '#tickets/survey-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'

type Asked = {
  readonly survey: Survey
  readonly place: Place
  readonly token: string
  /** The person's address; null when there is none any more. */
  readonly email: string | null
}

export function ratePages(app: FastifyInstance, desk: Desk): void {
  app.get('/rate/:token', open, async (request, reply) => {
    const asked = await rateable(desk, request)
    if (asked === null) return nothingHere(desk, request, reply)
    const { score } = request.query as { score?: string }
    return show(desk, reply, asked, asked.survey.score ?? Number(score), '')
  })
  const options = { ...sent(20), errorHandler: notTaken(desk) }
  app.post('/rate/:token', options, async (request, reply) => {
    const asked = await rateable(desk, request)
    if (asked === null) return nothingHere(desk, request, reply)
    return withForm(request, desk.blobs, false, (filled) => take(desk, reply, asked, filled))
  })
  app.get('/rate/:token/stop', open, async (request, reply) => {
    const asked = await askedBy(desk, request)
    if (asked === null) return nothingHere(desk, request, reply)
    const words = portalWordsIn(asked.place.language)
    const button = form(`/rate/${asked.token}/stop`, `<button>${words.stop}</button>`)
    return say(reply, asked.place, words.stop, `<p>${words.stopAbout}</p>${button}`)
  })
  void app.register(async (inner) => {
    // Mail programs send one line (RFC 8058); what it says does not matter.
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data']) {
      if (inner.hasContentTypeParser(type)) inner.removeContentTypeParser(type)
      inner.addContentTypeParser(type, { parseAs: 'string', bodyLimit: 10_000 }, (_, __, done) => done(null))
    }
    inner.post('/rate/:token/stop', options, async (request, reply) => {
      const asked = await askedBy(desk, request)
      if (asked === null) return nothingHere(desk, request, reply)
      await optOut(desk.database, asked.survey.personId, desk.clock.now())
      return say(reply, asked.place, portalWordsIn(asked.place.language).stopped, '')
    })
  })
}

/** The survey that a link is for, as its reader's pages look; null when it is none of ours, or was taken back. */
async function askedBy(desk: Desk, request: FastifyRequest): Promise<Asked | null> {
  const { token = '' } = request.params as { token?: string }
  const number = readSurveyToken(token, desk.secret)
  const survey = number === null ? null : await surveyOfLink(desk.database, number)
  const brand = (await desk.setup.now()).brands.find((each) => each.id === survey?.brandId)
  if (survey === null || brand === undefined) return null
  const [[person], revoked] = await Promise.all([
    peopleById(desk.database, [survey.personId]),
    revokedAt(desk.database, survey.personId),
  ])
  if (revoked !== null && survey.at <= revoked) return null
  const place = await placeAt(desk, request, brand)
  const language = person?.language ?? place.language
  return { survey, place: { ...place, language }, token, email: person?.email ?? null }
}

/** As `askedBy`, where an answer counts: of nobody who was blocked or is gone, and of no ticket that was put aside. Whoever wants no more is heard in any case. */
async function rateable(desk: Desk, request: FastifyRequest): Promise<Asked | null> {
  const asked = await askedBy(desk, request)
  if (asked === null || asked.email === null) return null
  const row = await findTicket(desk.database, asked.survey.ticketId)
  if (row === null || isFlagged(row.ticket)) return null
  return (await verdictOn(desk.database, asked.email)) === 'block' ? null : asked
}

function show(
  desk: Desk,
  reply: FastifyReply,
  { survey, place, token }: Asked,
  chosen: number,
  wrong: string,
) {
  const words = portalWordsIn(place.language)
  if (!takesAnswer(survey, desk.clock.now()))
    return say(reply.status(410), place, words.rateLate, `<p>${words.rateLateMore}</p>`)
  const score = scoresOf(survey.scale).includes(chosen) ? chosen : null
  const fields = ratingFields(place.language, survey.scale, score, survey.comment)
  const about = survey.answeredAt === null ? '' : `<p>${words.rateAgain}</p>`
  const html = `<p class="meta">#${survey.ticketId}</p>${about}${wrong === '' ? '' : problem(wrong)}${form(`/rate/${token}`, fields)}`
  return say(reply, place, words.rateTitle, html)
}

async function take(
  desk: Desk,
  reply: FastifyReply,
  asked: Asked,
  filled: Readonly<Record<string, readonly string[]>>,
) {
  const words = portalWordsIn(asked.place.language)
  const rating = ratingIn(filled)
  if (rating === null || !scoresOf(asked.survey.scale).includes(rating.score))
    return show(desk, reply.status(422), asked, 0, words.rateChoose)
  const isTaken = await desk.database.transaction((tx) => rate(desk, tx, asked.survey.id, rating))
  if (!isTaken) return say(reply.status(410), asked.place, words.rateLate, `<p>${words.rateLateMore}</p>`)
  const change = `<p><a href="/rate/${asked.token}">${words.rateChange}</a></p>`
  return say(reply, asked.place, words.rateThanks, `<p>${words.rateThanksMore}</p>${change}`)
}
