// How well typed letters fit a label: start of the label, start of a word, inside, letters in order. 0 is no fit.

/** Higher is better; both are compared without case and accents. */
export function score(label: string, typed: string): number {
  const text = plain(label)
  const wanted = plain(typed)
  if (wanted === '') return 1
  const at = text.indexOf(wanted)
  if (at === 0) return 100 - Math.min(40, text.length / 4)
  if (at > 0) return (/[\s/@.-]/.test(text[at - 1] ?? '') ? 70 : 45) - Math.min(20, text.length / 8)
  const words = wanted.split(/\s+/)
  if (words.length > 1 && words.every((word) => text.includes(word))) return 35
  return inOrder(text, wanted) ? 10 : 0
}

function plain(text: string): string {
  return text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')
}

function inOrder(text: string, wanted: string): boolean {
  let from = 0
  for (const letter of wanted) {
    const at = text.indexOf(letter, from)
    if (at === -1 || (from > 0 && at - from > 12)) return false
    from = at + 1
  }
  return true
}
