// What mail to customers wears of its brand: the foot of its pages, links in its colour, and its logo over what a machine writes. People's
// answers are letters, and carry no logo; mail to colleagues and to third parties wears nothing.
import { fileTypeFromBuffer } from 'file-type'
import type { OutboxEntry } from '#channels/outbox-store.ts'
import { legibleOn } from '#kit/color.ts'
import { escaped } from '#kit/escaped.ts'
import type { Log } from '#kit/log.ts'
import type { MailAttachment } from '#mail/mail.ts'
import type { Brand } from '#setup/brand-store.ts'
import type { Blobs } from '#store/blobs.ts'

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

type With = {
  readonly blobs: Pick<Blobs, 'get'>
  readonly log: Pick<Log, 'warn'>
  readonly setup: { readonly now: () => Promise<{ readonly desk: { readonly deskName: string } }> }
}

/** How a mail about a ticket of this brand looks. */
export async function lookOf(
  desk: With,
  { kind, toAgent }: Pick<OutboxEntry, 'kind' | 'toAgent'>,
  brand: Brand | undefined,
): Promise<Look> {
  if (brand === undefined || toAgent || kind === 'alert' || kind === 'report') return plain
  const logo = machines.has(kind) ? await logoOf(desk, brand) : null
  const name = escaped(brand.fromName || (await desk.setup.now()).desk.deskName)
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

/** Logos by their hash, or that one does not go along: none is read again for each mail, nor by several that leave at once. */
const known = new Map<string, Promise<MailAttachment | null>>()
const MOST_KNOWN = 50
/** A bucket that is away takes long to say so: not every mail waits for that. */
const LOOK_AGAIN_MS = 60_000

function logoOf(desk: With, { id, logoSha256 }: Brand): Promise<MailAttachment | null> {
  if (logoSha256 === null) return Promise.resolve(null)
  const before = known.get(logoSha256)
  if (before !== undefined) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const logo = readLogo(desk, id, logoSha256)
  known.set(logoSha256, logo)
  return logo
}

/** A logo that cannot be read stops no mail. */
async function readLogo(
  { blobs, log }: With,
  brandId: Brand['id'],
  sha256: string,
): Promise<MailAttachment | null> {
  try {
    return await drawn(await blobs.get(sha256), sha256)
  } catch (error) {
    log.warn({ brandId, err: error }, 'A logo could not be read; mail goes without it')
    setTimeout(() => known.delete(sha256), LOOK_AGAIN_MS).unref()
    return null
  }
}

async function drawn(bytes: Buffer, sha256: string): Promise<MailAttachment | null> {
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (bytes.length > MOST_BYTES || !DRAWN.has(type)) return null
  return {
    name: `logo.${type.slice(6)}`,
    type,
    bytes,
    contentId: `${sha256.slice(0, 32)}@docket`,
    inline: true,
  }
}
