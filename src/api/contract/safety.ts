// What decides whether mail is believed, held or let in: /mail-policy, /sender-rules, /suppressions, and how one mail was understood.
import { z } from 'zod'

import { email, id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'

const hostNames = z.array(z.string().trim().min(1).max(253)).max(50)

// GET and PATCH /mail-policy
export const mailPolicy = z.object({
  /** Names (authserv-id) under which servers of ours write Authentication-Results. */
  trustedServers: hostNames,
  /** Domains of forwarders whose ARC seal is believed. */
  trustedSealers: hostNames,
  unverifiedReplies: z.enum(['join', 'hold']),
  /** What an agent's answer by mail to a notification becomes; `off`: it is held. */
  agentAnswers: z.enum(['off', 'note', 'reply']),
  spamScore: z.number().min(1).max(100),
  /** Whether spam headers (rspamd, SpamAssassin) are from a filter of ours. */
  spamHeaders: z.boolean(),
  onlyAllowed: z.boolean(),
  /** Only people whom the desk knows may open tickets. */
  onlyKnown: z.boolean(),
  holdLists: z.boolean(),
  senderPerHour: z.number().int().min(1).max(100_000),
})
export type MailPolicy = z.infer<typeof mailPolicy>
export const mailPolicyPatch = z.strictObject(mailPolicy.partial().shape)

// /sender-rules by pattern; POST lists a sender, DELETE takes it off
export const senderPattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@]*@[^\s@]+\.[^\s@]+$/, 'must be an address, or @domain for all of it')
export const senderRule = z.object({
  id,
  pattern: z.string(),
  verdict: z.enum(['allow', 'block']),
  createdAt: instant,
  createdBy: nameRef.nullable(),
})
export const senderRulePage = pageOf(senderRule)
export type SenderRule = z.infer<typeof senderRule>
export const senderRuleQuery = pageQuery.extend({
  verdict: z.enum(['allow', 'block']).optional(),
  q: z.string().max(200).optional(),
})
export const newSenderRule = z.strictObject({ pattern: senderPattern, verdict: z.enum(['allow', 'block']) })
export type NewSenderRule = z.infer<typeof newSenderRule>

// /suppressions by address: where no automatic mail goes; POST adds, DELETE /suppressions/{address} removes
export const suppression = z.object({
  email: z.string(),
  reason: z.enum(['hard_bounce', 'complaint', 'manual']),
  detail: z.string(),
  ticketId: id.nullable(),
  at: instant,
})
export const suppressionPage = pageOf(suppression)
export type Suppression = z.infer<typeof suppression>
export const suppressionQuery = pageQuery.extend({ q: z.string().max(200).optional() })
export const newSuppression = z.strictObject({ email: email })

const result = z.string()
export const authentication = z.object({
  spf: result,
  dkim: result,
  dmarc: result,
  arc: result,
  policy: z.string(),
  aligned: z.boolean(),
  spfDomain: z.string().nullable(),
  dkimDomain: z.string().nullable(),
  source: z.enum(['here', 'trusted_server', 'none']),
})
export const points = z.object({ name: z.string(), points: z.number(), detail: z.string() })

