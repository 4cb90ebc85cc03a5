// /chat: what a widget on a page elsewhere says to the desk and hears from it. /widgets: how widgets are set up. And what agents see
// of who is in a chat.
import { z } from 'zod'

import { visitorKinds } from '../../people/visitor-kind.ts'
import { identityAlgorithms, identityRefusals } from '../../setup/identity-words.ts'
import { id, instant, name, nameRef, pageOf } from './shapes.ts'

export const widgetKey = z.string().regex(/^[\w-]{10,40}$/)
export const chatParams = z.strictObject({ key: widgetKey })
/** GET /chat/{key}/faces/{face}: the picture of somebody who answers in the conversation. */
const face = z.string().regex(/^[0-9a-f]{16}$/)
export const chatFaceParams = chatParams.extend({ face })

/** GET /chat/{key}: what the widget shows before anybody has written. */
export const chatWidget = z.object({
  name: z.string(),
  greeting: z.string(),
  /** The brand's colour for surfaces with letters on it, light and dark, at least 4.5:1 between them. */
  color: z.string(),
  onColor: z.string(),
  language: z.string(),
  isOpen: z.boolean(),
  opensAt: instant.nullable(),
  notesPage: z.boolean(),
})
export type ChatWidget = z.infer<typeof chatWidget>

/** POST /chat/{key}/visits. Without a token, or when it opens nothing any more, another is told: keep it, and send it as `X-Docket-Visitor`. */
export const newVisit = z.strictObject({
  token: z.string().max(100).nullable().default(null),
  /** A JWT of the page: HS256, RS256 or EdDSA; `sub`, `email`, `exp` within 24 hours, `aud` the widget's key. */
  identity: z.string().max(8_000).nullable().default(null),
  language: z.string().max(35).nullable().default(null),
  timeZone: z.string().max(60).nullable().default(null),
})
export const identityRefusal = z.enum(identityRefusals)
export const chatVisit = z.object({
  token: z.string().nullable(),
  kind: z.enum(visitorKinds),
  name: z.string(),
  email: z.string().nullable(),
  /** The page has shown who they are, and not a link in a mail: who signs out there is nobody here. */
  isOfPage: z.boolean(),
  /** Why the page's word was not believed: the visitor goes on as nobody. */
  refused: identityRefusal.nullable(),
})
export type ChatVisit = z.infer<typeof chatVisit>

export const chatMessage = z.object({
  seq: z.number().int(),
  id,
  /** The visitor, an agent, nobody (the assistant, a rule), or a person in copy. */
  by: z.enum(['you', 'agent', 'automated', 'other']),
  name: z.string(),
  face: face.nullable(),
  at: instant,
  text: z.string(),
  isRemoved: z.boolean(),
  /** What the visitor's browser called it. */
  clientId: z.string().nullable(),
  files: z.array(
    z.object({
      id,
      name: z.string(),
      size: z.number().int(),
      /** It is said to be one that browsers show; whether it is, its bytes say. */
      isPicture: z.boolean(),
    }),
  ),
})
export type ChatMessage = z.infer<typeof chatMessage>

export const chatState = z.object({
  /** Which conversation this is: another number is another one, whose places begin anew. */
  id,
  status: z.enum(['waiting', 'answered', 'ended']),
  /** Whether it is shown by now who the visitor is. */
  kind: z.enum(visitorKinds),
  with: z.object({ name: z.string(), face: face.nullable() }).nullable(),
  readSeq: z.number().int(),
  isAsked: z.boolean(),
  isAutomated: z.boolean(),
  /** Whether it helped, asked once it has ended: good and bad, or one to five; the score that was given. `isAsked`: they have seen it. */
  question: z
    .object({
      scale: z.union([z.literal(2), z.literal(5)]),
      score: z.number().int().nullable(),
      comment: z.string(),
      isAsked: z.boolean(),
    })
    .nullable(),
  /** Place in line, 1 comes next; the wait in seconds, from and to, where enough is known. */
  place: z
    .object({ number: z.number().int(), wait: z.object({ from: z.number(), to: z.number() }).nullable() })
    .nullable(),
})
export type ChatState = z.infer<typeof chatState>

/** GET /chat/{key}/conversation?after={cursor}; `event: news` on GET /chat/{key}/stream. Null: nothing was said yet. */
export const chatNews = z.object({
  messages: z.array(chatMessage),
  /** Ids of messages that were erased, also of those that were told before. */
  removed: z.array(id),
  cursor: z.number().int(),
  hasMore: z.boolean(),
  state: chatState.nullable(),
})
export type ChatNews = z.infer<typeof chatNews>
/** `of` is the conversation that the cursor belongs to; in another one everything is new. */
export const chatAfter = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  of: z.coerce.number().int().min(0).default(0),
})

