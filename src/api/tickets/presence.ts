// Who has which ticket open and who writes there. Told through NOTIFY, so that two servers know the same; kept in memory only.
import type { Instant } from '#kit/time.ts'
import { plus } from '#kit/time.ts'
import type { PresenceNotice } from '#store/listen.ts'

/** An app that is not heard of for so long has gone. It speaks up every 20 seconds. */
const GONE_AFTER_SECONDS = 45

type Present = PresenceNotice & { readonly heardAt: Instant }
export type PersonHere = Pick<PresenceNotice, 'agentId' | 'typing' | 'since'>

/** Lives as long as a server: takes notices in, says who is where, forgets who went silent. */
export class Presences {
  /** By browser tab: one agent can have several. */
  private readonly tabs = new Map<string, Present>()

  /** Takes a notice in; answers the tickets whose company changed. */
  take(notice: PresenceNotice, now: Instant): number[] {
    const before = this.tabs.get(notice.tab)
    if (notice.ticketId === null) this.tabs.delete(notice.tab)
    else this.tabs.set(notice.tab, { ...notice, heardAt: now })
    const isSame = before?.ticketId === notice.ticketId && before.typing === notice.typing
    return isSame
      ? []
      : [...new Set([before?.ticketId, notice.ticketId].filter((id) => typeof id === 'number'))]
  }

  /** Forgets who went silent; answers the tickets they were on. */
  sweep(now: Instant): number[] {
    const gone = [...this.tabs.values()].filter(({ heardAt }) => plus(heardAt, GONE_AFTER_SECONDS) < now)
    for (const { tab } of gone) this.tabs.delete(tab)
    return [...new Set(gone.flatMap(({ ticketId }) => ticketId ?? []))]
  }

  /** Who is on a ticket, each person once; who writes before who only looks. */
  on(ticketId: number): PersonHere[] {
    const here = [...this.tabs.values()].filter((each) => each.ticketId === ticketId)
    const sorted = here.toSorted((a, b) => Number(b.typing !== null) - Number(a.typing !== null))
    const people = new Map<number, PersonHere>()
    for (const { agentId, typing, since } of sorted)
      if (!people.has(agentId)) people.set(agentId, { agentId, typing, since })
    return [...people.values()]
  }

  /** Every ticket that somebody is on. */
  tickets(): number[] {
    return [...new Set([...this.tabs.values()].flatMap(({ ticketId }) => ticketId ?? []))]
  }
}
