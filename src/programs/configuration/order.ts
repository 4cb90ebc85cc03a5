// The order that a list says of some things among others that it does not name.

/** The others keep the places that they have; what is new comes last. */
export function amongOthers(now: readonly string[], list: readonly string[]): readonly string[] {
  const known = list.filter((each) => now.includes(each))
  let at = 0
  const next = now.map((each) => (list.includes(each) ? (known[at++] ?? each) : each))
  return [...next, ...list.filter((each) => !now.includes(each))]
}
