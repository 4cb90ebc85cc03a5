// The routing map: which ways tickets took in thirty days, and which way a message would take now.
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { routeTrace, routeTraceAsked, routingMap } from '#api/contract/routing.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { traceMessage } from '#desk/routing/trace.ts'
import { plus } from '#kit/time.ts'
import { flowsSince } from '#routing/map-store.ts'
import { readStaff } from '#routing/staff-store.ts'

const DAYS = 30

export function routingMapRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/queues/map',
    access: 'routing.lead',
    summary:
      'Where tickets of the last thirty days came from, and which queue takes them by today’s conditions',
    answer: routingMap,
    handler: async ({ db, principal }): Promise<z.input<typeof routingMap>> => {
      const { routing, directory, desk: settings } = await desk.setup.now()
      const now = desk.clock.now()
      const compiling = { directory, at: now, zone: settings.timeZone, agentId: principal.agentId }
      const flows = await flowsSince(db, routing.queues, plus(now, -DAYS * 86_400), compiling, principal)
      const staff = await readStaff(db)
      return {
        days: DAYS,
        sources: [...new Set(flows.map(({ source }) => source))].map((key) => ({
          key,
          name: sourceName(key, directory.mailboxes),
        })),
        queues: routing.queues.map(({ id, title, definition }, index) => {
          const teams = [...definition.teams.primary, ...definition.teams.secondary]
          return {
            id,
            name: title,
            teams: [...definition.teams.primary],
            unreachable: routing.queues.slice(0, index).some((each) => each.definition.filter === null),
            nobody: !staff.some((one) => one.teams.some((team) => teams.includes(team))),
          }
        }),
        teams: directory.teams.filter(({ archived }) => !archived).map(({ id, name }) => ({ id, name })),
        flows,
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/queues/trace',
    access: 'routing.lead',
    summary: 'Where a message would go now, and by which rules; nothing is written',
    status: 200,
    body: routeTraceAsked,
    answer: routeTrace,
    handler: async ({ db, body }) => {
      const { mailboxes, rulebook } = await desk.setup.now()
      const mailbox = mailboxes.find(({ id, isDefault }) =>
        body.mailboxId === undefined ? isDefault : id === body.mailboxId,
      )
      const { ruleIds, ...traced } = await traceMessage(desk, db, { ...body, mailbox: mailbox ?? null })
      return {
        ...traced,
        needs: [...traced.needs],
        source: mailbox === undefined ? 'email' : `mailbox:${mailbox.id}`,
        rules: ruleIds.flatMap((id) => {
          const rule = rulebook.byId.get(id)?.rule
          return rule === undefined ? [] : [{ id, name: rule.title }]
        }),
      }
    },
  })
}

function sourceName(key: string, mailboxes: readonly { id: number; name: string }[]): string {
  const id = Number(/^mailbox:(\d+)$/.exec(key)?.[1] ?? 0)
  return mailboxes.find((each) => each.id === id)?.name ?? key
}
