// Links between tickets of another desk, made once both sides are here. One that somebody has taken away here since is not made again.
import type { Result } from '#imports/counts.ts'
import {
  openPairs,
  putRefs,
  refsOf,
  workedOn,
  type From,
  type NewRef,
  type Ref,
} from '#imports/import-store.ts'
import { noteSeqs } from '#imports/merges.ts'
import type { ReadyTicket } from '#imports/ready.ts'
import type { LinkStory } from '#imports/story.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { gatherFacts } from '#desk/facts.ts'
import { bySystem } from '#desk/update.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Transaction } from '#store/database.ts'
import { inverseLink } from '#tickets/decide/link.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

const AT_ONCE = 50

/** What is to be linked of tickets that are told: all of new ones, and of those that are here what was not known. */
export async function linksOf(
  tx: Transaction,
  { source }: From,
  tickets: readonly ReadyTicket[],
  known: ReadonlyMap<string, Ref>,
): Promise<NewRef[]> {
  const found = tickets.flatMap(({ id, story: { links = [] } }) =>
    links.map((link) => ({
      isFresh: !known.has(id),
      ref: {
        kind: 'links',
        sourceId: `${id} ${link.type} ${link.to}`,
        localId: 0,
        version: JSON.stringify([id, link] satisfies Pair),
        made: false,
      },
    })),
  )
  const before = await refsOf(
    tx,
    source,
    'links',
    found.map(({ ref }) => ref.sourceId),
  )
  return found.filter(({ isFresh, ref }) => isFresh || !before.has(ref.sourceId)).map(({ ref }) => ref)
}

type Pair = readonly [string, LinkStory]

/** Makes some links that were told; one that cannot be (a ticket that never came, a second parent) is said and asked for no more. */
export async function makeLinks(
  desk: Desk,
  tx: Transaction,
  from: From,
): Promise<{ more: boolean; results: readonly Result[] }> {
  const open = (await openPairs(tx, from.source, 'links', AT_ONCE)).map(({ id, into }) => ({
    id,
    version: into,
    pair: JSON.parse(into) as Pair,
  }))
  const refs = await refsOf(
    tx,
    from.source,
    'tickets',
    open.flatMap(({ pair: [one, { to }] }) => [one, to]),
  )
  const worked = await workedOn(tx, [...refs.values()])
  const results: Result[] = []
  for (const { id, version, pair } of open) {
    const [one, link] = pair
    const why = await linkBoth(desk, tx, link, refs.get(one), refs.get(link.to))
    const outcome = why === null ? 'created' : 'failed'
    results.push({ kind: 'links', id, outcome, ...(why === null ? {} : { reason: why }) })
    await putRefs(tx, from, [
      { kind: 'links', sourceId: id, localId: why === null ? 1 : -1, version, made: false },
    ])
  }
  const untouched = [...refs.values()].filter(({ localId }) => !worked.has(localId))
  await noteSeqs(tx, from, untouched)
  return { more: open.length === AT_ONCE, results }
}

/** Links both sides, at the moment that the link has, or the last one at which anything happened to the ticket. */
async function linkBoth(
  desk: Desk,
  tx: Transaction,
  { type, at }: LinkStory,
  one?: Ref,
  other?: Ref,
): Promise<string | null> {
  if (one === undefined || other === undefined) return 'the other ticket never came'
  const sides = [
    { here: one.localId, there: other.localId, linkType: type },
    { here: other.localId, there: one.localId, linkType: inverseLink(type) },
  ] as const
  const rows = await lockTickets(
    tx,
    sides.map(({ here }) => here),
  )
  const say = async (kind: 'link' | 'unlink', { here, there, linkType }: (typeof sides)[number]) => {
    const id = here as TicketId
    const { ticket } = rows.get(id) ?? {}
    if (ticket === undefined) throw new Error('Bug: a ticket that came is gone')
    const command = { kind, linkType, ticketId: there as TicketId } as const
    // Trees have the same depth here as for everybody.
    const facts = await gatherFacts(tx, ticket, command, {})
    const moment = at !== null && at > ticket.updatedAt ? at : (ticket.updatedAt as Instant)
    return act(desk, tx, id, command, bySystem, { silent: true, via: 'import', at: moment, facts })
  }
  const first = await say('link', sides[0])
  if (!first.ok) return first.refusal.name
  const second = await say('link', sides[1])
  if (second.ok) return null
  // Half a link is none.
  await say('unlink', sides[0])
  return second.refusal.name
}
