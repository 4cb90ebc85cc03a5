// Which mails are one conversation: by what they answer, and only when their author takes part there, as it is for mails that arrive. It
// holds a few numbers for each mail, so that boxes of hundreds of thousands fit.
import { createHash } from 'node:crypto'
import type { Where } from '#imports/mails/box.ts'
import type { Letter } from '#imports/mails/read-letter.ts'
import type { ToldBefore } from '#imports/mails/told-store.ts'

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
  /** Where it was told before: its name then, and when the last word was said on its ticket. */
  readonly told: { readonly id: string; readonly lastAt: number } | null
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

/** Conversations in the order in which they began; those that were told before go on, though the box has lost their mails. */
export function conversationsOf(mails: readonly Noted[], before: readonly ToldBefore[] = []): Conversation[] {
  const found: Conversation[] = []
  // The conversation of the mail first, then those that only name it, as anybody can and under any date.
  const byId = new Map<number, Conversation[]>()
  const here = new Set<number>()
  const hold = (id: number, conversation: Conversation) => {
    const held = byId.get(id)
    if (held === undefined) byId.set(id, [conversation])
    else held.push(conversation)
  }
  const byKey = new Map<string, Conversation>()
  for (const { id, told, rfcIds, people, lastAt } of before) {
    const known = { mails: [], takesPart: people.map(numberOf), told: { id, lastAt: Date.parse(lastAt) } }
    for (const key of told) byKey.set(key, known)
    for (const rfcId of rfcIds.map(numberOf)) {
      hold(rfcId, known)
      here.add(rfcId)
    }
  }
  for (const mail of mails.toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))) {
    const own = mail.messageId === null ? [] : [numberOf(mail.messageId)]
    // A mail may have come before the one it answers: its own id is known then.
    const named = [...mail.answers, ...own]
    const people = mail.isOurs ? mail.outside : [mail.author]
    // What we answered is our own to say; who names our answer before it was written must have been asked in it.
    const isSure = (id: number, place: number) =>
      place === 0 && mail.isOurs && here.has(id) && !own.includes(id)
    const answered = named
      .flatMap((id) =>
        (byId.get(id) ?? []).filter(
          ({ takesPart }, place) => isSure(id, place) || people.some((person) => takesPart.includes(person)),
        ),
      )
      .at(0)
    // Each mail stays where it was told.
    const conversation: Conversation = byKey.get(mail.key) ??
      answered ?? { mails: [], takesPart: [], told: null }
    if (conversation.mails.length === 0) found.push(conversation)
    conversation.mails.push(mail)
    for (const person of [...(mail.isOurs ? [] : [mail.author]), ...mail.outside])
      if (!conversation.takesPart.includes(person)) conversation.takesPart.push(person)
    // What is answered and lies nowhere in the box still holds its answers together.
    for (const id of mail.answers) if (!byId.get(id)?.includes(conversation)) hold(id, conversation)
    for (const id of own) {
      byId.set(id, [conversation, ...(byId.get(id) ?? []).filter((each) => each !== conversation)])
      here.add(id)
    }
  }
  return found
}
