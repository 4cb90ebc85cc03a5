// What of the desk's setup points at a thing, so that nothing is put away while something live still feeds it; and the move of
// all that feeds a team to another one.
import { saysOf } from '#assistant/config.ts'
import { findConfig, liveAssistant } from '#assistant/config-store.ts'
import { everyHook, moveHooks } from '#channels/hook-store.ts'
import type { Hook } from '#channels/hook.ts'
import { listRules } from '#desk/privacy/retention-store.ts'
import { editDraft } from '#desk/rules/rulebook.ts'
import type { Desk } from '#desk/desk.ts'
import type { TeamId } from '#kit/ids.ts'
import type { Principal } from '#people/can.ts'
import { changeQueue, listQueues, listSkills } from '#routing/queue-store.ts'
import type { QueueRow, Skill } from '#routing/book.ts'
import type { Cond } from '#rules/condition.ts'
import { changeMacro, sharedMacros, type Macro } from '#rules/macro-store.ts'
import { referencesIn, replaced, usesOf } from '#rules/references.ts'
import { findCanary } from '#rules/canary-store.ts'
import { findDraftVersion, liveVersion, readRulebook } from '#rules/rulebook-store.ts'
import type { Thing } from '#rules/thing.ts'
import { everyReport, moveReports, type SavedReport } from '#reporting/saved-store.ts'
import { changeView, sharedViews, type View } from '#rules/view-store.ts'
import { changeForm, listForms } from '#setup/form-store.ts'
import type { Form } from '#setup/form.ts'
import { changeMailbox, listMailboxes, type Mailbox } from '#setup/mailbox-store.ts'
import { listPolicies } from '#sla/agreement-store.ts'
import type { Db, Transaction } from '#store/database.ts'

export type UserKind =
  | 'rule'
  | 'view'
  | 'mailbox'
  | 'form'
  | 'hook'
  | 'queue'
  | 'skill'
  | 'policy'
  | 'macro'
  | 'report'
  | 'retention'
  | 'assistant'
/** `moves`: it names the team in a place that can be exchanged; a condition is a person's to rewrite. */
export type ThingUse = {
  readonly kind: UserKind
  readonly id: number
  readonly title: string
  readonly moves: boolean
}

const EVERY = { q: '', archived: false, limit: 10_000, after: '' }

/** All that is live or drafted and points at a thing, which macros may name by `name` too. */
export async function usesOfThing(db: Db, thing: Thing, name: string | null): Promise<ThingUse[]> {
  const names = (cond: Cond | null) => cond !== null && isNamed(thing, cond)
  const policies = (await listPolicies(db)).filter(({ archived }) => !archived)
  const skills = (await listSkills(db)).filter(({ needs }: Skill) =>
    needs.some(({ filter }) => names(filter)),
  )
  return [
    ...(await rulesUsing(db, thing)),
    ...(await sharedViews(db)).filter(({ archivedAt }) => archivedAt === null).flatMap(ofView(thing, names)),
    ...(await listMailboxes(db))
      .filter((mailbox) => isFedBy(thing, mailbox))
      .map(({ id, address }) => ({ kind: 'mailbox' as const, id, title: address, moves: true })),
    ...(await listForms(db, EVERY))
      .filter((form) => isFedBy(thing, form) || asks(thing, form))
      .map(({ id, title }) => ({ kind: 'form' as const, id, title, moves: true })),
    ...(await everyHook(db))
      .filter((hook) => !hook.archived && (isFedBy(thing, hook) || fills(thing, hook)))
      .map(({ id, name: title }) => ({ kind: 'hook' as const, id, title, moves: true })),
    ...(await listQueues(db)).flatMap(ofQueue(thing, names)),
    ...skills.map(({ id, name: title }) => ({ kind: 'skill' as const, id, title, moves: false })),
    ...policies
      .filter(({ definition }) => names(definition.filter))
      .map(({ id, title }) => ({ kind: 'policy' as const, id, title, moves: false })),
    ...(await sharedMacros(db)).flatMap(ofMacro(thing, name)),
    ...(await listRules(db))
      .filter(({ categoryIds, tags }) => isOneOf(thing, categoryIds, tags))
      .map(({ id, name: title }) => ({ kind: 'retention' as const, id, title, moves: false })),
    ...(await assistantUsing(db, thing)),
    // One's own are one's own matter; what others look at must go on meaning what it says.
    ...(await everyReport(db)).filter(({ scope }) => scope !== 'personal').flatMap(ofReport(thing, names)),
  ]
}

const isOneOf = ({ kind, id }: Thing, categoryIds: readonly number[], tags: readonly string[]) =>
  (kind === 'category' && categoryIds.some((each) => each === id)) ||
  (kind === 'tag' && tags.some((each) => each === id))

function isNamed({ kind, id }: Thing, cond: Cond): boolean {
  return referencesIn(cond).some((each) => each.kind === kind && each.id === id)
}

/** A rule's owner may leave: the rule then cannot be published until it has another. */
async function rulesUsing(db: Db, thing: Thing): Promise<ThingUse[]> {
  const versions = [
    await liveVersion(db),
    (await findDraftVersion(db))?.version ?? null,
    (await findCanary(db))?.version ?? null,
  ]
  const found = new Map<number, ThingUse>()
  for (const version of versions) {
    const book = version === null ? null : await readRulebook(db, version)
    for (const { ruleId, title, place } of book === null ? [] : usesOf(thing, book))
      if (place !== 'ownerId') found.set(ruleId, { kind: 'rule', id: ruleId, title, moves: false })
  }
  return [...found.values()]
}

