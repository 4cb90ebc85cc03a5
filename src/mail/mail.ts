// The nouns of mail: what a message says, what it is, and what we send. Types only; nothing here knows tickets.
import type { Address } from '#mail/address.ts'
import type { Instant } from '#kit/time.ts'

/** Somebody named in a header. `address` is null where the spelling is refused (M7): such a party identifies nobody. */
export type Party = {
  /** As written, cleaned of control characters; for showing only. */
  readonly email: string
  /** Display name, or '' when there is none. */
  readonly name: string
  readonly address: Address | null
}

export type MailAttachment = {
  /** A display name, never a path; never empty. */
  readonly name: string
  /** Lower-cased type as claimed by the sender; not to be trusted. */
  readonly type: string
  readonly bytes: Uint8Array
  /** Without angle brackets. */
  readonly contentId: string | null
  /** A picture that the cleaned HTML shows; everything else is listed beside the text. */
  readonly inline: boolean
}

/** A parsed message. Every text in it is well-formed Unicode without NUL, so that a database takes it. */
export type Mail = {
  readonly from: Party | null
  readonly sender: Party | null
  readonly replyTo: readonly Party[]
  readonly to: readonly Party[]
  readonly cc: readonly Party[]
  /** '' when there is none. */
  readonly subject: string
  /** Message ids are kept without angle brackets. */
  readonly messageId: string | null
  readonly inReplyTo: string | null
  /** Oldest first, as in the header. */
  readonly references: readonly string[]
  /** What the sender claims; null when missing or impossible. */
  readonly date: Instant | null
  readonly text: string | null
  /** The sender's own HTML: hostile until it passed sanitise. */
  readonly html: string | null
  /** Lower-cased names; values unfolded, in the order of the message. */
  readonly headers: Headers
  readonly attachments: readonly MailAttachment[]
  /** What was wrong with the message and repaired, in words for an agent. */
  readonly problems: readonly string[]
  /** The HTML cleaned, when reading the mail needed it. */
  readonly safeHtml?: string
  /** What `readBody` found, when the thread that read the mail has asked already. */
  readonly body?: Body
}

/** What a mail says, for the ticket: what was newly written, safe HTML of the whole, and what was folded away. */
export type Body = { readonly text: string; readonly html: string | null; readonly quoted: string | null }

export type Headers = ReadonlyMap<string, readonly string[]>

/** Why a message could not be read. The raw bytes stay with the caller, which quarantines them. */
export type ParseFailure = {
  readonly ok: false
  readonly reason: 'unparseable' | 'too_large' | 'processing_timeout'
  readonly detail: string
}

export type Parsed = { readonly ok: true; readonly mail: Mail } | ParseFailure

/** What the SMTP client said before the data. `from` is '' for the null return path; null when nobody told us. */
export type Envelope = { readonly from: string | null; readonly to: readonly string[] }

export type MailKind = 'message' | 'bounce' | 'auto_reply' | 'complaint' | 'list'

export type Judgement = {
  readonly kind: MailKind
  /** False for everything that RFC 3834 or our own loop guard forbids to answer automatically. */
  readonly mayAutoReply: boolean
  readonly fromOwnAddress: boolean
  /** It carries the mark of one of our own mailboxes: our mail came back. */
  readonly loop: boolean
  /** What decided the kind or forbade the automatic answer, in words for an agent. */
  readonly reason: string
}

/** Our words for why a mail did not arrive; the server's own words are in `diagnostic`. */
export type BounceReason =
  | 'address_unknown'
  | 'address_moved'
  | 'mailbox_full'
  | 'mailbox_disabled'
  | 'domain_unknown'
  | 'message_too_big'
  | 'content_refused'
  | 'policy_refused'
  | 'sender_refused'
  | 'rate_limited'
  | 'relay_denied'
  | 'expired'
  | 'network'
  | 'server_trouble'
  | 'loop'
  | 'delayed'
  | 'delivered'
  | 'unknown'

export type Bounce = {
  /** RFC 3463 code such as 5.1.1; null when the report gives none and its words suggest none. */
  readonly status: string | null
  /** Of the status or, without one, of the words: 2 delivered, 4 still trying, 5 failed. */
  readonly class: 2 | 4 | 5
  /** True only when the address itself is dead and writing again is pointless. */
  readonly hard: boolean
  readonly recipient: string | null
  readonly reason: BounceReason
  /** The refusing server's own words, at most 1,000 characters. */
  readonly diagnostic: string | null
  /** Message-ID of the mail that bounced, without angle brackets. */
  readonly originalMessageId: string | null
}

export type Recipient = { readonly name: string; readonly address: Address }

/** A mail to be sent, complete: nothing is looked up, minted or timed while composing. */
export type Outgoing = {
  readonly from: Recipient
  /** The signed reply address of the ticket. */
  readonly replyTo: Address | null
  readonly to: readonly Recipient[]
  readonly cc: readonly Recipient[]
  /** Whole, with the ticket's tag in it. */
  readonly subject: string
  /** Minted and stored before the first try; without angle brackets. */
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly date: Instant
  readonly text: string
  /** Safe HTML; null lets the text be turned into paragraphs. */
  readonly html: string | null
  readonly attachments: readonly MailAttachment[]
  /** `replied` answers somebody's mail (null envelope sender, RFC 3834); `generated` is sent by a rule or timer. */
  readonly automatic: 'no' | 'replied' | 'generated'
  /** Where delivery reports go; the from address when null. */
  readonly bounceTo: Address | null
  /** Further headers of our own. */
  readonly headers?: Readonly<Record<string, string>>
}

export type Composed = {
  readonly raw: Buffer
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
}
