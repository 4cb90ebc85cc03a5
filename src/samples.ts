// Samples for an empty desk: tickets of the simulated company, played as the administrator who loads them, and taken away again.
// They are marked by a tag; nothing of them is mailed, and they bring no agents, rules or settings.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { withMorning } from '../demo/routing.ts'
import { begin, goOn } from '../demo/run.ts'
import { stories } from '../demo/story.ts'
import { samples } from '#api/contract/desk.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { byOf } from '#desk/update.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { BrandId, MailboxId } from '#kit/ids.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { defaultMailbox } from '#setup/mailbox-store.ts'
import { forgetSamples, hasNoTickets, listSamples, newestPersonId, noteSamples } from '#setup/sample-store.ts'
import { noteTags } from '#setup/taxonomy-store.ts'

const TICKETS = 200
const TAG = 'sample'

export async function sampleRoutes(app: FastifyInstance, desk: Desk): Promise<void> {
  route(app, desk, {
    method: 'GET',
    url: '/samples',
    access: 'settings.write',
    summary: 'How many sample tickets there are, and whether they can be loaded: on a desk without tickets',
    answer: samples,
    handler: async ({ db }) => ({
      tickets: (await listSamples(db)).length,
      loadable: await hasNoTickets(db),
    }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/samples',
    access: 'settings.write',
    summary: 'Loads sample tickets onto a desk without tickets; nothing of them is mailed',
    answer: samples,
    handler: async ({ db, principal }) => {
      if (!(await hasNoTickets(db)))
        decline('refused', 'Sample tickets are for a desk without tickets.', { refusal: 'in_use' })
      const loaded = await load(desk, db, principal)
      await noted(desk, db, principal, { action: 'demo_loaded', count: loaded })
      return { tickets: loaded, loadable: false }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/samples',
    access: 'settings.write',
    summary: 'Deletes the sample tickets and takes their people off the list of customers',
    answer: z.null(),
    status: 204,
    handler: async ({ db, principal }) => {
      const ids = await listSamples(db)
      for (const id of ids) await act(desk, db, id, { kind: 'delete' }, byOf(principal), { silent: true })
      await forgetSamples(db)
      await noted(desk, db, principal, { action: 'demo_removed', count: ids.length })
      return null
    },
  })
}

async function load(desk: Desk, tx: Transaction, principal: Principal): Promise<number> {
  const now = desk.clock.now()
  const mailbox = (await defaultMailbox(tx)) ?? decline('refused', 'This desk has no mailbox.')
  await noteTags(tx, [TAG])
  desk.setup.forget()
  const cast = {
    agents: Array.from({ length: 20 }, () => principal.agentId),
    teams: new Map(),
    categories: new Map(),
    fields: new Map(),
    mailboxId: mailbox.id as MailboxId,
    brandId: mailbox.brandId as BrandId,
    mark: TAG,
  }
  const newestPerson = await newestPersonId(tx)
  const all = withMorning(stories(TICKETS, 1, Date.parse(now)), Date.parse(now))
  const begun = await begin(desk, tx, cast, all)
  await goOn(desk, tx, cast, begun, now)
  const ids = begun.flatMap(({ inHand, again }) => (again === null ? [inHand.id] : [inHand.id, again.id]))
  await noteSamples(tx, ids, newestPerson)
  return ids.length
}

async function noted(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  { action, count }: { action: string; count: number },
): Promise<void> {
  const thing = { type: 'settings', id: null, name: null }
  const changes = [{ field: 'tickets', from: null, to: count }]
  await audit(tx, principal, desk.clock.now(), { action, thing, changes })
  for (const changed of ['tags', 'people', 'settings'] as const) tell(tx, { changed, id: null })
}
