// How deep the tags of some HTML are nested, found in one pass before any parser sees it: 20,000 nested blocks cost
// the fast sanitiser seconds and a slow one minutes.

const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** True when more than `most` tags are open at once. Counts generously: an unclosed tag stays open. */
export function deeperThan(html: string, most: number): boolean {
  let depth = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const next = html.charCodeAt(at + 1)
    if (next === 0x2f) depth = Math.max(0, depth - 1)
    else if (isLetter(next) && !voids.has(nameAt(html, at + 1)) && ++depth > most) return true
  }
  return false
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}

function nameAt(html: string, from: number): string {
  let end = from
  while (end < from + 10 && isLetter(html.charCodeAt(end))) end++
  return html.slice(from, end).toLowerCase()
}
