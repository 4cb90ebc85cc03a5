// What a widget asks for: its looks, a visit, the conversation, and what is said in it. Nobody signed in speaks here, only visitors.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { randomInt } from 'node:crypto'
import { z } from 'zod'
import {
  chatAfter,
  chatConfirmation,
  chatNews,
  chatParams,
  chatVisit,
  chatWidget,
  leftWord,
  newChatMessage,
  newIntroduction,
  newLeftWord,
  newVisit,
} from '#api/contract/chat.ts'
import { presentNews, presentWidget } from '#api/chat/present-chat.ts'
import { beginningOf, whoVisits } from '#api/chat/chat-budget.ts'
import { widgetOf } from '#api/chat/origin.ts'
import { mayAskInChat } from '#api/people/link-budget.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { nameOf } from '#desk/chat/identity.ts'
import { currentChat, leaveWord, say, type ChatRefusal, type Said, type Saying } from '#desk/chat/say.ts'
import { introduce, visit } from '#desk/chat/visit.ts'
import type { Desk } from '#desk/desk.ts'
import { zoneNamed } from '#hours/zone.ts'
import { addressKey, canonicalAddress } from '#mail/address.ts'
import type { Visitor } from '#people/can.ts'
import { addAsk, openCodeOf } from '#people/portal-store.ts'
import { openVisitor, seeVisitors } from '#people/visitor-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

/** Room for every message in any spelling, and for nothing larger. */
export const BODY_LIMIT = 32_000
/** More than the widgets of one network ask for while their visitors read and write. */
export const OFTEN = { max: 600, timeWindow: '1 minute' }

const refusals: Readonly<
  Record<ChatRefusal, readonly ['refused' | 'too-many' | 'forbidden' | 'signed-out', string]>
> = {
  ended: ['signed-out', 'This visit has ended. Begin another.'],
  too_fast: ['too-many', 'That is more than ten messages in a minute. Wait a moment, and send it again.'],
  too_many_chats: [
    'too-many',
    'That is more than one visitor, or one network, begins in a day. Go on with what was begun.',
  ],
  puzzle: [
    'too-many',
    'Many conversations were begun from this network. Send it with the answer to the puzzle.',
  ],
  blocked: ['forbidden', 'Messages of this visitor are not taken.'],
  away: ['refused', 'Nobody is there for chats now. Leave a message with an address.'],
}

/** A no that the widget can name. */
export function refuseChat(refusal: ChatRefusal): never {
  const [kind, detail] = refusals[refusal]
  return decline(kind, detail, { refusal })
}

function saidOr(said: Said): Extract<Said, { ok: true }> {
  return said.ok ? said : refuseChat(said.refusal)
}

/** The visitor of a request that the guard has let through. */
export function visitorOf(request: FastifyRequest): Visitor {
  return request.visitor ?? decline('signed-out')
}

export function visitRoutes(app: FastifyInstance, desk: Desk): void {
  beginRoutes(app, desk)
  sayRoutes(app, desk)
}

function beginRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/chat/:key',
    access: 'anyone',
    asStranger: true,
    summary: 'What a widget shows before anybody has written',
    params: chatParams,
    rateLimit: OFTEN,
    answer: chatWidget,
    handler: async ({ request }) => presentWidget(desk, widgetOf(request)),
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/visits',
    access: 'anyone',
    asStranger: true,
    summary: 'Begins a visit through a widget, or goes on with one; the token of a new one is told once',
    params: chatParams,
    body: newVisit,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 60, timeWindow: '1 minute', keyGenerator: (request) => whoVisits(desk, request) },
    answer: chatVisit,
    isOneStatement: true,
    handler: async ({ request, body }) => {
      const origin = request.headers.origin ?? null
      const { visitor, token, refused } = await visit(desk, widgetOf(request), {
        ...body,
        language: body.language === null ? null : nameOf(body.language),
        timeZone: body.timeZone === null ? null : zoneNamed(body.timeZone),
        origin,
      })
      const { kind, name, email, subject } = visitor
      return { token, kind, name, email, isOfPage: subject !== null, refused }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/introductions',
    access: 'visitor',
    summary: 'What a visitor says of themselves: kept, and not believed',
    params: chatParams,
    body: newIntroduction,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 20, timeWindow: '1 minute' },
    status: 200,
    answer: chatVisit,
    handler: async ({ db, request, body }) => {
      const email = body.email === null || body.email.trim() === '' ? null : addressOf(body.email)
      const visitor = await introduce(db, visitorOf(request).id, { name: nameOf(body.name), email })
      if (visitor === null) return decline('signed-out')
      const { kind, name } = visitor
      return {
        token: null,
        kind,
        name,
        email: visitor.email,
        isOfPage: visitor.subject !== null,
        refused: null,
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/confirmations',
    access: 'visitor',
    summary:
      'Mails a link to the address that the visitor of a chat typed; the answer is the same for every address, and its number is typed in where the link leads',
    params: chatParams,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 10, timeWindow: '1 minute' },
    answer: chatConfirmation,
    answersSecret: true,
    isOneStatement: true,
    handler: async ({ db, request }) => {
      const { id, kind, email, language } = visitorOf(request)
      const address = email === null ? null : canonicalAddress(email)
      if (kind !== 'claimed' || address === null)
        return decline('refused', 'There is no address to confirm.', { refusal: 'no_address' })
      const widget = widgetOf(request)
      if ((await currentChat(db, widget, visitorOf(request))) === null)
        return decline('refused', 'There is no conversation yet.', { refusal: 'no_address' })
      const ask = { brandId: widget.brandId, email: addressKey(address), at: desk.clock.now() }
      // The links that are on their way all ask for one number: it is the one that is shown.
      const open = await openCodeOf(db, { visitorId: id, email: ask.email }, ask.at)
      if (await mayAskInChat(desk, request.ip, ask.email, widget.id)) {
        const code = open ?? randomInt(10, 100)
        const spoken = language ?? (await desk.setup.now()).desk.language
        await addAsk(db, { ...ask, language: spoken, visitor: { id, code } })
        tell(db, { lane: 'outbox' })
        return { code }
      }
      // A number that no link asks for would open nothing.
      if (open === null)
        return decline('too-many', 'More links were asked for than are mailed. Ask again tomorrow.', {
          refusal: 'too_many_links',
        })
      return { code: open }
    },
  })
}

function addressOf(text: string) {
  return canonicalAddress(text.trim()) ?? declineInput('email', 'is not an address that mail could go to')
}

/** Takes what a visitor says, tells it to who listens, and answers what is new with it. */
export async function sayIn(
  desk: Desk,
  db: Transaction,
  request: FastifyRequest,
  saying: Saying & { readonly answer: string },
  since: z.output<typeof chatAfter>,
): Promise<z.input<typeof chatNews>> {
  const [widget, visitor] = [widgetOf(request), visitorOf(request)]
  const { ticketId } = saidOr(
    await say(desk, db, widget, visitor.id, saying, beginningOf(desk, db, request, saying)),
  )
  tell(db, { chat: { ticketId, said: true } })
  await seeVisitors(db, [visitor.id], desk.clock.now())
  // Who had said nothing before is somebody now.
  const speaker = await openVisitor(db, visitor.id, desk.clock.now())
  return presentNews(desk, db, widget, speaker ?? visitor, since)
}

/** Takes what a visitor leaves while nobody is there. */
export async function leaveIn(
  desk: Desk,
  db: Transaction,
  request: FastifyRequest,
  word: z.output<typeof newLeftWord>,
  files: Saying['files'],
): Promise<z.input<typeof leftWord>> {
  const left = { ...word, name: nameOf(word.name), email: addressOf(word.email), files }
  const [widget, visitor] = [widgetOf(request), visitorOf(request)]
  const { ticketId } = saidOr(
    await leaveWord(desk, db, widget, visitor.id, left, beginningOf(desk, db, request, word)),
  )
  return { ticketId }
}

function sayRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/chat/:key/conversation',
    access: 'visitor',
    summary: 'What was said in the conversation since a place in it, and how it stands',
    params: chatParams,
    query: chatAfter,
    rateLimit: OFTEN,
    answer: chatNews,
    handler: async ({ db, request, query }) => {
      const visitor = visitorOf(request)
      await seeVisitors(db, [visitor.id], desk.clock.now())
      return presentNews(desk, db, widgetOf(request), visitor, query)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/messages',
    access: 'visitor',
    summary: 'Says something; the same clientId again is the same message. Answers what is new with it',
    params: chatParams,
    query: chatAfter,
    body: newChatMessage,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 120, timeWindow: '1 minute' },
    answer: chatNews,
    handler: ({ db, request, body, query }) => sayIn(desk, db, request, { ...body, files: [] }, query),
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/left-messages',
    access: 'visitor',
    summary: 'Leaves a message while nobody is there: it becomes a ticket that is answered by mail',
    params: chatParams,
    body: newLeftWord,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 10, timeWindow: '1 minute' },
    answer: leftWord,
    handler: ({ db, request, body }) => leaveIn(desk, db, request, body, []),
  })
}
