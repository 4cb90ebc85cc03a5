// The scene of a replayed update: what `desk/rules/scene.ts` gathers live, taken from a ticket's recorded surroundings.
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import { calendarsOfBook, clockFactsOf } from '#sla/scene-facts.ts'
import { judge } from '#sla/judge.ts'
import { historyOf } from '#rules/past.ts'
import type { Needs } from '#rules/rulebook.ts'
import { noHistory, type MessageText, type Scene, type Update } from '#rules/scene.ts'
import { kindsOf, messagesIn, messagesStanding, ratingIn, viaOf } from '#rules/update-kinds.ts'
import type { Actor, TicketEvent } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { Instant } from '#kit/time.ts'

/** An update of a replay: the ticket before and after its events, and the whole log with them. */
export type Replayed = {
  readonly before: Ticket | null
  readonly now: Ticket
  readonly at: Instant
  readonly events: readonly TicketEvent[]
  readonly log: readonly TicketEvent[]
  readonly actor: Actor
}

/** A ticket that nothing happens to, with its log so far. */
export function atRest(
  ticket: Ticket,
  { at, log, actor }: Pick<Replayed, 'at' | 'log' | 'actor'>,
): Replayed & { readonly before: Ticket } {
  return { before: ticket, now: ticket, at, events: [], log, actor }
}

export type UpdateScene = Scene & { readonly update: Update }

/** Puts an update before the conditions of a configuration, with what `needs` names and nothing else. */
export function sceneOf(
  past: PastTicket,
  configuration: Configuration,
  replayed: Replayed,
  needs: Needs,
): UpdateScene {
  const { before, now, at, events, log, actor } = replayed
  const { directory, sla, zone } = configuration
  const messageIds = events.flatMap(messagesIn)
  const clocks =
    needs.clocks && sla.versions.size > 0
      ? clockFactsOf(judge(log, now, sla, at), at)
      : { clocks: [], slaPolicy: null }
  return {
    before,
    now,
    at,
    zone,
    update: {
      kinds: kindsOf(events),
      actor,
      actorRole: roleOf(configuration, actor),
      via: viaOf(events, actor),
      messageIds,
      rating: ratingIn(events),
    },
    content: {
      subject: past.subjects.get(now.subjectRevisionId ?? -1) ?? '',
      messages: textsOf(past, needs.messages ? messagesStanding(log) : messageIds, events),
      requester: past.people.get(now.requesterId) ?? null,
      organization: now.organizationId === null ? null : (past.organizations.get(now.organizationId) ?? null),
      participantEmails: new Map(
        now.participants.flatMap(({ personId }) => {
          const person = past.people.get(personId)
          if (person?.email == null) return []
          return [[personId, [person.email, ...(person.otherEmails ?? [])]] as const]
        }),
      ),
      history: needs.history ? historyOf(log) : noHistory,
      ...clocks,
      assistant: {},
    },
    directory,
    calendars: calendarsOfBook(sla),
    reader: null,
  }
}

export function roleOf({ roles }: Configuration, { type, id }: Actor) {
  return type === 'agent' && id !== null ? (roles.get(id) ?? null) : null
}

function textsOf(
  { messages }: PastTicket,
  ids: readonly number[],
  events: readonly TicketEvent[],
): readonly MessageText[] {
  const thanked = new Set<number>(
    events.flatMap((event) =>
      event.kind === 'message_added' && event.payload.thanks === true ? [event.payload.messageId] : [],
    ),
  )
  return ids.flatMap((id) => {
    const found = messages.get(id)
    return found === undefined ? [] : [thanked.has(id) ? { ...found, thanks: true } : found]
  })
}
