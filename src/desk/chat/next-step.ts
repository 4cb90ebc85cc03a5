// What is to be done with a chat at a moment: ask a silent visitor, end it, mail what they left unread, or wait. Pure.
import { plus, type Instant } from '#kit/time.ts'

/** A visitor whose browser was not heard of for so long has left. The widget is heard of every 20 seconds. */
export const GONE_AFTER_SECONDS = 45

/** What is unread so long after the visitor left, and after it was written, goes out by mail. */
const MAIL_AFTER_SECONDS = 120

export type Standing = {
  /** Somebody may still have to do something: new, open or pending, and in nobody's drawer. */
  readonly isGoing: boolean
  /** When the desk spoke last, if it has the last word. */
  readonly answeredAt: Instant | null
  readonly askedAt: Instant | null
  readonly askAfterSeconds: number
  readonly resolveAfterSeconds: number
  /** The desk's newest word that the visitor has read neither here nor by mail. */
  readonly unreadAt: Instant | null
  readonly seenAt: Instant
  /** Whether anybody can be mailed: the address is shown to be theirs. */
  readonly isReachable: boolean
}

export type Step = { readonly step: 'ask' | 'resolve' | 'mail' } | { readonly waitUntil: Instant | null }

/** The next step; what comes of the same moment comes one after the other, mail first. */
export function nextStep(chat: Standing, now: Instant): Step {
  const moments: Instant[] = []
  const { answeredAt, unreadAt, askAfterSeconds, resolveAfterSeconds } = chat
  if (unreadAt !== null && chat.isReachable) {
    const leftAt = chat.seenAt > unreadAt ? chat.seenAt : unreadAt
    const at = plus(leftAt, MAIL_AFTER_SECONDS)
    if (at <= now) return { step: 'mail' }
    moments.push(at)
  }
  if (chat.isGoing && answeredAt !== null) {
    if (resolveAfterSeconds > 0) {
      const at = plus(answeredAt, resolveAfterSeconds)
      if (at <= now) return { step: 'resolve' }
      moments.push(at)
    }
    const isAsked = chat.askedAt !== null && chat.askedAt >= answeredAt
    if (askAfterSeconds > 0 && !isAsked) {
      const at = plus(answeredAt, askAfterSeconds)
      if (at <= now) return { step: 'ask' }
      moments.push(at)
    }
  }
  return { waitUntil: moments.toSorted()[0] ?? null }
}
