// Which mails are one conversation: by what they answer, and only when their author takes part there, as it is for mails that arrive. It
// holds a few numbers for each mail, so that boxes of hundreds of thousands fit.
import { createHash } from 'node:crypto'
import type { Where } from '#imports/mails/box.ts'
import type { Letter } from '#imports/mails/read-letter.ts'

/** A mail as a conversation knows it. */
export type Noted = {
  /** Its name among all mails of the source. */
  readonly key: string
  readonly messageId: string | null
  readonly at: number
  readonly where: Where
  readonly isOurs: boolean
  readonly isDateMended: boolean
  readonly author: number
  readonly outside: readonly number[]
  readonly answers: readonly number[]
}

export type Conversation = {
  /** In order of time. */
  readonly mails: Noted[]
  readonly takesPart: number[]
}

/** Ids and addresses as numbers of 48 bits. */
export function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6)
}

/** A mail at a first look as few numbers. */
export function noted(
  letter: Letter,
  { key, messageId, where }: Pick<Noted, 'key' | 'messageId' | 'where'>,
): Noted {
  const { at, side, isDateMended, outside, answers } = letter
  return {
    key,
    messageId,
    at: Date.parse(at),
    where,
    isOurs: side !== 'customer',
    isDateMended,
    author: numberOf(nameOf(letter)),
    outside: outside.slice(0, 50).map(({ email }) => numberOf(email)),
    answers: answers.slice(0, 20).map(numberOf),
  }
}

/** What an author is known by: behind a shared address are several people, whose names stand beside it. */
export function nameOf({ author: { email, name }, side }: Pick<Letter, 'author' | 'side'>): string {
  return side === 'mailbox' ? `${email} ${name.toLowerCase()}` : email
}

/** Conversations in the order in which they began. */
export function conversationsOf(mails: readonly Noted[]): Conversation[] {
  const found: Conversation[] = []
  const byId = new Map<number, Conversation>()
  for (const mail of mails.toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))) {
    const own = mail.messageId === null ? [] : [numberOf(mail.messageId)]
    // A mail may have come before the one it answers: its own id is known then.
    const named = [...own, ...mail.answers]
    const joined = named
      .map((id) => byId.get(id))
      .find((each) => each !== undefined && (mail.isOurs || each.takesPart.includes(mail.author)))
    const conversation = joined ?? { mails: [], takesPart: [] }
    if (joined === undefined) found.push(conversation)
    conversation.mails.push(mail)
    for (const person of [...(mail.isOurs ? [] : [mail.author]), ...mail.outside])
      if (!conversation.takesPart.includes(person)) conversation.takesPart.push(person)
    // What is answered and lies nowhere in the box still holds its answers together.
    for (const id of named) if (!byId.has(id) || own.includes(id)) byId.set(id, conversation)
  }
  return found
}
