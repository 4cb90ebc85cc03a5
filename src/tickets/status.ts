// The transition table: which status may follow which, and by whom; which statuses are active, and what hides a ticket.
import type { Context } from '#tickets/context.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { activeStatuses, type ActiveStatus, type Hiding, type Status } from '#tickets/vocabulary.ts'

/** A agent · L lead or admin · R rule · X assistant · Q requester or cc · S system. */
export type Letter = 'A' | 'L' | 'R' | 'X' | 'Q' | 'S'

/** Rows are the status before, columns the status after; a missing cell is never allowed. */
const transitions: Readonly<Record<Status, Partial<Record<Status, string>>>> = {
  new: { open: 'A R X S', pending: 'A R X', on_hold: 'A R', resolved: 'A R X Q S', closed: 'L R' },
  open: { pending: 'A R X', on_hold: 'A R', resolved: 'A R X Q S', closed: 'L R' },
  pending: { open: 'A R X Q', on_hold: 'A R', resolved: 'A R X Q S', closed: 'L R' },
  on_hold: { open: 'A R Q', pending: 'A R X', resolved: 'A R Q', closed: 'L R' },
  resolved: { open: 'A R Q', pending: 'A R', on_hold: 'A R', closed: 'S L R' },
  closed: { open: 'A Q' },
}

/** Whether one of `letters` may move a ticket; `leadOnly` when an agent may not but a lead may. */
export function transition(
  from: Status,
  to: Status,
  letters: readonly Letter[],
): 'allowed' | 'never' | 'leadOnly' {
  const cell = transitions[from][to] ?? ''
  if (letters.some((letter) => cell.includes(letter))) return 'allowed'
  return cell.includes('L') && letters.includes('A') ? 'leadOnly' : 'never'
}

/** What the actor counts as in the table; a viewer counts as nobody. */
export function lettersOf({ actor, actorRole }: Pick<Context, 'actor' | 'actorRole'>): readonly Letter[] {
  switch (actor.type) {
    case 'rule':
      return ['R']
    case 'assistant':
      return ['X']
    case 'system':
      return ['S']
    case 'requester':
    case 'participant':
      return ['Q']
    case 'agent':
    case 'api':
      if (actorRole === 'admin' || actorRole === 'lead') return ['A', 'L']
      return actorRole === 'agent' ? ['A'] : []
  }
}

/** New, open, pending or on hold. */
export function isActive(status: Status): status is ActiveStatus {
  return (activeStatuses as readonly Status[]).includes(status)
}

/** Whether a ticket is set aside as spam, deleted, erased or merged: rules, clocks and timers leave it alone. */
export function isFlagged({ flags }: Pick<Ticket, 'flags'>): boolean {
  return flags.spam || flags.deleted || flags.purged || flags.mergedInto !== null
}

/** What takes a ticket out of the lists: of several flags the weightiest. */
export function hidingOf({ flags }: Pick<Ticket, 'flags'>): Hiding | null {
  if (flags.mergedInto !== null) return 'merged'
  return flags.deleted ? 'deleted' : flags.spam ? 'spam' : null
}
