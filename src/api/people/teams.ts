// Teams: groups of agents. An agent who leaves a team gives its active tickets back.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { deskQuery, newTeam, team, teamPage, teamPatch } from '#api/contract/desk.ts'
import { idParams } from '#api/contract/shapes.ts'
import { refuseInUse } from '#api/rules/in-use.ts'
import { nameKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { byOf } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { releaseTicketsOf } from '#desk/leave.ts'
import type { PersonId } from '#kit/ids.ts'
import {
  addTeam,
  changeTeam,
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
      const added = (await addTeam(db, body.name)) ?? declineInput('name', 'is taken')
      await setMembersOf(db, added, body.members ?? [])
      await audit(db, principal, desk.clock.now(), {
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
        await refuseInUse(db, { kind: 'team', id: from.id }, `The team “${from.name}”`)
      await changeTeam(db, from.id, body, at)
      const left: readonly PersonId[] =
        body.members === undefined ? [] : await setMembersOf(db, from.id, body.members)
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

function presentTeam(found: Team): z.input<typeof team> {
  return { ...found, members: [...found.members] }
}
