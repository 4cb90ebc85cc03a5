// The nouns of a replay: a ticket's recorded life with what surrounded it, and the configuration under which it is lived again.
import type { Instant } from '#kit/time.ts'
import type { Role } from '#people/role.ts'
import type { Directory } from '#rules/directory.ts'
import type { ReadyRulebook } from '#rules/rulebook.ts'
import type { MessageText, OrganizationFacts, PersonFacts } from '#rules/scene.ts'
import type { SlaBook } from '#sla/book.ts'
import type { TicketEvent } from '#tickets/event.ts'
import type { Settings } from '#tickets/settings.ts'

/** A ticket's log, and what its events name by id. Texts that were erased are null. */
export type PastTicket = {
  readonly log: readonly TicketEvent[]
  /** How far its life is told: to the end of the window, or to a moment that is due and has not had its turn. */
  readonly until: Instant
  /** When the record goes on after that; null: it does not. */
  readonly more: Instant | null
  /** How many events the record has, those after that included. */
  readonly seq: number
  /** Subjects by revision. */
  readonly subjects: ReadonlyMap<number, string>
  readonly messages: ReadonlyMap<number, MessageText>
  readonly people: ReadonlyMap<number, PersonFacts>
  readonly organizations: ReadonlyMap<number, OrganizationFacts>
}

/** Everything a judgement asks for besides the ticket. Immutable. */
export type Configuration = {
  readonly rulebook: ReadyRulebook
  readonly sla: SlaBook
  readonly settings: Settings
  readonly directory: Directory
  readonly zone: string
  /** Of agents, as they are today. */
  readonly roles: ReadonlyMap<number, Role>
  /** Agents by team, as they are today. */
  readonly members: ReadonlyMap<number, readonly number[]>
  /** Addresses of the desk's own mailboxes: rules mail nothing to them. */
  readonly ownAddresses: ReadonlySet<string>
}

/** Which configuration is in force when: one for a draft, the versions of their time for the record. */
export type Configurations = {
  readonly at: (instant: Instant) => Configuration
  /** The instants at which another one comes into force, oldest first. */
  readonly turns: readonly Instant[]
  /** From when on it is known what was in force; null: always. */
  readonly keptSince: Instant | null
}
