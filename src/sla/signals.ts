// What one update says to the clocks: who spoke, who waits, what was merged in.
import type { Options } from '#sla/policy.ts'
import type { LogEvent, Update } from '#sla/timeline.ts'

export type Signals = {
  readonly opened: 'inbound' | 'silent' | 'outbound' | null
  /** An answer that fulfils: by an agent, or by whom or what the options accept. */
  readonly answered: boolean
  /** The requester or a participant wrote, and nothing in the same update answers it. */
  readonly asked: boolean
  /** Whether the assistant's answer stands after the update. */
  readonly held: boolean
  readonly mergedIn: readonly { readonly openedAt: number | null; readonly unansweredSince: number | null }[]
}

/** The signals of an update; `held` says whether the assistant's answer stood before it. */
export function signalsOf({ events }: Update, options: Options, held: boolean): Signals {
  let [answered, asked, holds] = [false, false, held]
  for (const event of events) {
    if (isAnswer(event, options)) [answered, asked, holds] = [true, false, false]
    else if (isInbound(event)) [asked, holds] = [true, false]
    else if (event.kind === 'assistant_escalated') holds = false
    else if (isPublicReply(event) && event.actor === 'assistant') holds = true
  }
  const opening = events.find(({ kind }) => kind === 'ticket_opened')
  return {
    opened: opening === undefined ? null : openedBy(opening),
    answered,
    asked,
    held: holds,
    mergedIn: events.some(isMerge) ? mergedIn(events) : NOTHING,
  }
}

const NOTHING: Signals['mergedIn'] = []

function isMerge({ kind }: LogEvent): boolean {
  return kind === 'ticket_merged_in'
}

function mergedIn(events: readonly LogEvent[]): Signals['mergedIn'] {
  return events.filter(isMerge).map(({ payload }) => ({
    openedAt: instantOf(payload['sourceOpenedAt']),
    unansweredSince: instantOf(payload['sourceUnansweredSince']),
  }))
}

function openedBy({ payload }: LogEvent): 'inbound' | 'silent' | 'outbound' {
  if (payload['messageKind'] === 'note') return 'silent'
  if (payload['direction'] === 'inbound') return 'inbound'
  return payload['direction'] === 'outbound' ? 'outbound' : 'silent'
}

function isAnswer(event: LogEvent, { noteFulfils, assistantReplyFulfils }: Options): boolean {
  if (event.kind !== 'message_added' || isAside(event)) return false
  if (event.payload['messageKind'] === 'note') return noteFulfils === true && event.actor === 'agent'
  return (
    isPublicReply(event) &&
    (event.actor === 'agent' || (event.actor === 'assistant' && assistantReplyFulfils === true))
  )
}

function isPublicReply(event: LogEvent): boolean {
  const { messageKind, direction } = event.payload
  return (
    event.kind === 'message_added' && messageKind === 'reply' && direction === 'outbound' && !isAside(event)
  )
}

function isInbound(event: LogEvent): boolean {
  const { messageKind, direction, thanks } = event.payload
  return (
    event.kind === 'message_added' &&
    messageKind === 'reply' &&
    direction === 'inbound' &&
    thanks !== true &&
    !isAside(event)
  )
}

function isAside({ payload }: LogEvent): boolean {
  return payload['sideConversationId'] !== undefined && payload['sideConversationId'] !== null
}

function instantOf(value: unknown): number | null {
  return typeof value === 'string' ? Date.parse(value) : null
}
