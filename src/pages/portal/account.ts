// What a customer says of themselves: the language and the time zone of their pages; and the way out.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import { sendPage } from '#pages/page.ts'
import { withForm } from '#api/http/form-files.ts'
import { form, markIn, notice, pathIn, portalPage, problem, select } from '#pages/portal/frame.ts'
import { hasMark, insideHere, isOwnPage, open, sent, type Inside } from '#pages/portal/gate.ts'
import { nothingHere, notTaken } from '#pages/portal/saying.ts'
import { portalLanguages, portalWordsIn } from '#pages/portal/words.ts'
import { nameOfLanguage } from '#pages/help/words.ts'
import { changePerson } from '#people/person-store.ts'

export function accountPages(app: FastifyInstance, desk: Desk): void {
  app.get('/portal/:brand/account', open, async (request, reply) => {
    const inside = await insideHere(desk, request, reply)
    if (inside === null) return nothingHere(desk, request, reply)
    const isSaved = (request.query as { said?: string }).said === 'saved'
    return show(desk, reply, inside, isSaved ? notice(portalWordsIn(inside.language).saved) : '')
  })
  app.post(
    '/portal/:brand/account',
    { ...sent(20), errorHandler: notTaken(desk) },
    async (request, reply) => {
      const inside = isOwnPage(desk, request) ? await insideHere(desk, request, reply) : null
      if (inside === null) return nothingHere(desk, request, reply)
      return withForm(request, desk.blobs, false, async ({ mark, language = [], zone = [] }) => {
        if (!hasMark(desk, inside.visitor, mark?.[0] ?? ''))
          return show(desk, reply.status(403), inside, problem(portalWordsIn(inside.language).forged))
        const spoken = [...portalLanguages].find((each) => each === language[0])
        const timeZone = zones().find((each) => each === zone[0]) ?? null
        const { personId } = inside.visitor.requester
        await changePerson(desk.database, personId, {
          timeZone,
          ...(spoken === undefined ? {} : { language: spoken }),
        })
        return reply.redirect(pathIn(inside, '/account?said=saved'), 303)
      })
    },
  )
}

const zones = (): readonly string[] => Intl.supportedValuesOf('timeZone')

function show(desk: Desk, reply: FastifyReply, inside: Inside, said: string): FastifyReply {
  const { language, visitor } = inside
  const words = portalWordsIn(language)
  const mark = markIn(desk, inside)
  const chosen = portalLanguages.find((each) => language.toLowerCase().startsWith(each)) ?? 'en'
  const choices = `${select(
    'language',
    words.language,
    portalLanguages.map((each) => [each, nameOfLanguage(each)] as const),
    chosen,
  )}${select(
    'zone',
    words.zone,
    [['', words.zoneDefault] as const, ...zones().map((each) => [each, each.replaceAll('_', ' ')] as const)],
    visitor.timeZone ?? '',
  )}<button>${words.save}</button>`
  const body = `<h1>${words.account}</h1><p>${words.signedInAs} <b>${escaped(visitor.email)}</b>.</p>${said}
${form(pathIn(inside, '/account'), choices, mark)}
<div class="side">${form(pathIn(inside, '/sign-out'), `<button class="quiet">${words.signOut}</button>`, mark, 'inline')}</div>
<div class="side"><p class="hint">${words.everywhereAbout}</p>${form(pathIn(inside, '/sign-out-everywhere'), `<button class="quiet">${words.signOutEverywhere}</button>`, mark, 'inline')}</div>`
  return sendPage(reply, portalPage(inside, words.account, body, 'account'))
}