// GET /mails, newest first: every mail that came in, and what became of it; GET /mails/{id}: how it was understood, step by step
export const mailOutcome = z.object({
  what: z.enum(['waiting', 'opened', 'joined', 'delivery', 'held', 'tested']),
  ticketId: id.nullable(),
  reason: z.string().nullable(),
})
export const arrivedMail = z.object({
  id,
  receivedAt: instant,
  source: z.string(),
  mailbox: z.string().nullable(),
  size: z.number().int(),
  outcome: mailOutcome,
})
const named = z.object({ name: z.string(), email: z.string() })
export const listedMail = arrivedMail.extend({ from: named.nullable(), subject: z.string() })
export const listedMailPage = pageOf(listedMail)
export type ArrivedMail = z.infer<typeof arrivedMail>
export type ListedMail = z.infer<typeof listedMail>
export const arrivedMailQuery = pageQuery
export const understoodMail = arrivedMail.extend({
  envelope: z.object({
    from: z.string().nullable(),
    to: z.array(z.string()),
    remoteAddress: z.string().nullable(),
  }),
  /** Null when it could not be parsed. */
  parse: z
    .object({
      from: named.nullable(),
      to: z.array(named),
      cc: z.array(named),
      subject: z.string(),
      messageId: z.string().nullable(),
      inReplyTo: z.string().nullable(),
      references: z.array(z.string()),
      date: z.string().nullable(),
      attachments: z.array(
        z.object({ name: z.string(), type: z.string(), size: z.number().int(), inline: z.boolean() }),
      ),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      problems: z.array(z.string()),
    })
    .nullable(),
  identity: z
    .object({
      author: z.string().nullable(),
      check: z.enum(['verified', 'unverified', 'failed']),
      authentication,
      listed: z.enum(['allow', 'block']).nullable(),
    })
    .nullable(),
  thread: z
    .object({
      ticketId: id.nullable(),
      by: z.enum(['token', 'message_id', 'agent_token']).nullable(),
      subjectNumber: z.number().int().nullable(),
      /** As whom the author takes part in that ticket. */
      role: z.enum(['requester', 'participant']).nullable(),
    })
    .nullable(),
  judge: z
    .object({
      kind: z.string(),
      mayAutoReply: z.boolean(),
      reason: z.string(),
      score: z.number(),
      points: z.array(points),
      /** What would hold it by the rules of today. */
      hold: z.object({ reason: z.string(), detail: z.string() }).nullable(),
    })
    .nullable(),
  quote: z
    .object({
      visibleText: z.string(),
      quotedText: z.string(),
      signature: z.string().nullable(),
      originalSender: named.nullable(),
    })
    .nullable(),
  failure: z.string().nullable(),
})
export type UnderstoodMail = z.infer<typeof understoodMail>
/** POST /mails/explain takes one raw mail (message/rfc822) and answers the same, keeping nothing. */

// /mail-templates: what automatic mail says; PUT adds one or changes that of the same kind, brand and language
export const templateKind = z.enum(['acknowledgement', 'resolved'])
export const mailTemplate = z.object({
  id,
  kind: templateKind,
  brandId: id.nullable(),
  language: z.string().nullable(),
  subject: z.string(),
  body: z.string(),
})
export const mailTemplatePage = pageOf(mailTemplate)
export type MailTemplate = z.infer<typeof mailTemplate>
export const mailTemplatePut = z.strictObject({
  kind: templateKind,
  brandId: id.nullable(),
  language: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/, 'must be a language such as en or pt-br')
    .nullable(),
  /** Liquid. Empty keeps the ticket's subject. */
  subject: z.string().max(300),
  body: z.string().trim().min(1).max(20_000),
})
export type MailTemplatePut = z.infer<typeof mailTemplatePut>

// /inbound-sources: providers that post mail; POST answers the address to post to, once
export const sourceProvider = z.enum(['ses', 'mailgun', 'postmark', 'sendgrid'])
export const inboundSource = z.object({
  id,
  name: z.string(),
  provider: sourceProvider,
  mailAt: instant.nullable(),
  mails: z.number().int(),
  refusedAt: instant.nullable(),
  refusal: z.string().nullable(),
  createdAt: instant,
})
export const inboundSourcePage = pageOf(inboundSource)
export type InboundSource = z.infer<typeof inboundSource>
/** `proof`: Mailgun's signing key, Postmark's password, SendGrid's public key, or the ARN of the SNS topic of SES. */
export const newInboundSource = z.strictObject({
  name: z.string().trim().min(1).max(200),
  provider: sourceProvider,
  proof: z.string().trim().min(8).max(2_000),
})
export type NewInboundSource = z.infer<typeof newInboundSource>
export const addedSource = inboundSource.extend({ url: z.string() })
export type AddedSource = z.infer<typeof addedSource>
