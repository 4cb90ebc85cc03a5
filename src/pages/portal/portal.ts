// The portal: what customers see of their tickets at /portal, signed in or by the link of a mail. Needs no script.
import type { FastifyInstance } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import { sendPage } from '#pages/page.ts'
import { accountPages } from '#pages/portal/account.ts'
import { confirmPages } from '#pages/portal/confirm.ts'
import { portalStyle } from '#pages/portal/frame.ts'
import { brandIdIn, insideOf, open, placeOf, type Inside } from '#pages/portal/gate.ts'
import { newRequestPages } from '#pages/portal/new.ts'
import { ratePages } from '#pages/portal/rate.ts'
import { nothingHere } from '#pages/portal/saying.ts'
import { signInHtml, signInPages } from '#pages/portal/sign-in.ts'
import { ticketPages } from '#pages/portal/ticket.ts'
import { ticketsHtml, type Asked } from '#pages/portal/tickets-html.ts'
import { customerStatuses } from '#tickets/customer-status.ts'
import { customerSorts, listForCustomer } from '#tickets/customer-store.ts'

const AT_ONCE = 25
const MOST_PAGES = 400

export async function portalPages(app: FastifyInstance, desk: Desk): Promise<void> {
  // Over plain http a form says where it comes from only where pages may say so to their own desk; others still hear nothing.
  app.addHook('onRequest', async (_, reply) => void reply.header('referrer-policy', 'same-origin'))
  portalStyle(app)
  app.get('/portal', open, async (request, reply) => {
    const place = await placeOf(desk, request, null)
    if (place === null) return nothingHere(desk, request, reply)
    return reply.header('cache-control', 'no-store').redirect(`/portal/${place.brand.id}`)
  })
  app.get('/portal/:brand', open, async (request, reply) => {
    const place = await placeOf(desk, request, brandIdIn(request))
    if (place === null) return nothingHere(desk, request, reply)
    const inside = await insideOf(desk, request, reply, place)
    const html =
      inside === null
        ? signInHtml(place)
        : await list(desk, inside, askedIn(request.query as Record<string, unknown>))
    return sendPage(reply, html)
  })
  signInPages(app, desk)
  confirmPages(app, desk)
  ticketPages(app, desk)
  newRequestPages(app, desk)
  accountPages(app, desk)
  ratePages(app, desk)
}

/** What a page of the list is asked for; what makes no sense is not asked. */
function askedIn(query: Record<string, unknown>): Asked {
  const text = (name: string) => {
    const value = query[name]
    return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().trim().slice(0, 200) : ''
  }
  const page = Number(text('page'))
  return {
    q: text('q'),
    state: customerStatuses.find((each) => each === text('state')) ?? null,
    whose: text('whose') === 'all' ? 'all' : 'own',
    sort: customerSorts.find((each) => each === text('sort')) ?? 'latest',
    page: Number.isInteger(page) && page >= 1 && page <= MOST_PAGES ? page : 1,
  }
}

async function list(desk: Desk, inside: Inside, asked: Asked): Promise<string> {
  const { requester } = inside.visitor
  const rows = await listForCustomer(desk.database, requester, {
    ...asked,
    limit: AT_ONCE + 1,
    offset: (asked.page - 1) * AT_ONCE,
  })
  return ticketsHtml(inside, asked, rows.slice(0, AT_ONCE), rows.length > AT_ONCE)
}
