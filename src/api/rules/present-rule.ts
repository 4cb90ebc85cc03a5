// Rules as the API shows them: with their words, their problems, how they fare, and how they differ from what is live.
import type { z } from 'zod'
import type { ruleHealth, ruleItem, rulebookVersion } from '#api/contract/rules.ts'
import { desk30DaysAgo } from '#api/rules/input.ts'
import type { Desk } from '#desk/desk.ts'
import { analysingOf } from '#desk/rules/rulebook.ts'
import { analyse } from '#rules/analyse.ts'
import type { RuleProblem } from '#rules/problem.ts'
import { changesBetweenBooks } from '#rules/diff.ts'
import type { Directory, Told } from '#rules/directory.ts'
import { countHeldMails, healthSince, noHealth } from '#rules/health-store.ts'
import { findDraftVersion, liveVersion, readRulebook, type RulebookVersion } from '#rules/rulebook-store.ts'
import { emptyRulebook, hashOf } from '#rules/rulebook.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'
import { sentenceOf } from '#rules/words.ts'
import type { Db } from '#store/database.ts'

/** What is edited at the moment beside what is live. */
export type Books = {
  readonly live: Rulebook
  /** The draft, or else the live version. */
  readonly book: Rulebook
  readonly edition: number
  readonly hasDraft: boolean
}

export async function readBooks(db: Db): Promise<Books> {
  const [draft, version] = [await findDraftVersion(db), await liveVersion(db)]
  const live = (await readRulebook(db, version)) ?? emptyRulebook
  const book = draft === null ? live : ((await readRulebook(db, draft.version)) ?? live)
  return { live, book, edition: draft?.edition ?? 0, hasDraft: draft !== null }
}

const analysed = new Map<string, readonly RuleProblem[]>()

/** The problems of a rulebook, kept for as long as neither it nor what it names changes. */
export async function problemsOfBook(desk: Desk, db: Db, book: Rulebook): Promise<readonly RuleProblem[]> {
  const how = await analysingOf(desk, db)
  const { directory, webhooks, today } = how
  const key = hashOf([
    book,
    { ...directory, tags: [...directory.tags], calendars: [...directory.calendars] },
    [...webhooks],
    today,
  ])
  const known = analysed.get(key)
  if (known !== undefined) return known
  if (analysed.size > 20) analysed.clear()
  const fresh = analyse(book, how)
  analysed.set(key, fresh)
  return fresh
}

type Change = z.input<typeof ruleItem>['change']

/** How each rule of the draft differs from the live version. */
export function changesOf({ live, book }: Books): ReadonlyMap<number, Change> {
  return new Map(changesBetweenBooks(live, book).map(({ ruleId, change }) => [ruleId, change]))
}

/** Rules as items of a list. */
export async function presentItems(
  desk: Desk,
  db: Db,
  books: Books,
  rules: readonly Rule[],
  directory: Told,
): Promise<z.input<typeof ruleItem>[]> {
  const ids = rules.map(({ id }) => id)
  const [problems, health] = [await problemsOfBook(desk, db, books.book), await presentHealth(desk, db, ids)]
  const changes = changesOf(books)
  return rules.map((rule) => {
    const own = problems.filter(({ ruleId }) => ruleId === rule.id)
    const { id, key, kind, title, section, enabled, reviewBy } = rule
    return {
      id,
      key,
      kind,
      title,
      section,
      enabled,
      reviewBy,
      sentence: sentenceOf(rule, directory),
      owner: ownerOf(rule, directory),
      change: changes.get(id) ?? 'live',
      health: health(id),
      errors: own.filter(({ level }) => level === 'error').length,
      warnings: own.filter(({ level }) => level === 'warning').length,
    }
  })
}

/** How rules have fared in the last thirty days, by id. */
export async function presentHealth(
  desk: Desk,
  db: Db,
  ids: readonly number[],
): Promise<(id: number) => z.input<typeof ruleHealth>> {
  const health = await healthSince(db, ids, desk30DaysAgo(desk))
  const held = await countHeldMails(db, ids)
  return (id) => ({ ...(health.get(id) ?? noHealth), heldMails: held.get(id) ?? 0 })
}

export function ownerOf({ ownerId }: Rule, { agents }: Directory) {
  const owner = agents.find(({ id }) => id === ownerId)
  return owner === undefined ? null : { id: owner.id, name: owner.name }
}

/** A version of the rulebook with the names of those who made it. */
export function presentVersion(
  found: RulebookVersion,
  { agents }: Directory,
): z.input<typeof rulebookVersion> {
  const named = (personId: number | null) => {
    const agent = agents.find(({ id }) => id === personId)
    return agent === undefined ? null : { id: agent.id, name: agent.name }
  }
  const { version, state, edition, parentVersion, note, createdAt, changedAt, publishedAt, endedAt } = found
  const { percent, canaryFrom } = found
  const acknowledged =
    found.acknowledged === null ? null : { ...found.acknowledged, codes: [...found.acknowledged.codes] }
  return {
    version,
    state,
    edition,
    parentVersion,
    note,
    createdAt,
    changedAt,
    publishedAt,
    endedAt,
    percent,
    canaryFrom,
    acknowledged,
    createdBy: named(found.createdBy),
    publishedBy: named(found.publishedBy),
  }
}
