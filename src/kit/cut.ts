// Texts that are cut where they are too long.

/** The start of a text, `most` units long at most, and well-formed though the cut went through a pair. */
export const cut = (text: string, most: number): string => text.slice(0, most).toWellFormed()
