// What a person says of the mails of others: which addresses are their own, and how conversations stand at the end. Pure.
import { z } from 'zod'
import { addressKey, canonicalAddress } from '#mail/address.ts'
import { statuses } from '#tickets/vocabulary.ts'

const address = z
  .string()
  .max(320)
  .transform((text, context) => {
    const read = canonicalAddress(text)
    if (read !== null) return addressKey(read)
    context.addIssue({ code: 'custom', message: `“${text.slice(0, 80)}” is no address` })
    return z.NEVER
  })

export const mailMap = z.strictObject({
  /** Addresses that many write from, beside the desk's mailboxes: what they wrote are replies. */
  mailboxes: z.array(address).max(200).default([]),
  /** Addresses of single people who answered, beside the desk's agents. */
  agents: z.array(address).max(1_000).default([]),
  /** The status of a conversation whose last word is ours. */
  answered: z.enum(statuses).default('resolved'),
  unanswered: z.enum(statuses).default('open'),
  /** Conversations in which nobody wrote for so many days are closed, whoever wrote last. */
  quietDays: z.number().int().min(1).max(10_000).nullable().default(null),
})
export type MailMap = z.output<typeof mailMap>