/** The live version, which is read by merges: another one says it anew. */
async function assistantUsing(db: Db, { kind, id }: Thing): Promise<ThingUse[]> {
  const { version } = await liveAssistant(db)
  const config = version === null ? undefined : (await findConfig(db, version))?.content
  if (version === null || config === undefined || !saysOf(config, kind, id)) return []
  return [{ kind: 'assistant', id: version, title: config.name, moves: false }]
}

const ofView =
  (thing: Thing, names: (cond: Cond | null) => boolean) =>
  ({ id, name: title, teamId, cond }: View): ThingUse[] => {
    const isOwn = thing.kind === 'team' && teamId === thing.id
    return isOwn || names(cond) ? [{ kind: 'view', id, title, moves: isOwn && !names(cond) }] : []
  }

const ofReport =
  (thing: Thing, names: (cond: Cond | null) => boolean) =>
  ({ id, name: title, teamId, cond }: SavedReport): ThingUse[] => {
    const isOwn = thing.kind === 'team' && teamId === thing.id
    return isOwn || names(cond) ? [{ kind: 'report', id, title, moves: isOwn && !names(cond) }] : []
  }

function isFedBy({ kind, id }: Thing, by: Mailbox | Form | Hook): boolean {
  if (kind === 'team') return by.teamId === id
  if (kind === 'brand') return by.brandId === id
  return kind === 'category' && 'categoryId' in by && by.categoryId === id
}

const asks = ({ kind, id }: Thing, { questions }: Form): boolean =>
  kind === 'field' && questions.some(({ ask, when }) => ask === `field.${id}` || when?.ask === `field.${id}`)

const fills = (thing: Thing, { mapping }: Hook): boolean =>
  thing.kind === 'field' && mapping.fields.some(({ field }) => field === thing.id)

const ofQueue =
  (thing: Thing, names: (cond: Cond | null) => boolean) =>
  ({ id, title, definition }: QueueRow): ThingUse[] => {
    const { teams, filter, vip, overflowQueueId } = definition
    const inCondition = names(filter) || names(vip)
    const isOwn =
      (thing.kind === 'team' && [...teams.primary, ...teams.secondary].some((team) => team === thing.id)) ||
      (thing.kind === 'queue' && overflowQueueId === thing.id)
    return isOwn || inCondition ? [{ kind: 'queue', id, title, moves: isOwn && !inCondition }] : []
  }

const keyOfChange: Readonly<Partial<Record<Thing['kind'], string>>> = {
  team: 'team',
  agent: 'assignee',
  category: 'category',
}

const ofMacro =
  (thing: Thing, name: string | null) =>
  ({ id, name: title, teamId, change }: Macro): ThingUse[] => {
    const given = change as Readonly<Record<string, unknown>>
    const value = given[keyOfChange[thing.kind] ?? '']
    const tags = [given['tags'], given['addTags'], given['removeTags']].flat()
    const names =
      (value !== undefined && (value === thing.id || value === name)) ||
      (thing.kind === 'tag' && tags.includes(thing.id)) ||
      (thing.kind === 'field' && Object.hasOwn(given['fields'] ?? {}, String(thing.id)))
    const isOwn = thing.kind === 'team' && teamId === thing.id
    return isOwn || names ? [{ kind: 'macro', id, title, moves: thing.kind === 'team' }] : []
  }

/** Gives all that feeds a team to another one. Rules are exchanged in the draft, which somebody then publishes. */
export async function moveFeeds(
  desk: Desk,
  db: Transaction,
  principal: Principal,
  { from, to }: { readonly from: { id: number; name: string }; readonly to: number },
): Promise<void> {
  const thing: Thing = { kind: 'team', id: from.id }
  const at = desk.clock.now()
  const teamId = to as TeamId
  const moving = (await usesOfThing(db, thing, from.name)).filter(({ moves }) => moves)
  const isMoving = (kind: UserKind, id: number) => moving.some((use) => use.kind === kind && use.id === id)
  for (const { kind, id } of moving) if (kind === 'mailbox') await changeMailbox(db, id, { teamId }, at)
  for (const form of await listForms(db, EVERY))
    if (isMoving('form', form.id)) await changeForm(db, form.id, { ...form, teamId }, at)
  await moveHooks(db, from.id, teamId)
  const exchanged = (ids: readonly number[]) => [...new Set(ids.map((id) => (id === from.id ? to : id)))]
  for (const { id, definition } of await listQueues(db)) {
    const { primary, secondary } = definition.teams
    const teams = { primary: exchanged(primary), secondary: exchanged(secondary) }
    if (isMoving('queue', id)) await changeQueue(db, id, { definition: { ...definition, teams } })
  }
  for (const view of await sharedViews(db))
    if (isMoving('view', view.id)) await changeView(db, view.id, { ...view, teamId }, at)
  await moveReports(db, from.id, teamId, at)
  for (const macro of await sharedMacros(db)) {
    const change = 'team' in macro.change ? { ...macro.change, team: to } : macro.change
    const own = macro.teamId === from.id ? { teamId } : {}
    if (isMoving('macro', macro.id)) await changeMacro(db, macro.id, { ...macro, change, ...own }, at)
  }
  if ((await rulesUsing(db, thing)).length > 0)
    await editDraft(desk, db, principal, (book) => ({ ...book, rules: replaced(book.rules, thing, to) }))
}
