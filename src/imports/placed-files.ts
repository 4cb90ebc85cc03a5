// Pictures and files that an article of another desk shows or leads to: what is to be fetched, and the HTML that calls it so. Pure.
import type { FileStory } from '#imports/story.ts'

const TAG = /<(?:img|a)\b[^<>]*>/gi
const ADDRESS = /(\s(src|href)\s*=\s*)(?:"([^"]*)"|'([^']*)')/i
/** No page of a help center has more; one that does leads to the others where they were. */
const MOST_FILES = 200

/** An address as it may stand in an attribute. */
function inAttribute(address: string): string {
  return address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** HTML whose pictures, and those links that lead to files, are called `cid:` and their name; `isFile` knows such a link. What names a place on its own host leads to the page that it stood on. */
export function placedFiles(
  html: string,
  isFile: (address: string) => boolean = () => false,
  page: string | null = null,
): { readonly html: string; readonly files: readonly FileStory[] } {
  const files = new Map<string, FileStory>()
  const replaced = html.replaceAll(TAG, (tag) =>
    tag.replace(ADDRESS, (whole, start: string, attribute: string, double?: string, single?: string) => {
      const given = (double ?? single ?? '').replaceAll('&amp;', '&').trim()
      const address = /^\/[^/]/.test(given) ? absolute(given, page) : given
      const isPicture = attribute.toLowerCase() === 'src'
      const isWanted = isPicture ? isFetched(address) : isFetched(address) && isFile(address)
      if (!isWanted || (files.size >= MOST_FILES && !files.has(address)))
        return address === given ? whole : `${start}"${inAttribute(address)}"`
      const contentId = `old-${[...files.keys()].indexOf(address) + 1 || files.size + 1}`
      files.set(address, files.get(address) ?? fileAt(address, contentId, isFile(address)))
      return `${start}"cid:${contentId}"`
    }),
  )
  return { html: replaced, files: [...files.values()] }
}

/** HTML in which a file that could not be had is a link to where it was; where it was at no address, it is left out. */
export function withoutFile(html: string, contentId: string, address: string | null): string {
  const place = `"cid:${contentId}"`
  return html.replaceAll(TAG, (tag) => {
    if (!tag.includes(place)) return tag
    const isPicture = /^<img\b/i.test(tag)
    if (address === null) return isPicture ? '' : tag.replace(place, '""')
    const to = inAttribute(address)
    if (!isPicture) return tag.replace(place, () => `"${to}"`)
    const said = /\salt\s*=\s*"([^"]+)"/i.exec(tag)?.[1] ?? to
    return `<a href="${to}">${said}</a>`
  })
}

function absolute(address: string, page: string | null): string {
  return page !== null && URL.canParse(address, page) ? new URL(address, page).href : address
}

const DATA = /^data:(image\/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/=\s]+)$/

/** What can be asked for: not mails, places within the page, scripts. */
function isFetched(address: string): boolean {
  const isAddress = /^(?:https?:)?\/\//i.test(address) || /^\/[^/]/.test(address)
  return (isAddress && URL.canParse(address, 'http://desk')) || DATA.test(address)
}

/** What is no file of the help center itself is asked for as anybody would: its address is somebody's word. */
function fileAt(address: string, contentId: string, isListed: boolean): FileStory {
  const data = DATA.exec(address)
  if (data !== null) {
    const [, type = '', text = ''] = data
    return {
      name: `picture.${type.slice(6)}`,
      type,
      contentId,
      bytes: () => Promise.resolve(Buffer.from(text, 'base64')),
    }
  }
  const last = new URL(address, 'http://desk').pathname.split('/').at(-1) ?? ''
  const asked = isListed ? {} : { isSaid: true as const }
  return { name: nameOf(last), type: 'application/octet-stream', contentId, url: address, ...asked }
}

function nameOf(last: string): string {
  try {
    return decodeURIComponent(last).replaceAll('\0', '').toWellFormed().slice(-200) || 'file'
  } catch {
    return last.slice(-200) || 'file'
  }
}

/** HTML with links at its end to files that are listed beside it; those that it names already are left. */
export function withListed(
  { html, files }: { readonly html: string; readonly files: readonly FileStory[] },
  listed: readonly FileStory[],
): { readonly html: string; readonly files: readonly FileStory[] } {
  const named = new Set(files.flatMap((file) => ('url' in file ? [file.url] : [])))
  const more = listed
    .filter((file) => !('kept' in file) && !('url' in file && named.has(file.url)))
    .map(
      (file, index) => ({ ...file, contentId: `more-${index + 1}` }) as Exclude<FileStory, { kept: unknown }>,
    )
  const links = more.map(
    ({ name, contentId }) => `<p><a href="cid:${contentId}">${inAttribute(name)}</a></p>`,
  )
  return { html: `${html}${links.join('')}`, files: [...files, ...more] }
}
