// A brand while it is being edited.
import type { Brand, NewBrand } from '../../../src/api/contract/forms.ts'
import { upload } from '../../ticket/composer/send.ts'

export type Draft = Omit<NewBrand, 'logo' | 'mailbox'> & {
  fromName: string
  signature: string
  mailbox: string
  color: string | null
  footer: string
  footerLinks: { label: string; url: string }[]
  /** A picture that was chosen, or null to take the one there is away. */
  logo: Chosen | null | undefined
}

/** A picture, and where the browser has it until it is uploaded. */
export type Chosen = { file: File; url: string }

export const draftOf = (brand: Brand | null): Draft => ({
  name: brand?.name ?? '',
  fromName: brand?.fromName ?? '',
  signature: brand?.signature ?? '',
  mailbox: String(brand?.mailbox?.id ?? ''),
  color: brand?.color ?? null,
  portal: brand?.portal ?? true,
  ticketLinks: brand?.ticketLinks ?? false,
  footer: brand?.footer ?? '',
  footerLinks: brand?.footerLinks ?? [],
  logo: undefined,
})

/** What is saved of it; a picture that was chosen is uploaded first. */
export async function bodyOf({ logo, mailbox, footerLinks, ...rest }: Draft): Promise<NewBrand> {
  return {
    ...rest,
    mailbox: mailbox === '' ? null : Number(mailbox),
    footerLinks: footerLinks.filter(({ label, url }) => label.trim() !== '' || url.trim() !== ''),
    ...(logo === undefined ? {} : { logo: logo === null ? null : (await upload(logo.file)).id }),
  }
}
