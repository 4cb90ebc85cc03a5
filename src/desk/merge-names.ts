// Two categories or two tags become one: tickets go along in a job, what points at the one points at the other, and all of it can
// be taken back. Closed tickets keep their category, which is read as the one that it went into.
import { isDeepStrictEqual } from 'node:util'
import { editDraft } from '#desk/rules/rulebook.ts'
import type { Desk } from '#desk/desk.ts'
import { assert } from '#kit/assert.ts'
import type { CategoryId } from '#kit/ids.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { changeQueue, changeSkill, listQueues, listSkills } from '#routing/queue-store.ts'
import type { SkillNeed } from '#routing/book.ts'
import type { Cond } from '#rules/condition.ts'
import { changeMacro, sharedMacros } from '#rules/macro-store.ts'
import { changeRule, listRules } from '#desk/privacy/retention-store.ts'
import { conditionReplaced, replaced } from '#rules/references.ts'
import { findDraftVersion, liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Rule } from '#rules/rule.ts'
import type { Thing } from '#rules/thing.ts'
import { changeReport, everyReport } from '#reporting/saved-store.ts'
import { changeView, sharedViews } from '#rules/view-store.ts'
import { changeHook, everyHook } from '#channels/hook-store.ts'
import { changeForm, listForms } from '#setup/form-store.ts'
import { addMerge, carriers, endMerge, standingMerge, type MergeKind, type Swap } from '#setup/merge-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { addBulkJob, addUndoJob, endBulkJob, findBulkJob } from '#tickets/bulk-store.ts'
import type { Changes } from '#tickets/command.ts'

/** A category goes by its path. */
export type Name = { readonly id: number; readonly name: string }

/** Merges one name into another; answers the job that takes the tickets along. */
export async function mergeNames(
  desk: Desk,
  tx: Transaction,
  by: Principal,
  merge: { readonly kind: MergeKind; readonly from: Name; readonly into: Name },
): Promise<number> {
  const { kind, from, into } = merge
  const at = desk.clock.now()
  const swaps: Swap[] = await swapRules(desk, tx, by, merge)
  for (const holder of await holdersOf(desk, tx, by)) {
    const after = exchanged(holder, merge)
    if (isDeepStrictEqual(after, holder.value)) continue
    await holder.write(after)
    swaps.push({ kind: holder.kind, id: holder.id, before: holder.value, after })
  }
  const change: Changes =
    kind === 'category'
      ? { categoryId: into.id as CategoryId }
      : { addTags: [into.name], removeTags: [from.name] }
  const asked =
    kind === 'category' ? { category: into.name } : { addTags: [into.name], removeTags: [from.name] }
  const tickets = (await carriers(tx, kind, from)).filter(({ isClosed }) => kind === 'tag' || !isClosed)
  const jobId = await addBulkJob(
    tx,
    { agentId: by.agentId, at, change, asked },
    tickets.map(({ id }) => id),
  )
  await addMerge(tx, { kind, fromId: from.id, intoId: into.id, swaps, jobId }, at)
  await tellAll(tx, jobId)
  return jobId
}

/** Takes a merge back: what was rewritten since stays as it is. Answers the job; null when there is no merge. */
export async function unmergeNames(
  desk: Desk,
  tx: Transaction,
  by: Principal,
  { kind, id }: { readonly kind: MergeKind; readonly id: number },
): Promise<number | null> {
  const merge = await standingMerge(tx, kind, id)
  if (merge === null) return null
  const at = desk.clock.now()
  for (const holder of await holdersOf(desk, tx, by)) {
    const swap = swapOf(merge.swaps, holder.kind, holder.id)
    if (swap !== undefined && isDeepStrictEqual(holder.value, swap.after)) await holder.write(swap.before)
  }
  if (merge.swaps.some((swap) => swap.kind === 'rule'))
    await editDraft(desk, tx, by, (book) => ({ ...book, rules: book.rules.map(asBefore(merge.swaps)) }))
  await endMerge(tx, merge, at)
  const job = await findBulkJob(tx, merge.jobId)
  assert(job !== null, 'the job of a merge is kept')
  // What it has not come to yet, it need not do.
  if (job.state === 'running') await endBulkJob(tx, job.id, 'cancelled', at)
  const jobId = await addUndoJob(tx, job, { agentId: by.agentId, at })
  await tellAll(tx, jobId)
  return jobId
}

const swapOf = (swaps: readonly Swap[], kind: string, id: number) =>
  swaps.find((swap) => swap.kind === kind && swap.id === id)

const asBefore = (swaps: readonly Swap[]) => (rule: Rule) => {
  const swap = swapOf(swaps, 'rule', rule.id)
  return swap !== undefined && isDeepStrictEqual(plain(rule), swap.after) ? (swap.before as Rule) : rule
}

/** As it is kept. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

async function tellAll(tx: Transaction, jobId: number): Promise<void> {
  tell(tx, { lane: 'bulk' })
  tell(tx, { changed: 'jobs', id: jobId })
  for (const changed of ['categories', 'tags', 'forms', 'hooks', 'macros', 'views', 'savedReports'] as const)
    tell(tx, { changed, id: null })
  tell(tx, { lane: 'routing' })
}

type Merge = { readonly kind: MergeKind; readonly from: Name; readonly into: Name }

const thingOf = (kind: MergeKind, { id, name }: Name): Thing => ({ kind, id: kind === 'tag' ? name : id })

/** Rules are exchanged in the draft, which somebody then publishes. */
async function swapRules(desk: Desk, tx: Transaction, by: Principal, merge: Merge): Promise<Swap[]> {
  const version = (await findDraftVersion(tx))?.version ?? (await liveVersion(tx))
  const rules = (await readRulebook(tx, version))?.rules ?? []
  const after = replaced(rules, thingOf(merge.kind, merge.from), thingOf(merge.kind, merge.into).id)
  const swaps = rules.flatMap((rule, index): Swap[] =>
    rule === after[index]
      ? []
      : [{ kind: 'rule', id: rule.id, before: plain(rule), after: plain(after[index]) }],
  )
  if (swaps.length > 0) await editDraft(desk, tx, by, (book) => ({ ...book, rules: after }))
  return swaps
}