/** Of the small sum for `{token}:{clientId}`, once a refusal `puzzle` asks for it: SHA-256 of `{token}:{clientId}:{answer}` begins with 14 zero bits. */
const answer = z.string().max(20).default('')
/** The same `clientId` again is the same message. */
export const newChatMessage = z.strictObject({
  clientId: z.uuid(),
  text: z.string().trim().min(1).max(4_000),
  answer,
  /** Begins anew instead of going on. */
  isNew: z.boolean().default(false),
  page: z.string().max(2_000).nullable().default(null),
  referrer: z.string().max(2_000).nullable().default(null),
})
/** POST /chat/{key}/files: the same as multipart/form-data, with up to five files of 10 MB and a text that may be empty. */
export const newChatFiles = newChatMessage.extend({
  text: z.string().trim().max(4_000).default(''),
  isNew: z.stringbool().default(false),
})
/** Nobody is there: it becomes a ticket that is answered by mail. */
export const newLeftWord = z.strictObject({
  clientId: z.uuid(),
  answer,
  name: z.string().max(200).default(''),
  email: z.string().max(320),
  text: z.string().trim().min(1).max(4_000),
})
export const leftWord = z.object({ ticketId: id })
/** What a visitor says of themselves. It is kept and not believed. */
export const newIntroduction = z.strictObject({
  name: z.string().max(200),
  email: z.string().max(320).nullable(),
})
export const chatRead = z.strictObject({ seq: z.int32().min(0) })
export const chatTyping = z.strictObject({ typing: z.boolean() })
export const chatButton = z.strictObject({ button: z.enum(['solved', 'person']) })
/** POST /chat/{key}/confirmations: a link to the typed address, if mail goes there; the number is typed in where it leads. */
export const chatConfirmation = z.object({ code: z.number().int() })
/** POST /chat/{key}/ratings: whether it helped. Again within a week is another answer in place of the first. */
export const chatRating = z.strictObject({
  score: z.int32().min(1).max(5),
  comment: z.string().trim().max(2_000).default(''),
})
export const chatTranscript = z.object({ to: z.string() })

/** GET /tickets/{id}/chat: who is in the chat. Null for a ticket that is none, or was given to somebody else: it is answered by mail. */
export const ticketChat = z
  .object({
    visitor: z.object({
      kind: z.enum(visitorKinds),
      /** As they typed it, or as the company's site has signed it. */
      email: z.string().nullable(),
      language: z.string().nullable(),
      timeZone: z.string().nullable(),
    }),
    isHere: z.boolean(),
    seenAt: instant,
    page: z.string().nullable(),
    referrer: z.string().nullable(),
    readSeq: z.number().int(),
    /** They fell silent and were asked whether they are still there. */
    isAsked: z.boolean(),
  })
  .nullable()
export type TicketChat = z.infer<typeof ticketChat>
/** `event: chat` on the stream: of the moment. */
export const chatMoment = z.object({
  ticketId: id,
  here: z.boolean().optional(),
  typing: z.boolean().optional(),
  read: z.number().int().optional(),
  said: z.literal(true).optional(),
})
export type ChatMoment = z.infer<typeof chatMoment>

export const identityKey = z.object({
  id,
  algorithm: z.enum(identityAlgorithms),
  publicKey: z.string().nullable(),
  createdAt: instant,
})
export type IdentityKey = z.infer<typeof identityKey>

export const widget = z.object({
  id,
  key: z.string(),
  name: z.string(),
  brand: nameRef,
  team: nameRef.nullable(),
  /** `always`, a calendar's number as text, or null: the hours of the brand. */
  calendar: z.string().nullable(),
  color: z.string().nullable(),
  greeting: z.string(),
  origins: z.array(z.string()),
  notesPage: z.boolean(),
  askAfterSeconds: z.number().int(),
  resolveAfterSeconds: z.number().int(),
  archived: z.boolean(),
  keys: z.array(identityKey),
  /** The tag for the page, and the directives that a strict policy of the page needs. */
  tag: z.string(),
  policy: z.string(),
})
export type Widget = z.infer<typeof widget>
export const widgetPage = pageOf(widget)

const body = {
  name,
  brand: id,
  team: id.nullable(),
  calendar: z.string().max(40).nullable(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'is a colour such as #3b5bdb')
    .nullable(),
  greeting: z.string().max(500),
  origins: z.array(z.string().max(300)).max(20, 'are at most 20'),
  notesPage: z.boolean(),
  /** Of silence after an answer; 0 is never. */
  askAfterSeconds: z.int32().min(0).max(86_400),
  resolveAfterSeconds: z.int32().min(0).max(604_800),
}
export const newWidget = z.strictObject({
  ...body,
  team: body.team.default(null),
  calendar: body.calendar.default(null),
  color: body.color.default(null),
  greeting: body.greeting.default(''),
  origins: body.origins.default([]),
  notesPage: body.notesPage.default(false),
  askAfterSeconds: body.askAfterSeconds.default(300),
  resolveAfterSeconds: body.resolveAfterSeconds.default(900),
})
export const widgetPatch = z.strictObject(body).partial().extend({ archived: z.boolean().optional() })

/** A secret is drawn by the desk and told once; a public key is given in PEM form. */
export const newIdentityKey = z.strictObject({
  algorithm: z.enum(identityAlgorithms),
  publicKey: z.string().max(4_000).nullable().default(null),
})
export const madeIdentityKey = identityKey.extend({ secret: z.string().nullable() })
export const identityKeyParams = z.strictObject({
  id: z.coerce.number().pipe(id),
  keyId: z.coerce.number().pipe(id),
})

/** GET /widgets/{id}/health: what happened to it of late. */
export const widgetHealth = z.object({
  /** The script and the panel are built and served. */
  isBuilt: z.boolean(),
  isOpen: z.boolean(),
  opensAt: instant.nullable(),
  /** When a visitor was last there, and how many are now. */
  lastSeenAt: instant.nullable(),
  here: z.number().int(),
  refusals: z.array(z.object({ at: instant, reason: identityRefusal, origin: z.string().nullable() })),
})
export type WidgetHealth = z.infer<typeof widgetHealth>
