// A version of the rules that judges a share of the tickets. Which ones says their number alone, so that it is known before anything
// happens on a ticket, and for ever after.
import { createHash } from 'node:crypto'
import type { ReadyRulebook } from '#rules/rulebook.ts'

/** How many of a hundred tickets are in a version's share. */
export type Share = { readonly version: number; readonly percent: number }

export type Canary = Share & { readonly rulebook: ReadyRulebook }

/** Whether a ticket is in a version's share; `sharedBy` in canary-store.ts says the same in SQL. */
export function isInShare({ version, percent }: Share, ticketId: number): boolean {
  const hash = createHash('md5').update(`${version} ${ticketId}`).digest('hex')
  return Number.parseInt(hash.slice(0, 8), 16) % 100 < percent
}

/** The rules that judge a ticket. */
export function rulebookFor(
  { rulebook, canary }: { readonly rulebook: ReadyRulebook; readonly canary: Canary | null },
  ticketId: number,
): ReadyRulebook {
  return canary !== null && isInShare(canary, ticketId) ? canary.rulebook : rulebook
}
