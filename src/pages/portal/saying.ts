// Pages of the portal that say one thing: that there is nothing, that it was too much, that it is done.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problemOf } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import { insideOf, placeMeant, type Inside, type Place } from '#pages/portal/gate.ts'
import { pathIn, portalPage } from '#pages/portal/frame.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { page, sendPage } from '#pages/page.ts'

/** A page with a heading and what is said under it, as HTML. */
export function say(reply: FastifyReply, place: Place | Inside, title: string, html: string): FastifyReply {
  return sendPage(reply, portalPage(place, title, `<h1>${escaped(title)}</h1>${html}`))
}

/** The same page for what there is not and for what is not theirs. */
export async function nothingHere(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const place = await placeMeant(desk, request)
  const words = portalWordsIn(place?.language ?? (await desk.setup.now()).desk.language)
  if (place === null) {
    const { deskName, language } = (await desk.setup.now()).desk
    const html = page(`${words.gone} · ${deskName}`, language, `<h1>${words.gone}</h1>`)
    return sendPage(reply.status(404), html)
  }
  const inside = await insideOf(desk, request, reply, place)
  const to = inside === null ? words.signIn : words.portal
  const html = `<p>${words.goneMore}</p><p><a href="${pathIn(place)}">${to}</a></p>`
  return say(reply.status(404), inside ?? place, words.gone, html)
}

/** What a person can mend is said to them on a page. */
export function notTaken(desk: Desk) {
  return async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const { status } = problemOf(error)
    const word = ({ 413: 'tooLarge', 429: 'tooMany', 503: 'tooMany' } as const)[status]
    const place = await placeMeant(desk, request)
    if (word === undefined || place === null) throw error
    return say(reply.status(status), place, portalWordsIn(place.language)[word], '')
  }
}
