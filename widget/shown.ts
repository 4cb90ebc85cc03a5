// What the panel draws.
import type { ChatMessage, ChatState, ChatVisit, ChatWidget } from '../src/api/contract/chat.ts'

export type Pending = {
  readonly clientId: string
  readonly text: string
  readonly files: readonly File[]
  /** How much of the files has gone, of 1. */
  readonly share: number
  readonly isNew: boolean
  readonly failed: string | null
}

export type Shown = {
  readonly widget: ChatWidget | null
  readonly visit: ChatVisit | null
  readonly messages: readonly ChatMessage[]
  readonly pending: readonly Pending[]
  readonly chat: ChatState | null
  /** The place in it at which somebody else was seen to have it; 0: nobody since it was first seen. */
  readonly takenAt: number
  readonly typing: string | null
  readonly isLost: boolean
  /** It could not be begun: why. */
  readonly problem: string | null
  readonly isForgetful: boolean
  readonly unread: number
  /** Begins anew with the next message. */
  readonly isNew: boolean
  /** Files that go along with the next message, and why others cannot. */
  readonly chosen: readonly File[]
  readonly fileProblems: readonly string[]
}
