// Who answered whom on a ticket: which messages are replies of people, which of the assistant, and what each of them answers.
import type { Moment, Step } from '#reporting/steps.ts'
import type { EventOf, TicketEvent } from '#tickets/event.ts'
import type { Talk } from '#tickets/write/report-fold.ts'
import type { ReportKind } from '#tickets/write/report-store.ts'

export const startTalk: Talk = { human: 0, assistant: 0, asked: null, awaitsFirst: false }

type Reply = {
  readonly kind: ReportKind
  readonly nth: number
  readonly authorId: number | null
  readonly asked: Moment | null
}

/** The replies of an update. A later judgement on whether a message was mere thanks is applied already. */
export function repliesOf(before: Talk, step: Step): { replies: Reply[]; talk: Talk } {
  let talk = before
  const replies: Reply[] = []
  for (const event of step.events) {
    const said = saidBy(event)
    if (said === 'inbound') {
      const awaitsFirst = talk.awaitsFirst || event.kind === 'ticket_opened'
      talk = { ...talk, asked: talk.asked ?? { at: step.at, worked: step.worked }, awaitsFirst }
    } else if (said !== null && event.kind === 'message_added') {
      const nth = talk.human + talk.assistant + 1
      const kind = kindOf(talk, said)
      if (kind !== null) replies.push({ kind, nth, authorId: event.payload.authorId, asked: talk.asked })
      talk =
        said === 'human'
          ? { ...talk, human: talk.human + 1, asked: null, awaitsFirst: false }
          : { ...talk, assistant: talk.assistant + 1 }
    }
  }
  return { replies, talk }
}

function kindOf({ assistant, asked, awaitsFirst }: Talk, said: 'human' | 'assistant'): ReportKind | null {
  if (said === 'assistant') return assistant === 0 ? 'assistant_first_reply' : null
  if (awaitsFirst) return 'first_reply'
  return asked === null ? 'further_reply' : 'next_reply'
}

/** What an event says in public: a customer's word, a person's answer, the assistant's; null for everything else. */
export function saidBy(event: TicketEvent): 'inbound' | 'human' | 'assistant' | null {
  if (event.kind === 'ticket_opened')
    return event.payload.messageKind === 'reply' && event.payload.direction === 'inbound' ? 'inbound' : null
  if (event.kind !== 'message_added' || !isPublic(event)) return null
  if (event.payload.direction === 'inbound') return event.payload.thanks === true ? null : 'inbound'
  if (event.payload.direction !== 'outbound') return null
  // A token answers for the agent who owns it.
  if (event.actor.type === 'agent' || event.actor.type === 'api') return 'human'
  return event.actor.type === 'assistant' ? 'assistant' : null
}

function isPublic({ payload }: EventOf<'message_added'>): boolean {
  return payload.messageKind === 'reply' && (payload.sideConversationId ?? null) === null
}
