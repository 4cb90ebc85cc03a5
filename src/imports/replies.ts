// Canned texts and macros of another desk as macros here. What is here already is never written over, nor what somebody has changed
// here since it came.
import { agentsAmong } from '#imports/cast-store.ts'
import { outcomeOf, placeOf, type Result } from '#imports/counts.ts'
import { putRefs, refsOf, type From, type Ref } from '#imports/import-store.ts'
import { keeper } from '#imports/keeper.ts'
import { allSaid } from '#imports/placeholders.ts'
import { valueFor } from '#imports/read-field-value.ts'
import { ME, type ReplyStory } from '#imports/story.ts'
import { besideMacros, sameMacro } from '#imports/text-store.ts'
import { versionOf } from '#imports/version.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TeamId } from '#kit/ids.ts'
import { written } from '#mail/written.ts'
import { addMacro, changeMacro, findMacro, type NewMacro } from '#rules/macro-store.ts'
import { noteTags, type Field } from '#setup/taxonomy-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const LONGEST = 100_000

/** Tells canned texts and macros. */
export async function tellReplies(
  desk: Desk,
  tx: Transaction,
  from: From,
  replies: readonly ReplyStory[],
): Promise<Result[]> {
  const results: Result[] = []
  for (const reply of replies) {
    const { kind, id } = reply
    const { outcome, reason } = await tellReply(desk, tx, from, reply)
    if (reply.rest !== undefined) await archiveGone(desk, tx, from, id, reply.rest)
    results.push({ kind, id, ...placeOf(reply), outcome, ...(reason === null ? {} : { reason }) })
  }
  tell(tx, { changed: 'macros', id: null })
  return results
}

type Said = Pick<Result, 'outcome'> & { readonly reason: string | null }

async function tellReply(desk: Desk, tx: Transaction, from: From, reply: ReplyStory): Promise<Said> {
  const { kind, id, version, mended } = reply
  const ref = (await refsOf(tx, from.source, kind, [id])).get(id)
  const { macro, lost } = await macroOf(desk, tx, from, reply)
  const reason = allSaid([mended, ...lost])
  if (macro.body === null && Object.keys(macro.change).length === 0)
    return { outcome: 'skipped', reason: reason ?? 'it says nothing and changes nothing' }
  const at = desk.clock.now()
  const keep = (localId: number, made: boolean) =>
    putRefs(tx, from, [{ kind, sourceId: id, localId, version, told: [printOf(macro)], made }])
  // One that was here before it came is the desk's own: what is newer there comes beside it.
  if (ref === undefined || (!ref.made && !ref.told.includes(printOf(macro)))) {
    const same = await sameMacro(tx, macro, from.source)
    await keep(same ?? (await addMacro(tx, macro, at)), same === null)
    return { outcome: same === null ? 'created' : 'unchanged', reason }
  }
  if (!ref.made) {
    await keep(ref.localId, false)
    return { outcome: 'unchanged', reason }
  }
  if (!(await isAsTold(desk, tx, ref)))
    return { outcome: 'skipped', reason: 'it was changed here since it came: left as it is here' }
  await changeMacro(tx, ref.localId, macro, at)
  await keep(ref.localId, false)
  return { outcome: outcomeOf(ref.version, version), reason }
}

/** Of a record that is for fewer teams than before, the macros of the others go out of use; what somebody has changed here stays. */
async function archiveGone(
  desk: Desk,
  tx: Transaction,
  from: From,
  id: string,
  rest: readonly string[],
): Promise<void> {
  const gone = (await besideMacros(tx, from.source, id)).filter((each) => !rest.includes(each))
  for (const [sourceId, ref] of await refsOf(tx, from.source, 'replies', gone)) {
    const now = await findMacro(tx, ref.localId, desk.clock.now())
    if (now === null || now.archived || !(await isAsTold(desk, tx, ref))) continue
    const macro = { ...now, archived: true }
    await changeMacro(tx, ref.localId, macro, desk.clock.now())
    // Its version is none of the record: should it be for that team again, it is told anew.
    const { localId } = ref
    const told = [printOf(macro)]
    await putRefs(tx, from, [{ kind: 'replies', sourceId, localId, version: '', told, made: true }])
  }
}

/** Whether a macro still says and does what it was told with. */
export async function isAsTold(
  desk: Desk,
  tx: Transaction,
  { localId, told }: Pick<Ref, 'localId' | 'told'>,
): Promise<boolean> {
  const now = await findMacro(tx, localId, desk.clock.now())
  return now !== null && told.includes(printOf(now))
}

function printOf(macro: NewMacro & { readonly files?: readonly object[] }): string {
  const { name, scope, teamId, change, messageKind, body, texts, folder, archived, files = [] } = macro
  return versionOf([name, scope, teamId, change, messageKind, body, texts, folder, archived, files])
}

