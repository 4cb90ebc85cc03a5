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
  // Inside of tags only: what a text says of itself shows nothing.
  const tags = [...html.matchAll(/<[^<>]+>/g)].join('')
  const found = tags.matchAll(/ (?:src|href)="(\/help\/files\/[^"]*)"/g)
  return [...new Set([...found].flatMap(([, address = '']) => PLACE.exec(address)?.[1] ?? []))]
}

/** HTML whose tags name the files by their place alone: a browser that copies them tells the desk's whole address. */
export function withOwnPlaces(html: string, baseUrl: string): string {
  const start = `${new URL(baseUrl).origin}/help/files/`
  return html.replace(/<[^<>]+>/g, (tag) =>
    tag.replaceAll(`"${start}`, '"/help/files/').replaceAll(`'${start}`, "'/help/files/"),
  )
}
