// The words of a ticket, each list once: types, schemas, menus, SQL and tests follow from these. It imports nothing, so that
// the app takes it as it is. The order counts: documents, menus and ranks show it. test/store/vocabulary.test.ts holds the database to it.

export const activeStatuses = ['new', 'open', 'pending', 'on_hold'] as const
export type ActiveStatus = (typeof activeStatuses)[number]

export const statuses = [...activeStatuses, 'resolved', 'closed'] as const
export type Status = (typeof statuses)[number]

/** Least urgent first. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

export const channels = ['email', 'form', 'chat', 'portal', 'api', 'phone'] as const
export type Channel = (typeof channels)[number]

export const ticketTypes = ['question', 'incident', 'problem', 'task'] as const
export type TicketType = (typeof ticketTypes)[number]

export const closeReasons = ['duplicate', 'no_response', 'obsolete', 'out_of_scope', 'other'] as const
export type CloseReason = (typeof closeReasons)[number]

/** Read as "this ticket <linkType> that ticket": `parent` is on the parent and names a child. */
export const linkTypes = [
  'follows',
  'followed_by',
  'duplicates',
  'duplicated_by',
  'relates',
  'blocks',
  'blocked_by',
  'parent',
  'child',
  'problem',
  'incident',
] as const
export type LinkType = (typeof linkTypes)[number]

export const messageKinds = ['reply', 'note'] as const
export type MessageKind = (typeof messageKinds)[number]

export const directions = ['inbound', 'outbound', 'internal'] as const
export type Direction = (typeof directions)[number]

export const participantRoles = ['cc', 'follower'] as const
export type ParticipantRole = (typeof participantRoles)[number]

/** Who can be behind an event. */
export const actorTypes = ['agent', 'requester', 'participant', 'rule', 'assistant', 'system', 'api'] as const
export type ActorType = (typeof actorTypes)[number]

/** What takes a ticket out of the lists, the least first: of several, the last is said. */
export const hidings = ['spam', 'deleted', 'merged'] as const
export type Hiding = (typeof hidings)[number]

/** What came of a resolve: asked by mail, asked at the end of a chat, rated at the portal without being asked, or why nobody was asked. */
export const surveyOutcomes = [
  'sent',
  'chat',
  'portal',
  'held_out',
  'opted_out',
  'asked_lately',
  'unreachable',
] as const
export type SurveyOutcome = (typeof surveyOutcomes)[number]

/** Longer than a year nothing sleeps. */
export const maxSnoozeSeconds = 366 * 86_400
