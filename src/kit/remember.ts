// Remembers the last few answers of a pure function of one text.

/** `answer`, computed once for each of the last `most` texts. */
export function remembering<Answer>(
  most: number,
  answer: (text: string) => Answer,
): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as Answer
    const fresh = answer(text)
    if (known.size >= most) known.delete(known.keys().next().value ?? '')
    known.set(text, fresh)
    return fresh
  }
}