type Named = { readonly categoryIds: readonly number[]; readonly tags: readonly string[] }

/** A value of the setup that may name a category or a tag. */
type Holder = {
  readonly kind: string
  readonly id: number
  readonly value: unknown
  readonly write: (value: unknown) => Promise<unknown>
}

const EVERY = { q: '', archived: true, limit: 10_000, after: '' }

async function holdersOf(desk: Desk, tx: Transaction, by: Principal): Promise<Holder[]> {
  const at = desk.clock.now()
  const [views, macros] = [await sharedViews(tx), await sharedMacros(tx)]
  const [forms, queues, skills] = [await listForms(tx, EVERY), await listQueues(tx), await listSkills(tx)]
  return [
    ...views.map((view): Holder => {
      const write = (cond: unknown) => changeView(tx, view.id, { ...view, cond: cond as Cond }, at)
      return { kind: 'view', id: view.id, value: view.cond, write }
    }),
    ...(await everyReport(tx)).map((report): Holder => {
      const write = (cond: unknown) => changeReport(tx, report.id, { ...report, cond: cond as Cond }, at)
      return { kind: 'report', id: report.id, value: report.cond, write }
    }),
    ...macros.map((macro): Holder => {
      const write = (change: unknown) => changeMacro(tx, macro.id, { ...macro, change: change as object }, at)
      return { kind: 'macro', id: macro.id, value: macro.change, write }
    }),
    ...forms.map((form): Holder => {
      const write = (id: unknown) => changeForm(tx, form.id, { ...form, categoryId: id as CategoryId }, at)
      return { kind: 'form', id: form.id, value: form.categoryId, write }
    }),
    ...(await everyHook(tx)).map((hook): Holder => {
      const write = (id: unknown) => changeHook(tx, { ...hook, categoryId: id as CategoryId }, at)
      return { kind: 'hook', id: hook.id, value: hook.categoryId, write }
    }),
    ...queues.map(({ id, definition }): Holder => {
      const { filter, vip } = definition
      const write = (value: unknown) =>
        changeQueue(tx, id, { definition: { ...definition, ...(value as { filter: Cond; vip: Cond }) } })
      return { kind: 'queue', id, value: { filter, vip }, write }
    }),
    ...(await listRules(tx)).map(({ id, name, categoryIds, tags, isOn }): Holder => {
      const write = async (value: unknown) => {
        // It would erase what nobody looked at: it is turned on anew.
        const after = { ...(value as Named), isOn: false }
        await changeRule(tx, id, after)
        await audit(tx, by, at, {
          action: 'retention_changed',
          thing: { type: 'retention', id, name },
          changes: changesBetween({ categoryIds, tags, isOn }, after),
        })
        tell(tx, { changed: 'settings', id: null })
      }
      return { kind: 'retention', id, value: { categoryIds, tags }, write }
    }),
    ...skills.map(({ id, needs }): Holder => {
      const write = (value: unknown) => changeSkill(tx, id, { needs: value as SkillNeed[] })
      return { kind: 'skill', id, value: needs, write }
    }),
  ]
}

function exchanged({ kind, value }: Holder, merge: Merge): unknown {
  const [from, to] = [thingOf(merge.kind, merge.from), thingOf(merge.kind, merge.into).id]
  const inCond = (cond: Cond | null) => (cond === null ? null : conditionReplaced(cond, from, to))
  switch (kind) {
    case 'view':
    case 'report':
      return inCond(value as Cond)
    case 'queue': {
      const { filter, vip } = value as { filter: Cond | null; vip: Cond | null }
      return { filter: inCond(filter), vip: inCond(vip) }
    }
    case 'skill':
      return (value as readonly SkillNeed[]).map((need) => ({ ...need, filter: inCond(need.filter) }))
    case 'retention':
      return inRetention(value as Named, merge)
    case 'form':
    case 'hook':
      return merge.kind === 'category' && value === merge.from.id ? merge.into.id : value
    default:
      return inMacro(value as Readonly<Record<string, unknown>>, merge)
  }
}

function inRetention({ categoryIds, tags }: Named, { kind, from, into }: Merge): Named {
  const exchange = <T>(list: readonly T[], gone: T, come: T) =>
    list.includes(gone) ? [...new Set(list.map((each) => (each === gone ? come : each)))] : list
  return kind === 'category'
    ? { categoryIds: exchange(categoryIds, from.id, into.id), tags }
    : { categoryIds, tags: exchange(tags, from.name, into.name) }
}

/** Macros name both by their names. */
function inMacro(change: Readonly<Record<string, unknown>>, { kind, from, into }: Merge): object {
  const exchange = (key: string, value: unknown): unknown => {
    if (kind === 'category') return key === 'category' && value === from.name ? into.name : value
    if (!['tags', 'addTags', 'removeTags'].includes(key) || !Array.isArray(value)) return value
    return [...new Set(value.map((tag: unknown) => (tag === from.name ? into.name : tag)))]
  }
  return Object.fromEntries(Object.entries(change).map(([key, value]) => [key, exchange(key, value)]))
}
