// Branded ids: a ticket's number cannot be passed where a person's id is meant.

declare const idBrand: unique symbol
type Id<Name extends string> = number & { readonly [idBrand]: Name }

export type TicketId = Id<'ticket'>
export type EventId = Id<'event'>
export type MessageId = Id<'message'>
export type PersonId = Id<'person'>
export type TeamId = Id<'team'>
export type CategoryId = Id<'category'>
export type FieldId = Id<'field'>
export type AttachmentId = Id<'attachment'>
export type QueueId = Id<'queue'>
export type BrandId = Id<'brand'>
export type MailboxId = Id<'mailbox'>
export type FormId = Id<'form'>
export type ArticleId = Id<'article'>
export type SectionId = Id<'section'>
export type OrganizationId = Id<'organization'>
export type SubjectRevisionId = Id<'subject_revision'>
export type FieldValueId = Id<'field_value'>
export type SideConversationId = Id<'side_conversation'>
export type UpdateId = Id<'update'>
export type BatchId = Id<'batch'>
