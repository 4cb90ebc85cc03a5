// Skills and who has them; and agents as routing sees them: presence, room, hours, substitute.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newSkill,
  presencePut,
  skill,
  skillPage,
  skillPatch,
  staffMember,
  staffPage,
  staffPatch,
  type StaffMember,
} from '#api/contract/routing.ts'
import { idParams } from '#api/contract/shapes.ts'
import { passGate } from '#api/http/pass-gate.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { needsFrom, presentNeeds } from '#api/routing/queue-input.ts'
import { tellAll, WAS_LIVE } from '#api/routing/queues.ts'
import { checkTerms } from '#api/routing/staff-input.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { changePresence } from '#desk/routing/presence.ts'
import type { PersonId } from '#kit/ids.ts'
import { instant } from '#kit/time.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { hashOf } from '#rules/rulebook.ts'
import { addSkill, changeSkill, findSkill, listSkills } from '#routing/queue-store.ts'
import { changeStaff, readAgents, readStaff, setSkills, type StaffRow } from '#routing/staff-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import type { Channel } from '#tickets/vocabulary.ts'

export function skillRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/skills',
    access: 'desk.read',
    summary: 'Skills by name, when tickets ask for them, and who has them',
    answer: skillPage,
    handler: async ({ db }) => ({ items: await presentSkills(desk, db), nextCursor: null }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/skills',
    access: 'routing.write',
    summary: 'Adds a skill',
    body: newSkill,
    answer: skill,
    handler: async ({ db, body, principal }) => {
      const needs = await needsFrom(desk, body.needs ?? [])
      const tried = { id: null, name: body.name, needs }
      const passed =
        needs.length === 0 ? [] : await passGate(desk, db, principal, { skill: tried }, body.reason)
      const added = (await addSkill(db, body.name, needs)) ?? declineInput('name', 'is taken')
      const thing = { type: 'skill', id: added, name: body.name }
      await audit(db, principal, desk.clock.now(), { action: 'skill_added', thing, changes: passed })
      await tellAll(db)
      return (await presentSkills(desk, db)).find((each) => each.id === added) ?? decline('not-found')
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/skills/:id',
    access: 'routing.write',
    summary: 'Changes or archives a skill; nothing asks for it any more then',
    params: idParams,
    body: skillPatch,
    answer: skill,
    handler: async ({ db, params, body, principal }) => {
      const from = (await findSkill(db, params.id)) ?? decline('not-found', 'There is no such skill.')
      const { directory } = await desk.setup.now()
      const before = { name: from.name, needs: presentNeeds(from, directory), archived: from.archived }
      const { reason, ...patch } = body
      const needs = body.needs === undefined ? from.needs : await needsFrom(desk, body.needs)
      const goes = body.archived === true && !from.archived
      const tried = {
        id: from.id,
        name: body.name ?? from.name,
        needs,
        ...(goes ? { archived: true as const } : {}),
      }
      const isAsBefore = !goes && hashOf(needs) === hashOf(from.needs)
      const passed = isAsBefore ? [] : await passGate(desk, db, principal, { skill: tried }, reason)
      const isChanged = await changeSkill(db, from.id, {
        ...(body.name === undefined ? {} : { name: body.name }),
        needs,
        ...(body.archived === undefined ? {} : { archivedAt: body.archived ? desk.clock.now() : null }),
      })
      if (!isChanged) declineInput('name', 'is taken')
      await audit(db, principal, desk.clock.now(), {
        action: 'skill_changed',
        thing: { type: 'skill', id: from.id, name: body.name ?? from.name },
        changes: [...changesBetween(before, patch), ...passed],
        back: { method: 'PATCH', path: `/skills/${from.id}`, body: { ...before, reason: WAS_LIVE } },
      })
      await tellAll(db)
      const shown = (await presentSkills(desk, db)).find((each) => each.id === from.id)
      return shown ?? { id: from.id, name: before.name, needs: before.needs, holders: [] }
    },
  })
  staffRoutes(app, desk)
}

function staffRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/staff',
    access: 'desk.read',
    summary: 'Agents as routing sees them: presence, what they have in hand, skills',
    answer: staffPage,
    handler: async ({ db }) => ({ items: await presentStaff(desk, db), nextCursor: null }),
  })
  route(app, desk, {
    method: 'PUT',
    url: '/staff/me',
    access: 'ticket.update',
    summary: 'Says whether the caller takes work now',
    body: presencePut,
    answer: staffMember,
    handler: async ({ db, body, principal }) => {
      const own = await member(db, principal.agentId)
      if (body.presence !== own.presence) await changePresence(desk, db, own.id, body)
      if (body.channelsOff !== undefined) await changeStaff(db, own.id, { channelsOff: body.channelsOff })
      tell(db, { lane: 'routing' })
      return presentMember(desk, db, own.id)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/staff/:id',
    access: 'routing.lead',
    summary: "Sets an agent's presence, room, hours, substitute and skills",
    params: idParams,
    body: staffPatch,
    answer: staffMember,
    handler: async ({ db, params, body, principal }) => {
      const from = await member(db, params.id)
      const before = await presentMember(desk, db, from.id)
      const { presence, skills, substituteId, calendarId, ...rest } = body
      if (substituteId === from.id) declineInput('substituteId', 'must be somebody else')
      if (substituteId !== undefined && substituteId !== null) await member(db, substituteId)
      await checkTerms(desk, body)
      const capacity =
        rest.capacity === undefined ? {} : { capacity: rest.capacity as Partial<Record<Channel, number>> }
      await changeStaff(db, from.id, { ...rest, ...capacity, substituteId, calendarId })
      if (skills !== undefined) await setSkills(db, from.id, skills)
      if (presence !== undefined && presence !== from.presence)
        await changePresence(desk, db, from.id, {
          presence,
          reason: `set_by:${principal.agentId}`,
        })
      await audit(db, principal, desk.clock.now(), {
        action: 'staff_changed',
        thing: { type: 'agent', id: from.id, name: from.name },
        changes: changesBetween(before, body),
        back: { method: 'PATCH', path: `/staff/${from.id}`, body: asPatch(before, body) },
      })
      // What somebody can decides whether anybody on staff could ever take a ticket; who is there does not.
      if (skills !== undefined || rest.maxUnits !== undefined) await tellAll(db)
      tell(db, { lane: 'routing' })
      tell(db, { changed: 'presences', id: from.id })
      return presentMember(desk, db, from.id)
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/staff/:id',
    access: 'desk.read',
    summary: 'One agent as routing sees them',
    params: idParams,
    answer: staffMember,
    handler: async ({ db, params }) => presentMember(desk, db, params.id),
  })
}

/** What brings back what this patch changes; a skill that was not there goes again. */
function asPatch(before: StaffMember, patch: z.output<typeof staffPatch>): Record<string, unknown> {
  const keys = Object.keys(patch) as (keyof typeof patch)[]
  const body: Record<string, unknown> = Object.fromEntries(keys.map((key) => [key, before[key]]))
  const gone = (patch.skills ?? []).filter(({ skillId }) =>
    before.skills.every((each) => each.skillId !== skillId),
  )
  return patch.skills === undefined
    ? body
    : { ...body, skills: [...before.skills, ...gone.map(({ skillId }) => ({ skillId, level: 0 }))] }
}

async function member(db: Db, agentId: number): Promise<StaffRow> {
  return (
    (await readStaff(db)).find((each) => each.id === agentId) ??
    decline('not-found', 'There is no such agent, or they take no tickets.')
  )
}

async function presentMember(desk: Desk, db: Db, agentId: PersonId | number): Promise<StaffMember> {
  return (
    (await presentStaff(desk, db)).find((each) => each.id === agentId) ??
    decline('not-found', 'There is no such agent, or they take no tickets.')
  )
}

/** Everybody who takes tickets, with what they have in hand now. */
export async function presentStaff(desk: Desk, db: Db): Promise<StaffMember[]> {
  const { routing, sla } = await desk.setup.now()
  const staff = await readStaff(db)
  const agents = await readAgents(db, staff, routing.units, sla.calendars, desk.clock.now())
  const known = new Set(routing.skills.map((each) => each.id))
  return staff.map((row, index) => ({
    id: row.id,
    name: row.name,
    presence: row.presence,
    since: row.presenceSince,
    reason: row.presenceReason,
    shiftEndsAt: textOf(agents[index]?.shiftEndsAt ?? null),
    channelsOff: [...row.channelsOff],
    used: agents[index]?.used ?? 0,
    maxUnits: row.maxUnits,
    capacity: row.capacity,
    calendarId: row.calendarId === null ? null : Number(row.calendarId),
    substituteId: row.substituteId,
    teams: [...row.teams],
    skills: Object.entries(row.skills)
      .map(([skillId, level]) => ({ skillId: Number(skillId), level }))
      .filter(({ skillId }) => known.has(skillId)),
  }))
}

const textOf = (ms: number | null) => (ms === null ? null : instant(ms))

async function presentSkills(desk: Desk, db: Db): Promise<z.input<typeof skill>[]> {
  const { directory } = await desk.setup.now()
  const staff = await readStaff(db)
  return (await listSkills(db)).map((each) => ({
    id: each.id,
    name: each.name,
    needs: presentNeeds(each, directory),
    holders: staff.flatMap(({ id: agentId, skills }) => {
      const level = skills[String(each.id)]
      return level === undefined ? [] : [{ agentId, level }]
    }),
  }))
}
