// Calendars: working hours with versions, and who works by which. Publishing one has all open tickets judged again.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  calendar,
  calendarPage,
  calendarPatch,
  calendarUse,
  dueAnswer,
  dueQuestion,
  icsDates,
  icsFile,
  newCalendar,
  newCalendarVersion,
  type Hours,
} from '#api/contract/sla.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { passGate } from '#api/http/pass-gate.ts'
import type { Desk } from '#desk/desk.ts'
import { usesOfCalendar } from '#desk/sla/calendar-uses.ts'
import { askRecompute } from '#desk/sla/recompute.ts'
import { readIcs } from '#hours/ics.ts'
import { calendarSchema } from '#hours/read-calendar.ts'
import { afterWorkingTime, nextOpen } from '#hours/working-time.ts'
import type { Instant } from '#kit/time.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { hashOf } from '#rules/rulebook.ts'
import {
  addCalendar,
  addCalendarVersion,
  calendarsOfRows,
  changeCalendar,
  listCalendars,
  listCalendarUses,
  ownerNames,
  setCalendarUse,
  type CalendarRow,
} from '#sla/agreement-store.ts'
import type { Db } from '#store/database.ts'

const text = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

export function calendarRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/calendars',
    access: 'desk.read',
    summary: 'Calendars with their versions, and who works by them',
    answer: calendarPage,
    handler: async ({ db }) => ({ items: await presentAll(db), nextCursor: null }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/calendars',
    access: 'sla.write',
    summary: 'Adds a calendar; its first version counts since ever',
    body: newCalendar,
    answer: calendar,
    handler: async ({ db, body, principal }) => {
      await assertHours(db, body.hours, null)
      const at = desk.clock.now()
      const added = (await addCalendar(db, body.name)) ?? declineInput('name', 'is taken')
      const version = {
        hours: body.hours,
        effectiveFrom: null,
        note: body.note ?? '',
        at,
        agentId: principal.agentId,
      }
      await addCalendarVersion(db, added, version)
      const thing = { type: 'calendar', id: added, name: body.name }
      await audit(db, principal, at, { action: 'calendar_added', thing })
      return presentOne(db, added)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/calendars/:id',
    access: 'sla.write',
    summary: 'Renames or archives a calendar; one that is in use is not archived',
    params: idParams,
    body: calendarPatch,
    answer: calendar,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = await found(db, params.id)
      if (body.archived === true) await assertUnused(db, from)
      const archivedAt = body.archived === undefined ? undefined : body.archived ? at : null
      await changeCalendar(db, from.id, { name: body.name, archivedAt })
      const thing = { type: 'calendar', id: from.id, name: body.name ?? from.name }
      const before = { name: from.name, archived: from.archived }
      const back = { method: 'PATCH', path: `/calendars/${from.id}`, body: before } as const
      const changes = changesBetween(before, body)
      await audit(db, principal, at, { action: 'calendar_changed', thing, changes, back })
      return presentOne(db, from.id)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/calendars/:id/versions',
    access: 'sla.write',
    summary: 'Publishes new hours, from now on unless said; open tickets are judged again',
    params: idParams,
    body: newCalendarVersion,
    answer: calendar,
    handler: async ({ db, params, body, principal }) => {
      const at = desk.clock.now()
      const from = await found(db, params.id)
      await assertHours(db, body.hours, from.id)
      const effectiveFrom = (body.effectiveFrom ?? at) as Instant
      if (effectiveFrom < at && body.restate !== true)
        declineInput(
          'restate',
          'must be true for hours that begin in the past: clocks that have ended change too',
        )
      const tried = { policy: null, calendar: { id: from.id, hours: body.hours }, name: from.name }
      const wasLive = from.versions.some(({ hours }) => hashOf(hours) === hashOf(body.hours))
      const passed = wasLive ? [] : await passGate(desk, db, principal, { agreement: tried }, body.reason)
      const version = {
        hours: body.hours,
        effectiveFrom,
        note: body.note ?? '',
        at,
        agentId: principal.agentId,
      }
      await addCalendarVersion(db, from.id, version)
      const before = from.versions.at(-1)?.hours ?? null
      await audit(db, principal, at, {
        action: 'calendar_published',
        thing: { type: 'calendar', id: from.id, name: from.name },
        changes: [{ field: 'hours', from: before, to: body.hours }, ...passed],
        back:
          before === null
            ? undefined
            : { method: 'POST', path: `/calendars/${from.id}/versions`, body: { hours: before } },
      })
      await askRecompute(desk, db, 'calendar_change', principal.agentId)
      return presentOne(db, from.id)
    },
  })
  useRoutes(app, desk)
  questionRoutes(app, desk)
}

function useRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PUT',
    url: '/calendar-uses',
    access: 'sla.write',
    summary: 'From now on a team, an organisation or a brand works by a calendar',
    body: calendarUse,
    answer: calendarPage,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      if (body.calendarId !== null) await found(db, body.calendarId)
      const names = await ownerNames(db)
      const name =
        names.get(`${body.owner}:${body.ownerId}`) ?? declineInput('ownerId', `is no ${body.owner}`)
      await setCalendarUse(db, { ...body, at })
      await audit(db, principal, at, {
        action: 'calendar_assigned',
        thing: { type: body.owner, id: body.ownerId, name },
        changes: [{ field: 'calendar', from: null, to: body.calendarId }],
      })
      await askRecompute(desk, db, 'calendar_change', principal.agentId)
      return { items: await presentAll(db), nextCursor: null }
    },
  })
}

function questionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/calendars/due',
    access: 'desk.read',
    summary: 'When so much working time is over, by hours that need not be published',
    status: 200,
    body: dueQuestion,
    answer: dueAnswer,
    handler: async ({ db, body }) => {
      const drafted = await assertHours(db, body.hours, null)
      const from = Date.parse(body.from)
      const due = afterWorkingTime(drafted, from, body.seconds * 1000)
      return { dueAt: text(due), opensAt: text(nextOpen(drafted, from)) }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/calendars/ics',
    access: 'sla.write',
    summary: 'The all-day events of an ICS file as holidays, repetitions three years ahead',
    status: 200,
    bodyLimit: 1_500_000,
    body: icsFile,
    answer: icsDates,
    handler: async ({ body }) => {
      const read = readIcs(body.ics, new Date(desk.clock.now()))
      return 'problem' in read
        ? declineInput('ics', read.problem)
        : { holidays: [...read.dates], left: [...read.left] }
    },
  })
}

/** The calendar that hours make, beside those there are; a 400 that names what is wrong. */
async function assertHours(db: Db, hours: Hours, id: number | null) {
  const read = calendarSchema.safeParse(hours)
  if (!read.success) {
    const [issue] = read.error.issues.flatMap((each) =>
      each.code === 'invalid_union' ? (each.errors.at(-1) ?? [each]) : [each],
    )
    return declineInput(['hours', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is no calendar')
  }
  const others = await listCalendars(db)
  if ('union' in hours) {
    const unknown = hours.union.find((each) => !others.some((other) => String(other.id) === each))
    if (unknown !== undefined) declineInput('hours.union', `there is no calendar ${unknown}`)
  }
  const own = { id: id ?? 0, versions: [{ hours, effectiveFrom: null } as CalendarRow['versions'][number]] }
  const made = calendarsOfRows([...others.filter((each) => each.id !== id), own]).get(String(own.id))
  if (made === undefined) return declineInput('hours.union', 'the calendar would be a part of itself')
  if (nextOpen(made, Date.now()) === null)
    declineInput('hours', 'never opens: a target that counts by it can never fall due')
  return made
}

async function assertUnused(db: Db, { id, name }: CalendarRow): Promise<void> {
  const owners = (await usersOf(db, id)).map((each) => `${each.owner} "${each.name}"`)
  const used = [...(await usesOfCalendar(db, id)), ...owners]
  if (used.length > 0)
    decline('refused', `"${name}" is used by ${used.join(', ')}. Give them another calendar first.`, {
      refusal: 'in_use',
    })
}

async function found(db: Db, id: number): Promise<CalendarRow> {
  return (
    (await listCalendars(db)).find((each) => each.id === id) ??
    decline('not-found', 'There is no such calendar.')
  )
}

async function usersOf(db: Db, calendarId: number) {
  const names = await ownerNames(db)
  const newest = new Map((await listCalendarUses(db)).map((use) => [`${use.owner}:${use.ownerId}`, use]))
  return [...newest.entries()].flatMap(([key, use]) =>
    use.calendarId === calendarId ? [{ owner: use.owner, id: use.ownerId, name: names.get(key) ?? '' }] : [],
  )
}

async function presentAll(db: Db): Promise<z.input<typeof calendar>[]> {
  const rows = await listCalendars(db)
  return Promise.all(rows.map(async (row) => present(row, await usersOf(db, row.id))))
}

async function presentOne(db: Db, id: number): Promise<z.input<typeof calendar>> {
  return present(await found(db, id), await usersOf(db, id))
}

function present(row: CalendarRow, usedBy: z.input<typeof calendar>['usedBy']): z.input<typeof calendar> {
  const { id, name, archived, versions } = row
  return {
    id,
    name,
    archived,
    usedBy,
    versions: versions.map(({ version, effectiveFrom, hours, note, at, agentName }) => ({
      version,
      effectiveFrom,
      hours: hours as Hours,
      note,
      at,
      by: agentName,
    })),
  }
}
