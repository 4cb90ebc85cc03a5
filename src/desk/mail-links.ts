// The secrets of links in mails: made of what they are for and the desk's own secret, so that none stands in the database
// where somebody could read it. Sign-in, survey and password links are made of random numbers, as rows' own come again after a
// restore. What a link opens, and whether it still does, is asked of whoever holds what it names.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { instant, type Instant } from '#kit/time.ts'

/** What a link is for: a customer's signing in, their address in a chat, one ticket, one survey; an agent's password. None is good for another. */
type Purpose = 'sign-in' | 'chat' | 'ticket' | 'survey' | 'password'

const LARGEST = 1e15

function seal(purpose: Purpose, named: string, secret: string): string {
  return createHmac('sha256', secret).update(`link\0${purpose}\0${named}`).digest('base64url').slice(0, 32)
}

function sign(purpose: Purpose, numbers: readonly number[], secret: string): string {
  const named = numbers.map((number) => number.toString(36)).join('.')
  return `${named}.${seal(purpose, named, secret)}`
}

/** The numbers of a link that is ours; null of any other. */
function read(purpose: Purpose, token: string, count: number, secret: string): number[] | null {
  const parts = token.split('.')
  const given = Buffer.from(parts.pop() ?? '')
  if (parts.length !== count || !parts.every((part) => /^(0|[1-9a-z][0-9a-z]{0,9})$/.test(part))) return null
  const right = Buffer.from(seal(purpose, parts.join('.'), secret))
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  const numbers = parts.map((part) => Number.parseInt(part, 36))
  return numbers.every((number) => number < LARGEST) ? numbers : null
}

/** Where a link will stand in a mail: it is made when the mail leaves. */
export const LINK_PLACE = '{link}'

/** The token of a link that signs in once. */
export const signInToken = (number: number, secret: string): string => sign('sign-in', [number], secret)

/** The number of the link that a token signs in by, or null. */
export const readSignInToken = (token: string, secret: string): number | null =>
  read('sign-in', token, 1, secret)?.[0] ?? null

/** The token of a link by which a visitor of a chat shows an address to be theirs. */
export const confirmToken = (number: number, secret: string): string => sign('chat', [number], secret)

/** The number of the ask that a token answers, or null. */
export const readConfirmToken = (token: string, secret: string): number | null =>
  read('chat', token, 1, secret)?.[0] ?? null

/** The token by which an agent chooses a password: of a number that nothing else is known by. */
export const passwordToken = (number: number, secret: string): string => sign('password', [number], secret)

/** The token by which a survey is answered. */
export const surveyToken = (number: number, secret: string): string => sign('survey', [number], secret)

/** The number of the survey that a token answers, or null. */
export const readSurveyToken = (token: string, secret: string): number | null =>
  read('survey', token, 1, secret)?.[0] ?? null

/** One ticket for one person, by a link that was made at a moment. */
export type TicketLink = { readonly ticketId: number; readonly personId: number; readonly at: Instant }

/** The token of a link that opens one ticket for one person. */
export function ticketToken({ ticketId, personId, at }: TicketLink, secret: string): string {
  return sign('ticket', [ticketId, personId, Math.floor(Date.parse(at) / 1000)], secret)
}

/** What a token opens, or null. How old it may be is for the caller to say. */
export function readTicketToken(token: string, secret: string): TicketLink | null {
  const [ticketId, personId, seconds] = read('ticket', token, 3, secret) ?? []
  if (ticketId === undefined || personId === undefined || seconds === undefined) return null
  return { ticketId, personId, at: instant(Math.min(seconds, 8e12) * 1000) }
}
