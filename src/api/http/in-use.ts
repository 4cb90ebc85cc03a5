// The guard around what the desk's setup points at: a team, agent, queue, mailbox, tag, category or field is not archived while
// something live or drafted uses it.
import { decline } from '#api/http/problem.ts'
import { usesOfThing, type ThingUse, type UserKind } from '#desk/uses.ts'
import type { Thing } from '#rules/thing.ts'
import type { Db } from '#store/database.ts'

const plural: Readonly<Record<UserKind, string>> = {
  rule: 'rules',
  view: 'views',
  mailbox: 'mailboxes',
  form: 'forms',
  hook: 'hooks',
  queue: 'queues',
  skill: 'skills',
  policy: 'policies',
  macro: 'macros',
  report: 'reports',
  retention: 'rules of retention',
  assistant: 'assistants',
}

/** Refuses `in_use` with all that uses a thing, or what of these kinds does; `name` is what macros may call it by. */
export async function refuseInUse(
  db: Db,
  thing: Thing,
  what: string,
  name: string | null = null,
  kinds = Object.keys(plural) as readonly UserKind[],
): Promise<void> {
  const uses = (await usesOfThing(db, thing, name)).filter(({ kind }) => kinds.includes(kind))
  if (uses.length === 0) return
  const names = uses.map(({ title }) => `“${title}”`)
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
  const counts = [...Map.groupBy(uses, ({ kind }) => kind)].map(([kind, { length }]) =>
    length === 1 ? `one ${kind}` : `${length} ${plural[kind]}`,
  )
  const places = [counts.slice(0, -1).join(', '), counts.at(-1)].filter(Boolean).join(' and ')
  const isRule = uses.some(({ kind }) => kind === 'rule')
  decline(
    'refused',
    `${what} is used in ${places}: ${shown}. Replace it there first${isRule ? ', and publish' : ''}.`,
    { refusal: 'in_use', uses: uses.map(named) },
  )
}

/** Rules and views under the names by which the API calls them too. */
function named(use: ThingUse): object {
  if (use.kind === 'rule') return { ...use, ruleId: use.id }
  return use.kind === 'view' ? { ...use, viewId: use.id } : use
}
