// Typed links between two tickets. Each side has its own update; `inverseLink` names the other side's.
import type { CommandOf } from '#tickets/command.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import type { LinkType } from '#tickets/vocabulary.ts'

const maxTreeDepth = 3
/** A ticket has one parent and one problem at most. */
const onlyOne: readonly LinkType[] = ['child', 'incident']

const inverses: Readonly<Record<LinkType, LinkType>> = {
  follows: 'followed_by',
  followed_by: 'follows',
  duplicates: 'duplicated_by',
  duplicated_by: 'duplicates',
  relates: 'relates',
  blocks: 'blocked_by',
  blocked_by: 'blocks',
  parent: 'child',
  child: 'parent',
  problem: 'incident',
  incident: 'problem',
}

/** The same link seen from the other ticket. */
export function inverseLink(linkType: LinkType): LinkType {
  return inverses[linkType]
}

/** Adds a link, on closed tickets too. Refused to itself, for a second parent or problem, and below depth 3. */
export function link(draft: Draft, { linkType, ticketId }: CommandOf<'link'>): Refused {
  const { ticket, context } = draft
  const { other, treeDepth } = context.facts
  if (other?.id !== ticketId) return { name: 'not_found', what: 'ticket' }
  if (ticketId === ticket.id) return { name: 'limit_exceeded', limit: 'linksToItself', max: 0 }
  if (ticket.links.some((one) => one.linkType === linkType && one.ticketId === ticketId)) return null
  if (onlyOne.includes(linkType) && ticket.links.some((one) => one.linkType === linkType)) {
    return { name: 'limit_exceeded', limit: linkType, max: 1 }
  }
  const isTree = linkType === 'parent' || linkType === 'child'
  if (isTree && (treeDepth ?? 2) > maxTreeDepth) {
    return { name: 'limit_exceeded', limit: 'treeDepth', max: maxTreeDepth }
  }
  draft.happen('link_added', { linkType, ticketId })
  return null
}

/** Removes a link; nothing happens when there is none. */
export function unlink(draft: Draft, { linkType, ticketId }: CommandOf<'unlink'>): Refused {
  const isHere = draft.ticket.links.some((one) => one.linkType === linkType && one.ticketId === ticketId)
  if (isHere) draft.happen('link_removed', { linkType, ticketId })
  return null
}
