// Signatures, footers and quoted mails stand inside the HTML of a mail; the server knows their words. What they stand in is folded away.

const letters = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
/** So many letters tell where it begins; fewer are no proof. */
const TELLING = 48
const FEWEST = 8

/** Where `rest` begins among the letters of a whole: of several places the one after which as much follows as `rest` is long. */
export function startOf(rest: string, whole: string): number | null {
  const [sought, all] = [letters(rest), letters(whole)]
  const key = sought.slice(0, TELLING)
  if (key.length < FEWEST) return null
  let best: number | null = null
  const miss = (at: number) => Math.abs(all.length - at - sought.length)
  for (let at = all.indexOf(key); at >= 0; at = all.indexOf(key, at + 1))
    if (best === null || miss(at) < miss(best)) best = at
  return best === 0 ? null : best
}

/** Folds what says `rest`, to the end, behind a line that opens it; leaves everything as it is where that is not found. */
export function foldRest(root: HTMLElement, rest: string, label: string): void {
  const start = startOf(rest, root.textContent)
  const first = start === null ? null : nodeAt(root, start)
  if (first === null) return
  const range = root.ownerDocument.createRange()
  range.setStartBefore(first)
  range.setEnd(root, root.childNodes.length)
  const fold = root.ownerDocument.createElement('details')
  const line = root.ownerDocument.createElement('summary')
  line.textContent = label
  fold.append(line, range.extractContents())
  root.append(fold)
}

/** The outermost node that begins with the letter at this place. */
function nodeAt(root: HTMLElement, place: number): Node | null {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let passed = 0
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = letters(node.textContent ?? '').length
    if (length > 0 && passed + length > place) return passed < place ? null : outermost(root, node)
    passed += length
  }
  return null
}

function outermost(root: HTMLElement, node: Node): Node {
  const parent = node.parentNode
  if (parent === null || parent === root) return node
  let before = node.previousSibling
  while (before !== null && letters(before.textContent ?? '') === '') before = before.previousSibling
  return before === null ? outermost(root, parent) : node
}
