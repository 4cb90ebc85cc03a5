// /forms and /brands: what customers fill in, and what the desk looks like to them.
import { z } from 'zod'

import { id, name, nameRef, pageOf } from './shapes.ts'

/** `name`, `email`, `subject`, `message`, or `field.KEY`. Without a label of its own a question has the field's. */
export const question = z.strictObject({
  ask: z.string().regex(/^(name|email|subject|message|field\.[a-z][a-zA-Z0-9_]*)$/),
  label: z.string().trim().max(200).nullable().default(null),
  help: z.string().trim().max(500).nullable().default(null),
  required: z.boolean().default(false),
  /**
   * Shown, or required, only when an earlier question for a choice has one of these answers; a ticked box answers `on`.
   * The server holds to it too: what is not asked is neither required nor kept.
   */
  when: z
    .strictObject({
      ask: z.string().max(200),
      is: z.array(z.string().max(500)).min(1).max(100),
      makes: z.enum(['shown', 'required']),
    })
    .nullable()
    .default(null),
})
export type Question = z.infer<typeof question>

const questions = z
  .array(question)
  .max(40)
  .refine((all) => ['email', 'message'].every((ask) => all.some((each) => each.ask === ask)), {
    message: 'asks for an address and a message',
  })
  .refine((all) => new Set(all.map(({ ask }) => ask)).size === all.length, {
    message: 'asks for each thing once',
  })

export const form = z.object({
  id,
  /** Its address is /forms/KEY; fixed at creation. */
  key: z.string(),
  title: z.string(),
  intro: z.string(),
  brand: nameRef,
  team: nameRef.nullable(),
  category: z.string().nullable(),
  questions: z.array(question),
  files: z.boolean(),
  thanks: z.string(),
  /** The pages elsewhere that may show it in a frame, at /forms/KEY?embed; with none, no page may. */
  origins: z.array(z.string()),
  archived: z.boolean(),
  url: z.string(),
})
export type Form = z.infer<typeof form>
export const formPage = pageOf(form)

const body = {
  title: name,
  intro: z.string().max(2_000),
  brand: id,
  team: id.nullable(),
  category: z.string().max(500).nullable(),
  questions,
  files: z.boolean(),
  thanks: z.string().max(1_000),
  /** https, or http at localhost; kept as browsers write it. */
  origins: z.array(z.string().max(300)).max(20, 'are at most 20'),
}
export const newForm = z.strictObject({
  ...body,
  origins: body.origins.default([]),
  key: z
    .string()
    .max(60)
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'is small letters, digits and hyphens'),
})
export type NewForm = z.infer<typeof newForm>
export const formPatch = z.strictObject(body).partial().extend({ archived: z.boolean().optional() })
export type FormPatch = z.infer<typeof formPatch>

/** At the foot of a brand's pages, such as an imprint. */
const footerLink = z.strictObject({
  label: z.string().trim().min(1).max(60),
  url: z
    .url({ protocol: /^https?$/, error: 'is no address such as https://www.example.org/imprint' })
    .max(500),
})

export const brand = z.object({
  id,
  name: z.string(),
  fromName: z.string(),
  signature: z.string(),
  mailbox: z.object({ id, address: z.string() }).nullable(),
  color: z.string().nullable(),
  logoUrl: z.string().nullable(),
  /** Its customers see their tickets at /portal/ID. */
  portal: z.boolean(),
  /** Mail to a requester alone carries a link that opens its ticket. */
  ticketLinks: z.boolean(),
  footer: z.string(),
  footerLinks: z.array(z.object({ label: z.string(), url: z.string() })),
})
export type Brand = z.infer<typeof brand>
export const brandPage = pageOf(brand)
export const newBrand = z.strictObject({
  name,
  fromName: z.string().trim().max(200).optional(),
  signature: z.string().max(2_000).optional(),
  mailbox: id.nullable().optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'is a colour such as #3b5bdb')
    .nullable()
    .optional(),
  /** An upload of yours: PNG, JPEG, GIF, WebP or AVIF, at most 1 MB. */
  logo: id.nullable().optional(),
  portal: z.boolean().optional(),
  footer: z.string().trim().max(500).optional(),
  footerLinks: z.array(footerLink).max(8).optional(),
  ticketLinks: z.boolean().optional(),
})
export type NewBrand = z.infer<typeof newBrand>
export const brandPatch = newBrand.partial()
