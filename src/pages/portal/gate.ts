// Who comes to the portal: the cookie of a session, the brand that is meant, and what every form that is sent passes first.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { verdictOn } from '#channels/sender-store.ts'
import { readConfirmToken, readSignInToken, readSurveyToken, readTicketToken } from '#desk/mail-links.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId } from '#kit/ids.ts'
import { confirmationAsMade, linkAsMade, visitorOf, type Visitor } from '#people/portal-store.ts'
import { spokenBy } from '#pages/spoken.ts'
import type { Brand } from '#setup/brand-store.ts'
import { surveyOfLink } from '#tickets/survey-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'

const SESSION_SECONDS = 30 * 86_400

/** A brand's portal as somebody meets it. */
export type Place = {
  readonly brand: Brand
  readonly name: string
  readonly language: string
  readonly timeZone: string
}
export type Inside = Place & { readonly visitor: Visitor }

/** Every page of the portal is open to anyone: whoever asks is judged here, and an agent's session counts for nothing. */
export const open = { config: { access: 'anyone' as const, asStranger: true }, schema: { hide: true } }

/** As `open`, for what is sent: so many a minute from one network. */
export const sent = (max: number) => ({
  ...open,
  config: { ...open.config, rateLimit: { max, timeWindow: '1 minute' } },
})

/** The portal of a brand by its number; the first brand's without one. Null where there is none, or it is closed. */
export async function placeOf(
  desk: Desk,
  request: FastifyRequest,
  brandId: number | null,
): Promise<Place | null> {
  const { brands } = await desk.setup.now()
  const first = brands.toSorted((a, b) => a.id - b.id).find(({ portal }) => portal)
  const brand = brandId === null ? first : brands.find(({ id, portal }) => id === brandId && portal)
  return brand === undefined ? null : placeAt(desk, request, brand)
}

/** The portal that an address is about, by its brand or its link, whatever has become of that; else the first. */
export async function placeMeant(desk: Desk, request: FastifyRequest): Promise<Place | null> {
  const { token = '' } = request.params as { token?: string }
  const brandId = (await brandOfLink(desk, token)) ?? brandIdIn(request)
  return (await placeOf(desk, request, brandId)) ?? placeOf(desk, request, null)
}

async function brandOfLink({ database, secret }: Desk, token: string): Promise<BrandId | null> {
  const enters = readSignInToken(token, secret)
  if (enters !== null) return (await linkAsMade(database, enters))?.brandId ?? null
  const confirms = readConfirmToken(token, secret)
  if (confirms !== null) return (await confirmationAsMade(database, confirms))?.brandId ?? null
  const opens = readTicketToken(token, secret)
  if (opens !== null) return (await findTicket(database, opens.ticketId))?.ticket.brandId ?? null
  const rates = readSurveyToken(token, secret)
  return rates === null ? null : ((await surveyOfLink(database, rates))?.brandId ?? null)
}

/** What a brand's pages look like to whoever sends a request. */
export async function placeAt(desk: Desk, request: FastifyRequest, brand: Brand): Promise<Place> {
  const { deskName, language, timeZone } = (await desk.setup.now()).desk
  return { brand, name: brand.fromName || deskName, language: spokenBy(request) ?? language, timeZone }
}

/** The brand that the address names. */
export function brandIdIn(request: FastifyRequest): number | null {
  const { brand = '' } = request.params as { brand?: string }
  return /^[1-9]\d{0,9}$/.test(brand) ? Number(brand) : 0
}

/** Whoever is signed in at this portal, whose cookie lasts as their session; null when nobody is. Blocked people are signed in nowhere. */
export async function insideOf(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  place: Place,
): Promise<Inside | null> {
  const secret = request.cookies[cookieName(desk, place.brand.id)]
  if (secret === undefined || secret.length > 100) return null
  const visitor = await visitorOf(desk.database, secret, place.brand.id, desk.clock.now())
  if (visitor === null || (await verdictOn(desk.database, visitor.email)) === 'block') return null
  if (visitor.isProlonged) setSession(desk, reply, place.brand.id, secret)
  const { language, timeZone } = visitor
  return { ...place, language: language ?? place.language, timeZone: timeZone ?? place.timeZone, visitor }
}

/** Whoever is signed in at the portal of the brand that the address names. */
export async function insideHere(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Inside | null> {
  const place = await placeOf(desk, request, brandIdIn(request))
  return place === null ? null : insideOf(desk, request, reply, place)
}

/** One session for each brand: they know nothing of each other. */
function cookieName({ baseUrl }: Desk, brandId: BrandId): string {
  return baseUrl.startsWith('https:') ? `__Host-docket-portal-${brandId}` : `docket_portal_${brandId}`
}

const cookieOptions = ({ baseUrl }: Desk) => ({
  path: '/',
  httpOnly: true,
  // A link in a mail is to find who is signed in; what changes anything asks for more.
  sameSite: 'lax' as const,
  secure: baseUrl.startsWith('https:'),
})

/** Gives the browser a session. */
export function setSession(desk: Desk, reply: FastifyReply, brandId: BrandId, secret: string): void {
  reply.setCookie(cookieName(desk, brandId), secret, { ...cookieOptions(desk), maxAge: SESSION_SECONDS })
}

/** Takes the session from the browser. */
export function dropSession(desk: Desk, reply: FastifyReply, brandId: BrandId): void {
  reply.clearCookie(cookieName(desk, brandId), cookieOptions(desk))
}

/** Whether what is sent comes from a page of ours, as far as the browser says. */
export function isOwnPage(desk: Desk, { headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  // Browsers say less over plain http, where a desk may also be reached by another name than its own.
  const { origin, host } = headers
  if (origin === undefined) return true
  return URL.canParse(origin) && [new URL(desk.baseUrl).host, host].includes(new URL(origin).host)
}

/** The mark that forms of a session carry: no other page knows it. */
export function markOf({ secret }: Desk, { sessionId }: Visitor): string {
  return createHmac('sha256', secret).update(`portal\0form\0${sessionId}`).digest('base64url').slice(0, 32)
}

/** Whether a form carries the mark of its session. */
export function hasMark(desk: Desk, visitor: Visitor, given: string): boolean {
  const [right, said] = [Buffer.from(markOf(desk, visitor)), Buffer.from(given)]
  return right.length === said.length && timingSafeEqual(right, said)
}
