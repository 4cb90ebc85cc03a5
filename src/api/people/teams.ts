// Teams: groups of agents. An agent who leaves a team gives its active tickets back.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  deskQuery,
  newTeam,
  team,
  teamArchive,
  teamArchived,
  teamPage,
  teamPatch,
  teamUses,
} from '#api/contract/desk.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refuseInUse } from '#api/http/in-use.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { tellAll } from '#api/routing/queues.ts'
import { route } from '#api/route.ts'
import { byOf } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { moveFeeds, usesOfThing, type ThingUse } from '#desk/uses.ts'
import { releaseTicketsOf } from '#desk/leave.ts'
import type { PersonId } from '#kit/ids.ts'
import {
  addTeam,
  changeTeam,
  countActiveOf,
  findTeam,
  findTeamByName,
  listTeams,
  setMembersOf,
} from '#people/agent-store.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Team } from '#people/people.ts'
import { lookAtWaiting } from '#routing/queue-store.ts'
import { tell } from '#store/listen.ts'

const byName = ({ name, id }: { name: string; id: number }) => ({ name, id })

export function teamRoutes(app: FastifyInstance, desk: Desk): void {
  feedRoutes(app, desk)
  route(app, desk, {
    method: 'GET',
    url: '/teams',
    access: 'desk.read',
    summary: 'Teams by name',
    query: deskQuery,
    answer: teamPage,
    handler: async ({ db, query: { q = '', limit, cursor, archived } }) => {
      const page = { q, limit: limit + 1, archived: archived === 'true', after: readCursor(cursor, nameKey) }
      return pageFrom(await listTeams(db, page), limit, byName, presentTeam)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/teams/:id',
    access: 'desk.read',
    summary: 'One team',
    params: idParams,
    answer: team,
    handler: async ({ db, params }) => presentTeam((await findTeam(db, params.id)) ?? decline('not-found')),
  })
  route(app, desk, {
    method: 'POST',
    url: '/teams',
    access: 'teams.write',
    stepUp: true,
    summary: 'Adds a team',
    body: newTeam,
    answer: team,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const added = (await addTeam(db, body.name)) ?? declineInput('name', 'is taken')
      await setMembersOf(db, added, body.members ?? [], at)
      await audit(db, principal, at, {
        action: 'team_added',
        thing: { type: 'team', id: added, name: body.name },
      })
      tell(db, { changed: 'teams', id: added })
      return presentTeam((await findTeam(db, added)) ?? decline('not-found'))
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/teams/:id',
    access: 'teams.write',
    stepUp: true,
    summary: 'Renames a team, sets its members, archives it',
    params: idParams,
    body: teamPatch,
    answer: team,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = (await findTeam(db, params.id)) ?? decline('not-found')
      const owner = body.name === undefined ? null : await findTeamByName(db, body.name)
      if (owner !== null && owner.id !== from.id) declineInput('name', 'is taken')
      if (body.archived === true && !from.archived)
        await refuseInUse(db, { kind: 'team', id: from.id }, `The team “${from.name}”`, from.name)
      await changeTeam(db, from.id, body, at)
      const left: readonly PersonId[] =
        body.members === undefined ? [] : await setMembersOf(db, from.id, body.members, at)
      for (const agentId of left)
        await releaseTicketsOf(desk, db, { agentId, teamIds: [from.id], by: byOf(principal) })
      const to = (await findTeam(db, from.id)) ?? decline('not-found')
      const plain = ({ name, archived, members }: Team) => ({
        name,
        archived,
        members: members.map((each) => each.name),
      })
      await audit(db, principal, at, {
        action: 'team_changed',
        thing: { type: 'team', id: to.id, name: to.name },
        changes: changesBetween(plain(from), plain(to)),
        back: {
          method: 'PATCH',
          path: `/teams/${from.id}`,
          body: { name: from.name, archived: from.archived, members: from.members.map((each) => each.id) },
        },
      })
      if (body.members !== undefined) await lookAtWaiting(db)
      tell(db, { changed: 'teams', id: to.id })
      return presentTeam(to)
    },
  })
}

/** What feeds a team, and its move: shown first, then done together with the archiving, or not at all. */
function feedRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/teams/:id/uses',
    access: 'teams.write',
    summary: 'What feeds a team or points at it, and how many of its tickets are open',
    params: idParams,
    answer: teamUses,
    handler: async ({ db, params }) => {
      const found = (await findTeam(db, params.id)) ?? decline('not-found')
      return {
        items: await usesOfThing(db, { kind: 'team', id: found.id }, found.name),
        activeTickets: await countActiveOf(db, found.id),
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/teams/:id/archive',
    access: 'teams.write',
    summary:
      'Gives all that feeds a team to another one and archives it; what a person must rewrite stays named',
    params: idParams,
    body: teamArchive,
    answer: teamArchived,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = (await findTeam(db, params.id)) ?? decline('not-found')
      const to = await findTeam(db, body.moveTo)
      if (to === null || to.archived || to.id === from.id)
        return declineInput('moveTo', 'is not another team')
      const thing = { kind: 'team' as const, id: from.id }
      const before = await usesOfThing(db, thing, from.name)
      await moveFeeds(desk, db, principal, { from, to: to.id })
      const left = await usesOfThing(db, thing, from.name)
      if (left.length === 0) await changeTeam(db, from.id, { archived: true }, at)
      const isLeft = (use: ThingUse) => left.some(({ kind, id }) => kind === use.kind && id === use.id)
      const moved = before.filter((use) => !isLeft(use))
      await audit(db, principal, at, {
        action: 'team_changed',
        thing: { type: 'team', id: from.id, name: from.name },
        changes: [
          ...changesBetween({ archived: from.archived }, { archived: left.length === 0 }),
          ...moved.map(({ title }) => ({ field: title, from: from.name, to: to.name })),
        ],
      })
      await tellAll(db)
      for (const changed of ['teams', 'mailboxes', 'forms', 'macros', 'views'] as const)
        tell(db, { changed, id: null })
      return { archived: left.length === 0, moved, left }
    },
  })
}

function presentTeam(found: Team): z.input<typeof team> {
  return { ...found, members: [...found.members] }
}
