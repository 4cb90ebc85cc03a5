// What a run reads of a message: the words its author newly wrote, without secrets, with a flag when they talk to the machine.
import { isInjected } from '#assistant/injection.ts'
import { redact, type SecretKind } from '#assistant/redact.ts'
import { languageOf } from '#knowledge/language.ts'

export type Incoming = {
  readonly subject: string
  /** Quotations and signatures are off already, as mail is understood. */
  readonly text: string
  readonly quoted: string | null
  readonly attachmentNames: readonly string[]
  /** What the desk knows the requester or the brand to speak. */
  readonly spoken: readonly string[]
}

export type Normal = {
  readonly subject: string
  readonly text: string
  /** Subject and text, as retrieval and triage are asked. */
  readonly question: string
  /** Two letters. */
  readonly language: string
  /** The text itself says its language; else it is what the desk knows. */
  readonly saysLanguage: boolean
  readonly secrets: readonly SecretKind[]
  readonly injected: boolean
  /** There is a file and nothing that says anything. */
  readonly attachmentOnly: boolean
  readonly questions: number
}

/** Shorter texts say too little of their language. */
const TELLS_LANGUAGE = 25
/** A text longer than this is read at its beginning. */
const MOST = 20_000

/** The message as the later steps see it. */
export function normalise(incoming: Incoming): Normal {
  const [subject, body] = [redact(incoming.subject.slice(0, 500)), redact(incoming.text.slice(0, MOST))]
  const text = body.text.trim()
  const everything = [incoming.subject, incoming.text, incoming.quoted ?? '', ...incoming.attachmentNames]
  const [spoken = 'en'] = incoming.spoken
  const told = text.length < TELLS_LANGUAGE ? null : languageOf(text)
  return {
    subject: subject.text,
    text,
    question: `${subject.text}\n${text}`,
    language: (told ?? spoken).slice(0, 2).toLowerCase(),
    saysLanguage: told !== null,
    secrets: [...new Set([...subject.found, ...body.found])],
    injected: isInjected(everything.join('\n')),
    attachmentOnly: !/[\p{L}\p{N}]{2}/u.test(text) && incoming.attachmentNames.length > 0,
    questions: questionsIn(text),
  }
}

/** How many things are asked: sentences that end in a question mark, at least one where something is said at all. */
export function questionsIn(text: string): number {
  const marks = text.replace(/https?:\/\/\S+/g, '').match(/[?？؟][?!？؟\s]*(?=$|[^?!？؟\s])/gu)
  return Math.max(text.trim() === '' ? 0 : 1, marks?.length ?? 0)
}
