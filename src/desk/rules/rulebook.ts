// Changing the rules: everybody edits one draft; publishing makes it the live version in one switch, a rollback brings an
// earlier one back as a new version. What is wrong keeps a draft from going live.
import type { Desk } from '#desk/desk.ts'
import { beginShare, noteTagsOf, withdraw } from '#desk/rules/canary.ts'
import { gateOf } from '#desk/rules/gate.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { analyse, type Analysing } from '#rules/analyse.ts'
import { findCanary } from '#rules/canary-store.ts'
import type { RuleProblem } from '#rules/problem.ts'
import {
  addDraft,
  changeDraft,
  findVersion,
  liveVersion,
  lockDraft,
  publishDraft,
  readRulebook,
  type RulebookContent,
} from '#rules/rulebook-store.ts'
import { emptyRulebook, freshTimers, versionOf } from '#rules/rulebook.ts'
import type { Rulebook } from '#rules/rule.ts'
import { beginScans } from '#rules/timer-store.ts'
import { webhookKeys } from '#channels/webhook-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

export type Edited = { readonly version: number; readonly edition: number; readonly book: Rulebook }

/** Changes the draft, begun from the live version when there is none. Null when it has moved on from `edition`. */
export async function editDraft(
  desk: Desk,
  tx: Transaction,
  by: Principal | null,
  edit: (book: Rulebook) => RulebookContent,
  edition?: number,
): Promise<Edited | null> {
  const at = desk.clock.now()
  await beginDraft(desk, tx, by)
  const draft = await lockDraft(tx)
  if (draft === null) throw new Error('Bug: there is no draft')
  if (edition !== undefined && edition !== draft.edition) return null
  const before = (await readRulebook(tx, draft.version)) ?? emptyRulebook
  const { version: _, ...content } = { version: 0, ...edit(before) }
  await changeDraft(tx, content, at)
  tell(tx, { changed: 'rules', id: null })
  return { version: draft.version, edition: draft.edition + 1, book: { version: draft.version, ...content } }
}

async function beginDraft(desk: Desk, tx: Transaction, by: Principal | null): Promise<void> {
  if ((await lockDraft(tx)) !== null) return
  const live = await liveVersion(tx)
  const { version: _, ...content } = (await readRulebook(tx, live)) ?? emptyRulebook
  await addDraft(tx, {
    content,
    parent: live === 0 ? null : live,
    by: by?.agentId ?? null,
    at: desk.clock.now(),
  })
}

/** What an analysis needs to know of the desk. */
export async function analysingOf(desk: Desk, db: Db): Promise<Analysing> {
  const { directory } = await desk.setup.now()
  return { directory, webhooks: await webhookKeys(db), today: desk.clock.now().slice(0, 10) }
}

/** `percent` of a hundred tickets; null for all of them. */
export type Publishing = {
  readonly note: string
  readonly reason: string | null
  readonly percent: number | null
}
export type PublishOutcome =
  | { readonly ok: true; readonly version: number }
  | {
      readonly ok: false
      readonly refusal: 'no_draft' | 'has_errors' | 'needs_reason' | 'needs_backtest' | 'canary_runs'
      readonly problems: readonly RuleProblem[]
    }

/**
 * Makes the draft live, for all tickets or a share of them; another share ends when it goes live for all. Refused while it has errors; without a reason while it has warnings that are not live already, or its
 * backtest has findings; and without a backtest, unless somebody who may go without one says why.
 */
