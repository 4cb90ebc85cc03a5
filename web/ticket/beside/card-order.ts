// In which order the cards of a ticket's side stand: everybody's, until somebody moves one.

/** The order of those who moved nothing. */
export const cards = [
  'requester',
  'ticket',
  'clocks',
  'summary',
  'assistant',
  'routing',
  'rating',
  'people',
  'side',
  'checklist',
  'history',
  'links',
  'similar',
  'articles',
] as const
export type CardName = (typeof cards)[number]

const isCard = (name: string): name is CardName => cards.some((each) => each === name)

/** All cards in a person's order. One that is newer than the order stands behind its neighbour; one that is gone is left out. */
export function inOrder(saved: readonly string[]): CardName[] {
  const order = saved.filter(isCard)
  for (const [at, name] of cards.entries()) {
    if (order.includes(name)) continue
    const before = cards[at - 1]
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name)
  }
  return order
}

/** The card one above (-1) or below (1) among those that show: a ticket has not all of them. */
export function besideCard(
  order: readonly CardName[],
  shown: ReadonlySet<CardName>,
  name: CardName,
  step: -1 | 1,
): CardName | undefined {
  const seen = order.filter((each) => each === name || shown.has(each))
  return seen[seen.indexOf(name) + step]
}

/** The order with a card put where another stands, which makes room. */
export function moved(order: readonly CardName[], name: CardName, to: CardName): CardName[] {
  const rest = order.filter((each) => each !== name)
  rest.splice(order.indexOf(to), 0, name)
  return rest
}
