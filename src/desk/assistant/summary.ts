// A long conversation in short: in its own sentences, or in a model's where somebody asks for that. Of just the messages that its reader has
// before them, without what was taken back, and without what the assistant wrote itself. A model gets none that was said among colleagues.
import { randomBytes } from 'node:crypto'
import { mayDraftIn } from '#assistant/drafting.ts'
import { isInjected } from '#assistant/injection.ts'
import { ModelProblem } from '#assistant/model.ts'
import { redact } from '#assistant/redact.ts'
import { linesOf, type Line, type Spoken } from '#assistant/summary.ts'
import { heardOf, readSummed, summingRequest, type Heard, type Summing } from '#assistant/summarising.ts'
import type { ModelReason, SummaryProblem } from '#assistant/words.ts'
import type { Models } from '#desk/assistant/models.ts'
import { languageOf } from '#knowledge/language.ts'
import type { Db } from '#store/database.ts'
import {
  countMessagesBefore,
  messagesAfter,
  messagesBefore,
  type Message,
  type Shown,
} from '#tickets/message-store.ts'

/** The newest messages that are read, beside the first; and how far into one. */
const [NEWEST, INTO] = [200, 5_000]

export type Conversation = {
  readonly read: readonly Message[]
  readonly total: number
  readonly spoken: readonly Spoken[]
}

export async function conversationOf(db: Db, shown: Shown): Promise<Conversation> {
  const newest = await messagesBefore(db, shown, { limit: NEWEST, before: null })
  const [oldest] = newest
  const before = oldest === undefined ? 0 : await countMessagesBefore(db, shown, oldest)
  const first = before === 0 ? [] : await messagesAfter(db, shown, { limit: 1, after: null })
  const read = [...first, ...newest]
  return {
    read,
    total: before + newest.length,
    spoken: read
      .filter(({ redactedAt, authorType }) => redactedAt === null && authorType !== 'assistant')
      .map(({ id: messageId, bodyText }) => ({ messageId, text: redact(bodyText.slice(0, INTO)).text })),
  }
}

export type InShort = {
  readonly lines: readonly Line[]
  /** Whose words they are, as the provider names it; null: the conversation's own. */
  readonly model: string | null
  /** Why they are the conversation's own though a model's were asked for. */
  readonly instead: ModelReason | SummaryProblem | null
  /** Sentences of a model's that no message holds. */
  readonly dropped: number
}

export function inOwnSentences({ spoken }: Conversation, instead: InShort['instead'] = null): InShort {
  return { lines: linesOf(spoken), model: null, instead, dropped: 0 }
}

/** Its public messages in a model's words; its own sentences, and why, where there are none to be had. */
export async function inModelSentences(
  models: Pick<Models, 'ask'>,
  providerId: number,
  conversation: Conversation,
): Promise<InShort> {
  const heard = publicOf(conversation)
  const language = languageOf(heard.map(({ text }) => text.slice(0, 300)).join('\n')) ?? ''
  if (heard.length === 0 || !mayDraftIn(language)) return inOwnSentences(conversation, 'language')
  // Whoever commands the reader is read by people.
  if (heard.some(({ text }) => isInjected(text))) return inOwnSentences(conversation, 'commands')
  try {
    const canary = `zx${randomBytes(6).toString('hex')}`
    const { answer, summing } = await askFitting(models, providerId, { heard, language, canary })
    const summed = readSummed(answer.text, summing)
    return typeof summed === 'string'
      ? inOwnSentences(conversation, summed)
      : { ...summed, model: answer.model, instead: null }
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    return inOwnSentences(conversation, error.reason)
  }
}

/** What of it still holds once the model has answered: a message that was changed or taken back meanwhile is told no more. */
export function stillSaid(inShort: InShort, before: Conversation, now: Conversation): InShort {
  const textOf = ({ spoken }: Conversation, id: number) =>
    spoken.find(({ messageId }) => messageId === id)?.text
  const lines = inShort.lines.filter(({ messageId }) => {
    const text = textOf(now, messageId)
    return text !== undefined && text === textOf(before, messageId)
  })
  return { ...inShort, lines }
}

function publicOf({ read, spoken }: Conversation): Heard[] {
  return spoken.flatMap((each) => {
    const message = read.find(({ id }) => id === each.messageId)
    if (message === undefined || message.kind !== 'reply' || message.sideConversationId !== null) return []
    return [{ ...each, isCustomer: message.direction === 'inbound' }]
  })
}

/** Asks with fewer messages where all of them do not fit. */
async function askFitting(models: Pick<Models, 'ask'>, providerId: number, summing: Summing) {
  for (let most = summing.heard.length; ; most = Math.floor(most / 2)) {
    const fewer = { ...summing, heard: heardOf(summing.heard, most) }
    try {
      return { answer: await models.ask(providerId, summingRequest(fewer)), summing: fewer }
    } catch (error) {
      if (most <= 1 || !(error instanceof ModelProblem) || error.reason !== 'too_long') throw error
    }
  }
}