export async function publishRulebook(
  desk: Desk,
  tx: Transaction,
  by: Principal | null,
  { note, reason, percent }: Publishing,
): Promise<PublishOutcome> {
  const draft = await lockDraft(tx)
  const book = draft === null ? null : await readRulebook(tx, draft.version)
  if (draft === null || book === null) return { ok: false, refusal: 'no_draft', problems: [] }
  if (percent !== null && (await findCanary(tx)) !== null)
    return { ok: false, refusal: 'canary_runs', problems: [] }
  const how = await analysingOf(desk, tx)
  const problems = analyse(book, how)
  const errors = problems.filter(({ level }) => level === 'error')
  if (errors.length > 0) return { ok: false, refusal: 'has_errors', problems: errors }
  const gate = await gateOf(desk, tx, { hash: draft.hash, by, fromTickets: 1 })
  if (gate.isShut) return { ok: false, refusal: 'needs_backtest', problems: gate.problems }
  const asked = [...(await freshWarnings(tx, book, problems, how)), ...gate.problems]
  if (asked.length > 0 && reason === null) return { ok: false, refusal: 'needs_reason', problems: asked }
  const acknowledged = reason === null ? null : { reason, codes: asked.map(idOfProblem) }
  const { backtestId, isUntested } = gate
  if (percent !== null) await beginShare(desk, tx, by, book, { note, acknowledged, backtestId, percent })
  else await goLive(desk, tx, by, book, { note, acknowledged, ends: 'superseded', backtestId }, isUntested)
  return { ok: true, version: draft.version }
}

/** Warnings that the live version does not have: an accepted one is not asked about again. */
async function freshWarnings(
  db: Db,
  book: Rulebook,
  problems: readonly RuleProblem[],
  how: Analysing,
): Promise<readonly RuleProblem[]> {
  const live = (await readRulebook(db, await liveVersion(db))) ?? emptyRulebook
  const versions = new Map(live.rules.map((rule) => [rule.id, versionOf(rule)]))
  const same = new Set(
    book.rules.filter((rule) => versions.get(rule.id) === versionOf(rule)).map(({ id }) => id),
  )
  const known = new Set(analyse(live, how).map(idOfProblem))
  return problems.filter(
    (each) => each.level === 'warning' && !(same.has(each.ruleId ?? 0) && known.has(idOfProblem(each))),
  )
}

function idOfProblem({ ruleId, code, place }: RuleProblem): string {
  return `${ruleId ?? ''}:${code}:${place}`
}

async function goLive(
  desk: Desk,
  tx: Transaction,
  by: Principal | null,
  book: Rulebook,
  how: Pick<Parameters<typeof publishDraft>[1], 'note' | 'acknowledged' | 'ends' | 'backtestId'>,
  isUntested = false,
): Promise<void> {
  const at = desk.clock.now()
  // What judged a share is not for it any more: one thing at a time is compared with what is live.
  await withdraw(desk, tx, by)
  const live = (await readRulebook(tx, await liveVersion(tx))) ?? emptyRulebook
  await noteTagsOf(tx, book)
  await publishDraft(tx, { at, by: by?.agentId ?? null, ...how })
  await audit(tx, by, at, {
    action: actionOf(how.ends, isUntested),
    thing: { type: 'rulebook', id: book.version, name: how.note === '' ? null : how.note },
  })
  await beginScans(tx, freshTimers(live, book), book.version, at)
  tell(tx, { changed: 'rules', id: null })
  tell(tx, { lane: 'timers' })
}

function actionOf(ends: 'superseded' | 'rolled_back', isUntested: boolean): string {
  if (ends === 'rolled_back') return 'rulebook_rolled_back'
  return isUntested ? 'rulebook_published_untested' : 'rulebook_published'
}

/** Publishes what an earlier version held, as a new version. Null when there is none such, or a draft is in the way. */
export async function rollBack(
  desk: Desk,
  tx: Transaction,
  by: Principal | null,
  version: number,
): Promise<number | null> {
  const target = await findVersion(tx, version)
  const book = await readRulebook(tx, version)
  if (
    target === null ||
    book === null ||
    target.state === 'draft' ||
    target.state === 'canary' ||
    // It was never for all: as a draft it passes what others pass.
    target.state === 'withdrawn' ||
    (await lockDraft(tx)) !== null
  )
    return null
  const { version: _, ...content } = book
  const added = await addDraft(tx, {
    content,
    parent: version,
    by: by?.agentId ?? null,
    at: desk.clock.now(),
  })
  if (added === null) return null
  const note = `Back to version ${version}`
  await goLive(
    desk,
    tx,
    by,
    { version: added, ...content },
    { note, acknowledged: null, ends: 'rolled_back' },
  )
  return added
}