async function macroOf(
  desk: Desk,
  tx: Transaction,
  from: From,
  reply: ReplyStory,
): Promise<{ macro: NewMacro; lost: string[] }> {
  const lost: string[] = []
  const teamOf = async (group: string | null | undefined): Promise<TeamId | null> => {
    if (group == null) return null
    const found = (await refsOf(tx, from.source, 'groups', [group])).get(group)?.localId
    if (found === undefined) lost.push('its team is not here')
    return (found as TeamId | undefined) ?? null
  }
  const teamId = await teamOf(reply.group)
  const owner = reply.owner === null ? null : await agentOf(tx, from, reply.owner)
  if (reply.owner !== null && owner === null)
    lost.push('its owner is no agent here: it is kept by an administrator')
  const isPersonal = reply.owner !== null || (reply.group !== null && teamId === null)
  const { body, why } = bodyOf(reply.html)
  const pictures = picturesIn(reply.html) - picturesIn(body)
  if (why === null && pictures > 0) lost.push(`its pictures stay behind (${pictures})`)
  if (why !== null) lost.push(why)
  const change = await changeOf(desk, tx, from, reply, { lost, teamOf })
  return {
    macro: {
      name: reply.name.trim().slice(0, 200) || '(no name)',
      // What only some could see there is never shown to more here.
      scope: isPersonal ? 'personal' : teamId === null ? 'shared' : 'team',
      ownerId: owner ?? (await keeper(desk, tx, from)),
      teamId: isPersonal ? null : teamId,
      change,
      messageKind: body === null ? null : reply.messageKind,
      body,
      texts: {},
      folder: reply.folder.slice(0, 100).trim(),
      archived: !reply.isInUse,
    },
    lost,
  }
}

async function agentOf(tx: Transaction, from: From, user: string): Promise<PersonId | null> {
  const id = (await refsOf(tx, from.source, 'users', [user])).get(user)?.localId
  return id !== undefined && (await agentsAmong(tx, [id])).has(id) ? (id as PersonId) : null
}

/** Cleaned as any macro; what only looked like a text is none. */
function bodyOf(html: string | null): { body: string | null; why: string | null } {
  if (html === null) return { body: null, why: null }
  const { text, html: clean } = written(html, 'html')
  if (text.trim() === '' && !/<(?:img|hr)\b/.test(clean ?? '')) return { body: null, why: null }
  if ((clean ?? '').length > LONGEST)
    return { body: null, why: `its text is longer than ${LONGEST} characters` }
  return { body: clean, why: null }
}

function picturesIn(html: string | null): number {
  return html?.match(/<img\b/gi)?.length ?? 0
}

type Finding = {
  readonly lost: string[]
  readonly teamOf: (group: string | null | undefined) => Promise<TeamId | null>
}

/** What it changes, as macros here ask for it. */
async function changeOf(
  desk: Desk,
  tx: Transaction,
  from: From,
  { set }: ReplyStory,
  { lost, teamOf }: Finding,
): Promise<object> {
  const { status, priority, assignee, group, addTags = [], removeTags = [], fields = {} } = set
  const agent = assignee == null || assignee === ME ? null : await agentOf(tx, from, assignee)
  if (assignee != null && assignee !== ME && agent === null) lost.push('whom it assigns is no agent here')
  const isAssigning = assignee !== undefined && (assignee === null || assignee === ME || agent !== null)
  const team = await teamOf(group)
  const values = await valuesOf(desk, tx, from, fields, lost)
  if (addTags.length > 0) await noteTags(tx, [...addTags])
  return {
    ...(status === undefined || status === 'new' ? {} : { status }),
    ...(priority === undefined ? {} : { priority }),
    ...(isAssigning ? { assignee: assignee === ME ? ME : agent } : {}),
    ...(group === undefined || (group !== null && team === null) ? {} : { team }),
    ...(addTags.length === 0 ? {} : { addTags: addTags.slice(0, 100) }),
    ...(removeTags.length === 0 ? {} : { removeTags: removeTags.slice(0, 100) }),
    ...(Object.keys(values).length === 0 ? {} : { fields: values }),
  }
}

async function valuesOf(
  desk: Desk,
  tx: Transaction,
  from: From,
  fields: NonNullable<ReplyStory['set']['fields']>,
  lost: string[],
): Promise<Record<string, unknown>> {
  const names = Object.keys(fields)
  const refs = await refsOf(tx, from.source, 'fields', names)
  const here = (await desk.setup.now()).fields
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const field = here.find(({ id }) => id === refs.get(name)?.localId)
    const value = field === undefined ? undefined : valueFor(field.type, fields[name] ?? null)
    if (field === undefined || value === undefined || !isOption(field, value))
      lost.push(`it sets a field to what it cannot be here: ${field?.label ?? name}`)
    else values[field.key] = value
  }
  return values
}

function isOption({ type, options }: Field, value: unknown): boolean {
  if (value === null || (type !== 'select' && type !== 'multi_select')) return true
  return (Array.isArray(value) ? value : [value]).every((each) => options.includes(String(each)))
}
