// What mail to customers wears of its brand: the foot of its pages, links in its colour, and its logo over what a machine writes. People's
// answers are letters, and carry no logo; mail to colleagues and to third parties wears nothing.
import { fileTypeFromBuffer } from 'file-type'
import type { OutboxEntry } from '#channels/outbox-store.ts'
import type { Desk } from '#desk/desk.ts'
import { legibleOn } from '#kit/color.ts'
import { escaped } from '#kit/escaped.ts'
import type { MailAttachment } from '#mail/mail.ts'
import type { Brand } from '#setup/brand-store.ts'

type Part = { readonly text: string; readonly html: string }
export type Look = {
  /** Of links; null: as the reader's program has them. */
  readonly color: string | null
  /** Over the words, as HTML; '' is none. */
  readonly head: string
  readonly foot: Part | null
  /** What `head` shows. */
  readonly files: readonly MailAttachment[]
}

const plain: Look = { color: null, head: '', foot: null, files: [] }

/** Mail of a customer's own that no person has written. */
const machines: ReadonlySet<OutboxEntry['kind']> = new Set(['acknowledgement', 'resolved', 'survey'])
/** A logo goes along with each such mail. */
const MOST_BYTES = 100_000
/** Pictures that every mail program draws. */
const DRAWN = new Set(['image/png', 'image/jpeg', 'image/gif'])

/** How a mail about a ticket of this brand looks. */
export async function lookOf(
  desk: Desk,
  { kind, toAgent }: Pick<OutboxEntry, 'kind' | 'toAgent'>,
  brand: Brand | undefined,
): Promise<Look> {
  if (brand === undefined || toAgent || kind === 'alert' || kind === 'report') return plain
  const logo = machines.has(kind) ? await logoOf(desk, brand) : null
  const name = escaped(brand.fromName || brand.name)
  return {
    color: brand.color === null ? null : legibleOn('light', brand.color),
    head:
      logo === null
        ? ''
        : `<p style="margin:0 0 20px"><img src="cid:${logo.contentId ?? ''}" alt="${name}" style="max-height:48px;max-width:240px"></p>`,
    foot: footOf(brand),
    files: logo === null ? [] : [logo],
  }
}

/** The foot of a brand's pages under a mail; null where it says nothing there. */
export function footOf({ footer, footerLinks }: Pick<Brand, 'footer' | 'footerLinks'>): Part | null {
  if (footer === '' && footerLinks.length === 0) return null
  const links = footerLinks.map(
    ({ label, url }) => `<a href="${escaped(url)}" style="color:#666">${escaped(label)}</a>`,
  )
  const lines = [escaped(footer).replace(/\n/g, '<br>'), links.join(' &nbsp; ')].filter((line) => line !== '')
  return {
    text: [footer, ...footerLinks.map(({ label, url }) => `${label}: ${url}`)].filter(Boolean).join('\n'),
    html: `<div style="margin:24px 0 0;padding:12px 0 0;border-top:1px solid #ccc;font-size:12px;color:#666">${lines.join('<br>')}</div>`,
  }
}

async function logoOf(desk: Desk, { logoSha256 }: Brand): Promise<MailAttachment | null> {
  if (logoSha256 === null) return null
  const bytes = await desk.blobs.get(logoSha256)
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (bytes.length > MOST_BYTES || !DRAWN.has(type)) return null
  return {
    name: `logo.${type.slice(6)}`,
    type,
    bytes,
    contentId: `${logoSha256.slice(0, 32)}@docket`,
    inline: true,
  }
}
