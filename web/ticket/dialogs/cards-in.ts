// Numbers of payment cards in a text: as many digits as one has, with a check digit that fits (Luhn, ISO/IEC 7812-1). What begins with
// letters, as the number of an account does, or goes on with more digits is none.

/** As they are written there. */
export function cardsIn(text: string): string[] {
  const found = text.match(/(?<![\p{L}\d]|\d[ .-])\d(?:[ .-]?\d){12,18}(?![ .-]?\d)/gu) ?? []
  return [...new Set(found.filter(fits))]
}

function fits(written: string): boolean {
  const digits = [...written.replaceAll(/\D/g, '')].toReversed().map(Number)
  const sum = digits.reduce(
    (all, digit, at) => all + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2),
    0,
  )
  return sum % 10 === 0
}
