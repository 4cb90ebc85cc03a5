// Rules on a share of the tickets: begun in place of going live for all, then widened to all or withdrawn.
import type { Desk } from '#desk/desk.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { beginCanary, lockCanary, widenCanary, withdrawCanary } from '#rules/canary-store.ts'
import { emptyRulebook, freshTimers } from '#rules/rulebook.ts'
import { liveVersion, readRulebook, type Acknowledged } from '#rules/rulebook-store.ts'
import type { Rulebook } from '#rules/rule.ts'
import { beginScans } from '#rules/timer-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { noteTags } from '#setup/taxonomy-store.ts'

export type Begun = {
  readonly note: string
  readonly acknowledged: Acknowledged | null
  readonly backtestId: number | null
  readonly percent: number
}

/** The draft judges so many of a hundred tickets from now on; the others stay with what is live. */
export async function beginShare(
  desk: Desk,
  tx: Transaction,
  by: Principal | null,
  book: Rulebook,
  begun: Begun,
): Promise<void> {
  const at = desk.clock.now()
  const live = await bookOf(tx, await liveVersion(tx))
  await noteTagsOf(tx, book)
  await beginCanary(tx, { ...begun, at, by: by?.agentId ?? null })
  await told(desk, tx, by, { action: 'rulebook_canary_began', version: book.version, note: begun.note })
  await beginScans(tx, freshTimers(live, book), book.version, at)
}

/** The version that judges a share judges all tickets from now on; null where there is none. */
export async function widen(desk: Desk, tx: Transaction, by: Principal | null): Promise<number | null> {
  const canary = await lockCanary(tx)
  if (canary === null) return null
  const at = desk.clock.now()
  const [live, book] = [await bookOf(tx, await liveVersion(tx)), await bookOf(tx, canary.version)]
  await widenCanary(tx, at, by?.agentId ?? null)
  await told(desk, tx, by, { action: 'rulebook_canary_widened', version: canary.version, note: '' })
  await beginScans(tx, freshTimers(live, book), canary.version, at)
  return canary.version
}

/** The version that judges a share judges nothing more; null where there is none. What it did stays. */
export async function withdraw(desk: Desk, tx: Transaction, by: Principal | null): Promise<number | null> {
  const canary = await lockCanary(tx)
  if (canary === null) return null
  const at = desk.clock.now()
  const version = await liveVersion(tx)
  const [live, book] = [await bookOf(tx, version), await bookOf(tx, canary.version)]
  await withdrawCanary(tx, at)
  await told(desk, tx, by, { action: 'rulebook_canary_withdrawn', version: canary.version, note: '' })
  await beginScans(tx, freshTimers(book, live), version, at)
  return canary.version
}

/** Tags that rules set are known from now on. */
export async function noteTagsOf(tx: Transaction, { rules }: Rulebook): Promise<void> {
  await noteTags(
    tx,
    rules.flatMap((rule) => rule.do.flatMap((action) => ('addTags' in action ? action.addTags : []))),
  )
}

async function bookOf(db: Db, version: number): Promise<Rulebook> {
  return (await readRulebook(db, version)) ?? emptyRulebook
}

async function told(
  desk: Desk,
  tx: Transaction,
  by: Principal | null,
  { action, version, note }: { action: string; version: number; note: string },
): Promise<void> {
  const thing = { type: 'rulebook', id: version, name: note === '' ? null : note }
  await audit(tx, by, desk.clock.now(), { action, thing })
  tell(tx, { changed: 'rules', id: null })
  tell(tx, { lane: 'timers' })
}
