// Long lists of phrases as readable text: one or more per line, parted by ` | `, each a plain piece of a regular
// expression. No piece may repeat without a bound, so that every list stays linear on hostile text.

/** Matches any of the phrases anywhere, ignoring case. */
export function anyOf(list: string): RegExp {
  return new RegExp(alternatives(list), 'iu')
}

/** Matches any of the phrases at the very start, ignoring case. */
export function beginsWith(list: string): RegExp {
  return new RegExp(`^${alternatives(list)}`, 'iu')
}

/** Matches when one of the phrases is the whole text, ignoring case. */
export function isOneOf(list: string): RegExp {
  return new RegExp(`^${alternatives(list)}$`, 'iu')
}

function alternatives(list: string): string {
  const pieces = list.split(/\s*\n\s*|\s+\|\s+/).filter((piece) => piece !== '')
  return `(?:${pieces.join('|')})`
}
