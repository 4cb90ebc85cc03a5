// Makes a routing file so: teams and their members, skills and who has them, queues in their order. All or nothing.
import { refuseInUse } from '#api/http/in-use.ts'
import { definitionFrom, needsFrom } from '#api/routing/queue-input.ts'
import { tellAll } from '#api/routing/queues.ts'
import type { QueueInFile, RoutingFile } from '#commands/routing-file.ts'
import { bySystem } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { releaseTicketsOf } from '#desk/leave.ts'
import type { TeamId } from '#kit/ids.ts'
import { addTeam, listTeams, setMembersOf } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { amongOthers } from '#programs/configuration/order.ts'
import type { QueueRow } from '#routing/book.ts'
import { addQueue, addSkill, changeQueue, changeSkill, listQueues, listSkills } from '#routing/queue-store.ts'
import { readStaff, setSkills } from '#routing/staff-store.ts'
import { listCalendars } from '#sla/agreement-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

/** A file names something that is not there. */
export class Unknown extends Error {}

type Ids = ReadonlyMap<string, number>

/** In whose name, null for the command line; and whether skills and queues go that a file's lists do not name. */
export type Routed = { readonly by: Principal | null; readonly prunes: boolean }

/** Applies a file. Throws `Unknown`, or what the API would decline, with nothing written once the transaction ends. */
export async function applyRouting(
  desk: Desk,
  tx: Transaction,
  file: RoutingFile,
  { by, prunes }: Routed = { by: null, prunes: true },
): Promise<void> {
  const { directory } = await desk.setup.now()
  const agents: Ids = new Map(
    directory.agents.filter(({ archived }) => !archived).map(({ email, id }) => [email.toLowerCase(), id]),
  )
  const teams = await applyTeams(desk, tx, file, agents)
  const skills = await applySkills(desk, tx, file, { agents, prunes })
  if (file.queues !== undefined) await applyQueues(desk, tx, file.queues, { teams, skills, prunes })
  const thing = { type: 'routing', id: null, name: 'file' }
  await audit(tx, by, desk.clock.now(), { action: 'routing_applied', thing })
  tell(tx, { changed: 'teams', id: null })
  await tellAll(tx)
}

const idOf = (ids: Ids, name: string, what: string): number => {
  const id = ids.get(name)
  if (id === undefined) throw new Unknown(`There is no ${what} ${name}.`)
  return id
}

async function applyTeams(
  desk: Desk,
  tx: Transaction,
  { teams = [] }: RoutingFile,
  agents: Ids,
): Promise<Ids> {
  const known = await listTeams(tx, { q: '', limit: 10_000, after: null, archived: false })
  const ids = new Map<string, number>(known.map(({ name, id }) => [name, id]))
  for (const { name, members } of teams) {
    const memberIds = members.map((email) => idOf(agents, email, 'active agent'))
    const id = ids.get(name) ?? (await addTeam(tx, name))
    if (id === null) throw new Unknown(`The team ${name} is archived: restore it first.`)
    ids.set(name, id)
    for (const agentId of await setMembersOf(tx, id, memberIds, desk.clock.now()))
      await releaseTicketsOf(desk, tx, { agentId, teamIds: [id as TeamId], by: bySystem })
  }
  return ids
}

async function applySkills(
  desk: Desk,
  tx: Transaction,
  { skills }: RoutingFile,
  { agents, prunes }: { agents: Ids; prunes: boolean },
): Promise<Ids> {
  const known = await listSkills(tx)
  const ids = new Map(known.map(({ name, id }) => [name, id]))
  const staff = await readStaff(tx)
  for (const { name, needs, holders } of skills ?? []) {
    const kept = await needsFrom(desk, needs)
    const id = ids.get(name) ?? (await addSkill(tx, name, kept))
    if (id === null) throw new Unknown(`The skill ${name} was archived: choose another name.`)
    ids.set(name, id)
    await changeSkill(tx, id, { needs: kept })
    const levels = new Map(
      Object.entries(holders).map(([email, level]) => [idOf(agents, email, 'active agent'), level]),
    )
    for (const agent of staff)
      await setSkills(tx, agent.id, [{ skillId: id, level: levels.get(agent.id) ?? 0 }])
  }
  for (const { name, id } of known)
    if (prunes && skills?.every((each) => each.name !== name))
      await changeSkill(tx, id, { archivedAt: desk.clock.now() })
  return ids
}

