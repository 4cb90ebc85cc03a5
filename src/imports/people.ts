// Whom and what the stories of some tickets name, as it is here. People nobody knows any more are made: staff who left, or somebody
// unknown.
import { addFormerAgent, addUnreachable, agentsAmong } from '#imports/cast-store.ts'
import { putRefs, refsOf, type From } from '#imports/import-store.ts'
import type { TicketState, TicketStory } from '#imports/story.ts'
import { erasedAmong } from '#desk/privacy/mark-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Role } from '#people/role.ts'
import type { Transaction } from '#store/database.ts'
import type { Field } from '#setup/taxonomy-store.ts'

export type Cast = {
  /** By name at the source; everybody whom the stories name is there. */
  readonly people: ReadonlyMap<string, { readonly id: PersonId; readonly role: Role | null }>
  readonly teams: ReadonlyMap<string, number>
  readonly organizations: ReadonlyMap<string, number>
  readonly fields: ReadonlyMap<string, Field>
}

/** The name under which whoever nobody names is kept. */
export const NOBODY = 'nobody'

/** Finds everybody and everything that stories name. */
export async function castOf(
  desk: Desk,
  tx: Transaction,
  from: From,
  stories: readonly TicketStory[],
): Promise<Cast> {
  const states = stories.flatMap(({ steps, end }) => [...steps.map(({ set }) => set), end.set])
  const ids = async (kind: string, names: Iterable<string | null | undefined>) => {
    const wanted = [...new Set([...names].filter((name) => name != null))]
    const refs = await refsOf(tx, from.source, kind, wanted)
    return new Map([...refs].map(([name, { localId }]) => [name, localId]))
  }
  const { fields: here } = await desk.setup.now()
  const fields = await ids(
    'fields',
    states.flatMap(({ fields: set = {} }) => Object.keys(set)),
  )
  const byId = new Map(here.map((field) => [field.id as number, field]))
  return {
    people: await peopleOf(desk, tx, from, stories, states),
    teams: await ids(
      'groups',
      states.map(({ group }) => group),
    ),
    organizations: await ids(
      'organizations',
      states.map(({ organization }) => organization),
    ),
    fields: new Map(
      [...fields].flatMap(([name, id]) => {
        const field = byId.get(id)
        return field === undefined ? [] : [[name, field] as const]
      }),
    ),
  }
}

async function peopleOf(
  desk: Desk,
  tx: Transaction,
  from: From,
  stories: readonly TicketStory[],
  states: readonly TicketState[],
): Promise<Cast['people']> {
  const staff = new Set<string>()
  for (const { assignee } of states) if (assignee != null) staff.add(assignee)
  for (const { by, message } of stories.flatMap(({ steps }) => steps))
    if (by !== null && message !== null && message.direction !== 'inbound') staff.add(by)
  const named = new Set([NOBODY, ...staff])
  for (const { requester, participants, steps } of stories) {
    if (requester !== null) named.add(requester)
    participants.forEach(({ person }) => named.add(person))
    steps.forEach(({ by }) => by !== null && named.add(by))
  }
  const refs = await refsOf(tx, from.source, 'users', [...named])
  const people = new Map([...refs].map(([name, { localId }]) => [name, localId as PersonId]))
  // Who was erased here stays without a name.
  for (const [name, id] of await erasedAmong(tx, desk, { source: from.source, kind: 'users' }, [...named]))
    people.set(name, id as PersonId)
  for (const name of named) {
    if (people.has(name) || (name === NOBODY && !isNobodyNeeded(stories))) continue
    const called = stories.find(({ unlisted }) => unlisted?.has(name))?.unlisted?.get(name)
    people.set(name, await addLost(desk, tx, from, name, staff.has(name), called))
  }
  const roles = await agentsAmong(tx, [...people.values()])
  return new Map([...people].map(([name, id]) => [name, { id, role: roles.get(id) ?? null }]))
}

function isNobodyNeeded(stories: readonly TicketStory[]): boolean {
  return stories.some(({ requester, steps }) => requester === null || steps.some(({ by }) => by === null))
}

/** Makes somebody whom a source names and knows no more. */
export async function addLost(
  desk: Desk,
  tx: Transaction,
  from: From,
  name: string,
  isStaff: boolean,
  called?: string,
): Promise<PersonId> {
  const at = desk.clock.now()
  const id = await addUnreachable(tx, called ?? (isStaff ? 'Former agent' : 'Unknown person'), at)
  if (isStaff) await addFormerAgent(tx, id, 'agent', at)
  await putRefs(tx, from, [{ kind: 'users', sourceId: name, localId: id, version: 'lost', made: true }])
  return id
}
