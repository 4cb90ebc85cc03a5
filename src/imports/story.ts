// Our story of what another desk has: people, teams, fields, and tickets with every message and change at its own moment. Readers make
// it of their source's records, the teller knows nothing else. Names of things are the source's own.
import type { ArticleStatus, Audience } from '#knowledge/article.ts'
import type { Role } from '#people/role.ts'
import type { FieldType } from '#setup/field-type.ts'
import type { Instant } from '#kit/time.ts'
import type { NewAttachmentRow } from '#tickets/write/message-store.ts'
import type { WordProperty } from '#tickets/property.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { Channel, LinkType, MessageKind, Status } from '#tickets/vocabulary.ts'

type Named = {
  /** Its name at the source. */
  readonly id: string
  /** Says whether it is as it was when it was told before. */
  readonly version: string
  /** Where it stands, for whoever looks it up there. */
  readonly place?: string
}

export type OrganizationStory = Named & { readonly kind: 'organizations'; readonly name: string }
export type GroupStory = Named & { readonly kind: 'groups'; readonly name: string }

export type UserStory = Named & {
  readonly kind: 'users'
  readonly name: string
  /** Null: reachable by no mail. */
  readonly email: string | null
  readonly otherEmails: readonly string[]
  /** Null: a customer. */
  readonly role: Role | null
  readonly active: boolean
  readonly organization: string | null
  readonly groups: readonly string[]
  readonly phone: string | null
  readonly language: string | null
  readonly timeZone: string | null
  readonly notes: string | null
  readonly createdAt: Instant | null
}

export type FieldStory = Named & {
  readonly kind: 'fields'
  readonly key: string
  readonly label: string
  readonly type: FieldType
  readonly options: readonly string[]
}

/** What a ticket's fields are; absent ones stay as they are. */
export type TicketState = { readonly [P in WordProperty]?: Ticket[P] } & {
  readonly status?: Status
  readonly assignee?: string | null
  readonly group?: string | null
  readonly organization?: string | null
  readonly tags?: readonly string[]
  /** By the name of the field. */
  readonly fields?: Readonly<Record<string, string | number | boolean | readonly string[] | null>>
  readonly subject?: string
}

/** A file of a message: it lies here already, is asked for where the source has it, or is fetched from an address by who tells it. */
export type FileStory =
  | { readonly kept: NewAttachmentRow }
  | ({
      readonly name: string
      readonly type: string
      /** What the text calls it, when it stands inside. */
      readonly contentId: string | null
    } & (
      | {
          readonly url: string
          /** It stands in the words of whoever wrote the message: it is asked for as anybody would, without the desk's key. */
          readonly isSaid?: true
        }
      | { readonly bytes: () => Promise<Uint8Array> }
    ))

export type Step = {
  /** Its name at the source, unique on the ticket. */
  readonly id: string
  /** What it is called where the source is read in another way. */
  readonly alsoId?: string
  readonly at: Instant
  /** Null: the source itself. */
  readonly by: string | null
  readonly message: {
    readonly direction: 'inbound' | 'outbound' | 'internal'
    readonly text: string
    /** As it came: it is cleaned by who tells it. */
    readonly html: string | null
    /** What it quotes of others and its signature, where the source tells them from what was newly written. */
    readonly quoted?: string | null
    readonly channel: Channel
    readonly to: readonly string[]
    readonly cc: readonly string[]
    readonly rfcMessageId: string | null
    readonly files: readonly FileStory[]
  } | null
  /** What is so from here on. */
  readonly set: TicketState
}

/** What a ticket is to another one of the same desk. */
export type LinkStory = { readonly type: LinkType; readonly to: string; readonly at: Instant | null }

export type TicketStory = {
  /** As people at the source say it; it stays findable. */
  readonly label: string
  /** Kept where it is free. */
  readonly number: number | null
  readonly subject: string
  readonly requester: string | null
  readonly channel: Channel
  readonly openedAt: Instant
  readonly participants: readonly { readonly person: string; readonly role: 'cc' | 'follower' }[]
  /** In order of time; the first with a message opens it. */
  readonly steps: readonly Step[]
  /** How it stands at the end, when its changes are not all known. */
  readonly end: { readonly at: Instant; readonly set: TicketState }
  /** The ticket that it was merged into. */
  readonly mergedInto: string | null
  readonly links?: readonly LinkStory[]
  readonly isSpam: boolean
  /** What those are called of whom there is nothing but a name. */
  readonly unlisted?: ReadonlyMap<string, string>
  /** What was mended in it, or could not come with it. */
  readonly mended?: string | null
}

/** A ticket as a list shows it; its life is asked for only when it is new or has changed. */
export type TicketItem = Named & {
  readonly kind: 'tickets'
  readonly life: () => Promise<TicketStory>
}

/** A text that is said often, or a macro: what it says and what it changes. */
export type ReplyStory = Named & {
  readonly kind: 'replies'
  readonly name: string
  /** Where it lies; one in another with a slash between them. Empty: in none. */
  readonly folder: string
  /** As it came, but that what it is filled with is called as here; null: it only changes something. */
  readonly html: string | null
  readonly messageKind: MessageKind
  /** Whose alone it is; null: of a team, or of everybody. */
  readonly owner: string | null
  readonly group: string | null
  /** On the first of several that one record makes: the ids of the rest. What came under others like them is no longer there. */
  readonly rest?: readonly string[]
  readonly isInUse: boolean
  /** An assignee may be `ME`, who applies it. */
  readonly set: Pick<TicketState, 'status' | 'priority' | 'assignee' | 'group' | 'fields'> & {
    readonly addTags?: readonly string[]
    readonly removeTags?: readonly string[]
  }
  /** What of it means nothing here. */
  readonly mended: string | null
}
export const ME = 'me'

/** What articles are listed under. */
export type SectionStory = Named & {
  readonly kind: 'sections'
  /** By language; `''` is the desk's. */
  readonly names: Readonly<Record<string, string>>
  /** The section that it lies in, told before it. */
  readonly parent: string | null
}

/** An article in one of its languages. */
export type ArticleStory = Named & {
  readonly kind: 'articles'
  readonly title: string
  /** As it came, but that its files are called `cid:` and their name. */
  readonly html: string
  readonly files: readonly FileStory[]
  /** Null: the desk's. */
  readonly language: string | null
  readonly section: string | null
  readonly audience: Audience
  readonly status: ArticleStatus
  readonly author: string | null
  /** The same for all that say the same in several languages. */
  readonly group: string
  readonly createdAt: Instant | null
  readonly updatedAt: Instant | null
  /** What could not come with it. */
  readonly mended: string | null
}

export type Told =
  | OrganizationStory
  | GroupStory
  | UserStory
  | FieldStory
  | TicketItem
  | ReplyStory
  | SectionStory
  | ArticleStory

/** What never becomes anything here, with the reason. */
export type Skipped = {
  readonly kind: Told['kind'] | 'mails'
  readonly id: string
  readonly place?: string
  readonly skipped: string
}

export type Item = Told | Skipped
