// Values of strangers' records as ours: text that can be kept, moments, links to files. Pure.
import { Fault } from '#kit/fault.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { FileStory, Step } from '#imports/story.ts'

/** Text that the database can keep: no NUL, no half of a character. */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') return value == null ? '' : String(value)
  return value.replaceAll('\0', '').toWellFormed()
}

/** The text or number of a value; null for none. */
export function fixed(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? textOf(String(value)).trim() || null : null
}

/** A number of a record; null for what is none. */
export function idIn(value: unknown): number | null {
  const id = value == null || value === '' ? Number.NaN : Number(value)
  return Number.isSafeInteger(id) ? id : null
}

const EARLIEST = Date.parse('1971-01-01T00:00:00Z')

/** A moment; null for what is none, and for what nobody's desk can have seen. */
export function momentOf(value: unknown): Instant | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) || ms < EARLIEST ? null : instant(ms)
}

/** A moment that says nothing of its zone, which is UTC: so Rails keeps them. */
export function utc(value: unknown): Instant | null {
  return typeof value === 'string' ? momentOf(/Z$|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`) : null
}

/** Attachments as they are listed with a comment, and how its HTML calls those that stand inside. */
export function filesOf(
  attachments: unknown,
  html: string | null,
): { files: FileStory[]; html: string | null } {
  let text = html
  const list = Array.isArray(attachments) ? (attachments as Readonly<Record<string, unknown>>[]) : []
  const files = list.flatMap((each): FileStory[] => {
    const url = fixed(each['content_url'] ?? each['attachment_url'])
    if (url === null || each['deleted'] === true) return []
    const inside = text !== null && (text.includes(url) || text.includes(url.replaceAll('&', '&amp;')))
    const contentId = inside || each['inline'] === true ? `old-${String(each['id'])}` : null
    if (inside)
      text =
        text
          ?.replaceAll(url.replaceAll('&', '&amp;'), `cid:${contentId}`)
          .replaceAll(url, `cid:${contentId}`) ?? null
    const name = textOf(each['file_name'] ?? each['name'] ?? each['filename']) || 'file'
    return [{ name, type: fixed(each['content_type']) ?? 'application/octet-stream', url, contentId }]
  })
  return { files, html: text }
}

/** A zone by its name in the world's list; those that Rails calls otherwise ("Brisbane") are left out. */
export function zoneOf(value: unknown): string | null {
  const name = fixed(value)
  return name !== null && (name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)) ? name : null
}

/** The first moment that can be read of those by which a ticket may have begun. */
export function begunAt(moments: readonly (Instant | null)[]): Instant {
  const found = moments.find((each) => each !== null)
  if (found != null) return found
  throw new Fault('none of its moments can be read', { retryable: false })
}

/** What is kept as JSON, and where a coder wrote it twice, as JSON within a text; a text that is none names nothing. */
export function entryIn(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'string')
    try {
      return entryIn(JSON.parse(value) as unknown)
    } catch {
      return {}
    }
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

/** Steps in the order of their moments; those of one moment as they came. */
export function inTime(steps: readonly Step[]): Step[] {
  return steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

const PICTURE = /(<img\b[^>]{0,2000}?\ssrc\s*=\s*)(?:"([^"]{1,4000})"|'([^']{1,4000})')/gi

/** HTML whose pictures of the old desk's own are called by the files that they are, and these. `own` knows the addresses under which it keeps what was uploaded; others are not asked for: they may tell that somebody reads. */
export function withOwnPictures(
  html: string,
  own: RegExp,
): { readonly html: string; readonly pictures: ReadonlyMap<string, FileStory> } {
  const pictures = new Map<string, FileStory & { readonly contentId: string }>()
  const called = withPictures(html, (address) => {
    if (!own.test(address) || !URL.canParse(address)) return null
    const contentId = pictures.get(address)?.contentId ?? `old-${pictures.size + 1}`
    const name = new URL(address).pathname.split('/').at(-1) || 'picture'
    pictures.set(address, { name, type: 'application/octet-stream', contentId, url: address, isSaid: true })
    return contentId
  })
  return { html: called, pictures }
}

/** HTML whose pictures are called by the files that came with it: `nameOf` knows an address, or it stays as it is. */
export function withPictures(html: string, nameOf: (address: string) => string | null): string {
  return html.replaceAll(PICTURE, (whole, tag: string, quoted?: string, single?: string) => {
    const name = nameOf((quoted ?? single ?? '').replaceAll('&amp;', '&'))
    return name === null ? whole : `${tag}"cid:${name}"`
  })
}