async function applyQueues(
  desk: Desk,
  tx: Transaction,
  queues: readonly QueueInFile[],
  { teams, skills, prunes }: { teams: Ids; skills: Ids; prunes: boolean },
): Promise<void> {
  const calendars: Ids = new Map((await listCalendars(tx)).map(({ name, id }) => [name, id]))
  const known = new Map((await listQueues(tx)).map((row) => [row.title, row]))
  const seeing = await deskThatSees(desk, tx)
  for (const { title, primaryTeams } of queues)
    if (!known.has(title)) {
      const plain = { title, primaryTeams: primaryTeams.map((each) => idOf(teams, each, 'team')), relax: [] }
      const added = await addQueue(tx, title, await definitionFrom(seeing, plain, null))
      if (added === null) throw new Unknown(`The queue ${title} was archived: choose another title.`)
    }
  const rows = new Map((await listQueues(tx)).map((row) => [row.title, row]))
  // Again, with the queues that have just been added: others may overflow into them.
  const knowing = await deskThatSees(desk, tx)
  const titles = queues.map(({ title }) => title)
  const places = prunes ? titles : amongOthers([...known.keys()], titles)
  for (const queue of queues) {
    const row = rows.get(queue.title) as QueueRow
    const body = bodyOf(queue, {
      teams,
      skills,
      calendars,
      queues: new Map([...rows].map(([title, { id }]) => [title, id])),
    })
    await changeQueue(tx, row.id, {
      definition: await definitionFrom(knowing, body, row),
      position: places.indexOf(queue.title) + 1,
    })
  }
  for (const [title, { id }] of known)
    if (!titles.includes(title))
      await changeQueue(
        tx,
        id,
        prunes ? { archivedAt: desk.clock.now() } : { position: places.indexOf(title) + 1 },
      )
  // Once all are gone: one may have overflowed into another.
  for (const [title, { id }] of known)
    if (prunes && !titles.includes(title))
      await refuseInUse(tx, { kind: 'queue', id }, `The queue “${title}”`)
}

type Names = { teams: Ids; skills: Ids; calendars: Ids; queues: Ids }

function bodyOf(queue: QueueInFile, { teams, skills, calendars, queues }: Names) {
  const { primaryTeams, secondaryTeams, calendar, needs, overflowsInto, ...rest } = queue
  return {
    ...rest,
    primaryTeams: primaryTeams.map((each) => idOf(teams, each, 'team')),
    secondaryTeams: secondaryTeams?.map((each) => idOf(teams, each, 'team')),
    calendar:
      calendar === undefined || calendar === 'always'
        ? calendar
        : String(idOf(calendars, calendar, 'calendar')),
    needs: needs?.map(({ skill, ...need }) => ({ skillId: idOf(skills, skill, 'skill'), ...need })),
    overflowQueueId:
      overflowsInto === undefined || overflowsInto === null
        ? overflowsInto
        : idOf(queues, overflowsInto, 'queue'),
  }
}

/** The desk as it is inside the transaction: what was added a moment ago can be named. */
async function deskThatSees(desk: Desk, tx: Transaction): Promise<Desk> {
  const setup = await desk.setup.now()
  const teams = (await listTeams(tx, { q: '', limit: 10_000, after: null, archived: false })).map(
    ({ id, name, archived }) => ({ id, name, archived }),
  )
  const queues = await listQueues(tx)
  const skills = await listSkills(tx)
  const seen = {
    ...setup,
    directory: {
      ...setup.directory,
      teams,
      queues: queues.map(({ id, title }) => ({ id, name: title, archived: false })),
    },
    routing: { ...setup.routing, queues, skills },
  }
  return { ...desk, setup: { now: () => Promise.resolve(seen), forget: desk.setup.forget } }
}
