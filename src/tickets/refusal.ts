// The typed "no" of decide: nothing is written. One table in the API turns names into HTTP.
import type { FieldId, MessageId, PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Actor } from '#tickets/event.ts'
import type { Status } from '#tickets/vocabulary.ts'

export type Conflict = {
  /** As in `Changes`; a custom field is `fields.<id>`. */
  readonly field: string
  readonly base: unknown
  readonly theirs: unknown
  readonly yours: unknown
  readonly theirActor: Actor
  readonly theirSeq: number
}

export type Refusal =
  | { readonly name: 'not_found'; readonly what: string }
  | { readonly name: 'forbidden'; readonly needs: string }
  | {
      readonly name: 'transition_not_allowed'
      readonly from: Status
      readonly to: Status | null
      readonly why?: string
    }
  | { readonly name: 'ticket_closed' }
  | {
      readonly name: 'ticket_flagged'
      readonly flag: 'spam' | 'deleted' | 'merged_into'
      readonly mergedInto: TicketId | null
    }
  | { readonly name: 'assignee_required' }
  | { readonly name: 'fields_required'; readonly fieldIds: readonly FieldId[] }
  | { readonly name: 'children_open'; readonly count: number }
  | { readonly name: 'close_reason_required' }
  /** The way out is a follow-up ticket; see followUpOf. */
  | {
      readonly name: 'reopen_window_passed'
      readonly because: 'closed' | 'deleted'
      readonly closedAt: Instant | null
    }
  | { readonly name: 'privacy_ack_required'; readonly newReaders: readonly PersonId[] }
  | { readonly name: 'target_closed'; readonly targetId: TicketId }
  | { readonly name: 'merge_cycle'; readonly targetId: TicketId }
  | { readonly name: 'conflict'; readonly conflict: readonly Conflict[] }
  | { readonly name: 'newer_message'; readonly messageIds: readonly MessageId[] }
  | { readonly name: 'limit_exceeded'; readonly limit: string; readonly max: number }
  | { readonly name: 'already_sent' }
  | { readonly name: 'changed_since'; readonly fields: readonly string[] }

export type RefusalName = Refusal['name']
