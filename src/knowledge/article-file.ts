// The pictures and files of articles, by the addresses at which bodies name them. Pure.

const PLACE = /^\/help\/files\/([0-9a-f]{64})\/[^/?#\s"<>]{1,300}$/

/** What a browser calls it is said with its bytes: in the address the name only tells people what it is. */
const LONGEST = 250

/** Where a file of articles is read, after the desk's own address. */
export function placeOfFile({ sha256, name }: { readonly sha256: string; readonly name: string }): string {
  const shown = encodeURIComponent(name)
  return `/help/files/${sha256}/${shown.length > LONGEST || /^\.+$/.test(shown) ? 'file' : shown}`
}

/** An address that is one of a file, or null. */
export function fileAddress(address: string): string | null {
  return PLACE.test(address.trim()) ? address.trim() : null
}

/** The files that the safe HTML of a body shows or leads to, each once. */
export function filesIn(html: string): string[] {
  const found = html.matchAll(/ (?:src|href)="(\/help\/files\/[^"]*)"/g)
  return [...new Set([...found].flatMap(([, address = '']) => PLACE.exec(address)?.[1] ?? []))]
}
