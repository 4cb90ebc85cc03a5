// A number for a text, quickly: FNV-1a (Fowler, Noll, Vo) over its letters. Not for secrets, and different texts may share one.

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** The 32 bits of a text; `after` goes on from those of what stands before it. */
export function fnv1a(text: string, after: number = OFFSET): number {
  let hash = after
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME)
  return hash
}
