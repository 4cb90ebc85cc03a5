// The gate: whether the assistant looks at a message at all. What it asks comes from rows and events, never from a text.
import { isHeldOut, rowFor, type AssistantConfig, type Place } from '#assistant/config.ts'
import type { Outside, SoFar } from '#assistant/procedure.ts'
import { reaches, type Mode, type SkipReason } from '#assistant/words.ts'

/** What the desk knows of a ticket at the seq of the message that woke the assistant. */
export type Standing = Place & {
  /** The switch: of the desk, or of the ticket's brand or category. */
  readonly isKilled: boolean
  /** Written by a machine, or an answer to automatic mail. */
  readonly isAutomatic: boolean
  /** A mere thank you, or what asks for nothing. */
  readonly isThanks: boolean
  /** The newest public message is the requester's or a cc's. */
  readonly isFromCustomer: boolean
  readonly isActive: boolean
  /** Somebody of the desk has answered in public, since it was opened. */
  readonly hasHumanReplied: boolean
  /** A draft of an answer was touched of late. */
  readonly isHumanTyping: boolean
  /** A person switched it off for this ticket or this requester. */
  readonly isOptedOut: boolean
  /** It was handed over, and nobody has handed it back. */
  readonly isEscalated: boolean
  /** The seq at which a rule or a person asked for it on this ticket; null when nobody did. */
  readonly askedSeq: number | null
  /** Its own public answers since the last hand-over. */
  readonly ownTurns: number
  /** It resolved the ticket before, and the customer came back. */
  readonly cameBack: boolean
  /** Automatic mails to the requester's address in a day, on any ticket. */
  readonly mailsToAddress: number
  /** Answers of today. */
  readonly answersToday: number
  readonly pending: SoFar['pending']
  readonly ended: SoFar['ended']
  /** What procedures may look up, by where. */
  readonly deskFacts: Readonly<Record<string, string | null>>
  readonly outside: Outside
  /** What is read of the customer's is proven to be the requester's own: by the mail's signature, or a session of theirs. */
  readonly isProven: boolean
}

/** How a ticket stands that has just come in, but for where. */
export const freshTicket: Omit<Standing, keyof Place> = {
  isKilled: false,
  isAutomatic: false,
  isThanks: false,
  isFromCustomer: true,
  isActive: true,
  hasHumanReplied: false,
  isHumanTyping: false,
  isOptedOut: false,
  isEscalated: false,
  askedSeq: null,
  ownTurns: 0,
  cameBack: false,
  mailsToAddress: 0,
  answersToday: 0,
  pending: null,
  ended: [],
  deskFacts: {},
  outside: { recorded: [], asks: false },
  isProven: false,
}

/** Automatic mails to one address in 24 hours; what is more looks like a loop. */
export const MOST_MAILS_TO_ADDRESS = 3

/** Why it does not look; null when it does. Channels, modes and switches come first: they are the cheapest to say. */
export function skipReason(standing: Standing, config: AssistantConfig | null): SkipReason | null {
  if (config === null) return 'off'
  if (standing.isKilled) return 'killed'
  if (rowFor(config, standing).mode === 'off' && !triages(config)) return 'off'
  if (!standing.isFromCustomer) return 'not_customer'
  if (standing.isAutomatic) return 'automatic'
  if (standing.isThanks) return 'thanks'
  if (!standing.isActive) return 'inactive'
  return null
}

/** Why it may sort the ticket but not answer it; null when it may. */
export function silenceReason(standing: Standing, config: AssistantConfig): SkipReason | null {
  const { mode } = rowFor(config, standing)
  if (mode === 'off' || (mode === 'on_request' && standing.askedSeq === null)) return 'off'
  if (standing.isOptedOut) return 'opted_out'
  if (standing.isEscalated) return 'escalated'
  if (standing.hasHumanReplied && standing.askedSeq === null) return 'human_replied'
  if (isHeldOut(config, standing.ticketId)) return 'holdout'
  if (standing.ownTurns >= config.maxTurns) return 'turns'
  if (standing.mailsToAddress >= MOST_MAILS_TO_ADDRESS) return 'mails_to_address'
  return null
}

/** How far it may go on this ticket. Asked for where a person answers already, it only suggests. */
export function modeFor(standing: Standing, config: AssistantConfig): Mode {
  const { mode } = rowFor(config, standing)
  return standing.hasHumanReplied && reaches(mode, 'suggest') ? 'suggest' : mode
}

function triages({ triage }: AssistantConfig): boolean {
  return Object.values(triage).some((mode) => mode !== 'off')
}

/** Whether the way a message came proves who wrote it: signed in, by a mail that their own domain signs, or in a chat whose site does. */
export function isProvenBy(channel: string, senderCheck: string | null): boolean {
  return channel === 'portal' || (['email', 'chat'].includes(channel) && senderCheck === 'verified')
}
