// What the app and the server say to each other under /api/v1: who is there, what may be done, what changed.
// The nouns are beside this file: contract/tickets, messages, desk, mail; shared shapes in contract/shapes.
// Unsafe calls of a browser session carry `X-Docket-Csrf: 1`; every POST an `Idempotency-Key`.
import { z } from 'zod'
import { besideTicket, deskThings } from '#store/notice-words.ts'
import { actions, type Action } from '#people/rights.ts'

import { password, role } from './contract/desk.ts'
import { email, id, instant, name, nameRef } from './contract/shapes.ts'

/** What the app asks before it shows a control; the server asks again. */
export const permission = z.enum(Object.keys(actions) as [Action, ...Action[]])
export type Permission = z.infer<typeof permission>

/** GET /setup. `needed` while there is no administrator. */
export const setupState = z.object({ needed: z.boolean() })
export type SetupState = z.infer<typeof setupState>
/** POST /setup: `token` comes from the link /setup?token=… that the server prints. 201 `me`, and the session cookie. */
export const setup = z.strictObject({
  token: z.string().min(1).max(200),
  name,
  email,
  password,
  /** How the desk begins; what is left out stays as it is. */
  deskName: name.optional(),
  timeZone: z.string().max(60).optional(),
  language: z.string().max(35).optional(),
})
export type Setup = z.infer<typeof setup>

/**
 * POST /session signs in (answers `me`, or what second factor is wanted; 401 `/signed-out` without saying which was wrong);
 * DELETE signs out (204).
 */
export const credentials = z.strictObject({ email: z.string().max(254), password: z.string().max(200) })
export type Credentials = z.infer<typeof credentials>
/** POST /session/password-link: the answer is the same for every address. */
export const forgotten = z.strictObject({ email: z.string().max(254) })
/** POST /session/password: `token` comes from the mailed link. */
export const chosenPassword = z.strictObject({ token: z.string().min(1).max(200), password })
export type ChosenPassword = z.infer<typeof chosenPassword>
/** GET /session; 401 when nobody is signed in. */
export const me = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  /** The role of the desk's own, where they hold one. */
  customRole: nameRef.nullable(),
  teams: z.array(nameRef),
  permissions: z.array(permission),
  deskName: z.string(),
  /** Stands under the caller's replies, before the desk's. */
  signature: z.string(),
  /** Seconds a reply waits before it leaves. */
  sendDelaySeconds: z.number().int(),
  /** How long they have tickets before them is counted, and told to them. */
  countsTouch: z.boolean(),
  /** Until when the account may go on without a second factor; null when it has one or needs none. */
  factorDueAt: instant.nullable(),
  /** That time is over: all that is open is adding one, under /account. */
  mustAddFactor: z.boolean(),
  /** The provider of identity that this session came by, where one proves once more that it is oneself. */
  provider: nameRef.nullable(),
  /** Where the feed of changes stood: whatever is read from now on, GET /stream?since= tells what it misses. */
  feedSeq: z.string(),
})
export type Me = z.infer<typeof me>
/** PATCH /session: the caller's own name, signature and password. Answers `me`. */
export const mePatch = z.strictObject({
  name: name.optional(),
  signature: z.string().trim().max(2_000).optional(),
  /** Of the mails that the desk sends to this agent; null for the desk's own. */
  language: z.string().max(35).nullable().optional(),
  /** An upload of one's own that colleagues see beside the name; null for none. */
  picture: id.nullable().optional(),
  currentPassword: z.string().max(200).optional(),
  newPassword: password.optional(),
})
export type MePatch = z.infer<typeof mePatch>

/**
 * GET /stream, server-sent events: `event: change` with this as data and `seq` as the event's id. Resume with
 * `Last-Event-ID` or `?since=`. `event: reset` (data `{ "seq" }`) says the gap is too old: fetch again what is shown.
 * A comment line every 15 s keeps the line open.
 */
export const change = z.object({
  seq: z.string(),
  kind: z.enum(['ticket', ...besideTicket, ...deskThings]),
  id: id.nullable(),
  ticketSeq: z.number().int().nullable(),
})
export type Change = z.infer<typeof change>

/** PUT /presence, every 20 s and at every change; `ticketId: null` when the tab leaves. */
export const presencePut = z.strictObject({
  tab: z.string().min(8).max(60),
  ticketId: id.nullable(),
  typing: z.enum(['reply', 'note']).nullable(),
})
export type PresencePut = z.infer<typeof presencePut>
/** `event: presence` on the stream: who else is on a ticket now, the reader included. */
export const presence = z.object({
  ticketId: id,
  people: z.array(
    z.object({ id, name: z.string(), typing: z.enum(['reply', 'note']).nullable(), since: z.string() }),
  ),
})
export type Presence = z.infer<typeof presence>
