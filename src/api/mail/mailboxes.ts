// Mailboxes: added, set up, checked, watched. Credentials go in and never come out.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  checked,
  checkInput,
  detected,
  detectQuery,
  mailbox,
  mailboxPage,
  mailboxPatch,
  mailboxQuery,
  newMailbox,
  tested,
} from '#api/contract/mailboxes.ts'
import { idParams } from '#api/contract/shapes.ts'
import { changeMailboxOf } from '#api/mail/mailbox-change.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { presentMailboxes } from '#api/mail/present-mailbox.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { findAccount } from '#channels/account-store.ts'
import { cureOf } from '#channels/cure.ts'
import { providerOf } from '#channels/provider.ts'
import { checkDns, checkImap, checkSmtp, sendTest } from '#desk/inbound/check-mailbox.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { addMailbox, findMailbox, pageOfMailboxes } from '#setup/mailbox-store.ts'

export const oneMailbox = idParams

export function mailboxRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/mailboxes',
    access: 'mailboxes.read',
    summary: 'Mailboxes by address, with how each is doing',
    query: mailboxQuery,
    answer: mailboxPage,
    handler: async ({ db, query: { q = '', limit, cursor, archived } }) => {
      const after = readCursor(cursor, z.string())
      const rows = await pageOfMailboxes(db, { q, archived: archived === 'true', limit: limit + 1, after })
      const page = pageFrom(
        rows,
        limit,
        ({ address }) => address,
        (row) => row,
      )
      return { ...page, items: await presentMailboxes(desk, db, page.items) }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/mailboxes/detect',
    access: 'mailboxes.write',
    summary: 'The provider of an address, by its MX',
    query: detectQuery,
    answer: detected,
    handler: async ({ query }) => {
      const domain = query.address.slice(query.address.indexOf('@') + 1).toLowerCase()
      const found = (await desk.dns(domain, 'MX').catch(() => [])) as unknown as { exchange: string }[]
      const { name, ...rest } = providerOf(
        domain,
        found.map(({ exchange }) => exchange),
      )
      return { provider: name, ...rest }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/mailboxes/:id',
    access: 'mailboxes.read',
    summary: 'One mailbox',
    params: oneMailbox,
    answer: mailbox,
    handler: ({ db, params }) => presentOne(desk, db, params.id),
  })
  writeRoutes(app, desk)
  tryRoutes(app, desk)
}

function writeRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/mailboxes',
    access: 'mailboxes.write',
    stepUp: true,
    summary: 'Adds a mailbox',
    body: newMailbox,
    answer: mailbox,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const address = body.address.toLowerCase()
      const name = body.name ?? body.address
      const added = await addMailbox(db, { address, name, brandId: null }, at)
      if (added === null) return declineInput('address', 'is a mailbox already')
      await audit(db, principal, at, {
        action: 'mailbox_added',
        thing: { type: 'mailbox', id: added, name: address },
      })
      tell(db, { changed: 'mailboxes', id: added })
      return presentOne(desk, db, added)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/mailboxes/:id',
    access: 'mailboxes.write',
    stepUp: true,
    summary: 'Changes a mailbox, its connections and credentials; archives it',
    params: oneMailbox,
    body: mailboxPatch,
    answer: mailbox,
    handler: async ({ db, params, body, principal }) => {
      const before = await presentOne(desk, db, params.id)
      await changeMailboxOf(desk, db, params.id, body)
      const after = await presentOne(desk, db, params.id)
      const plain = (shown: typeof after) => {
        const { health, ...rest } = mailbox.parse(shown)
        return { ...rest, failing: health.failure }
      }
      await audit(db, principal, desk.clock.now(), {
        action: 'mailbox_changed',
        thing: { type: 'mailbox', id: params.id, name: after.address },
        changes: changesBetween(plain(before), plain(after)),
        back: { method: 'PATCH', path: `/mailboxes/${params.id}`, body: patchOf(before) },
      })
      tell(db, { changed: 'mailboxes', id: params.id })
      return after
    },
  })
}

/** What a patch can put back: no credentials, which nobody may read, and no keys. */
function patchOf({ brand, team, ...before }: z.input<typeof mailbox>) {
  const { name, fromName, signature, language, paused, archived, ccFromMail, trustForwards } = before
  const { alertAfterMinutes, importHistory, imap, smtp } = before
  const own = { name, fromName, signature, language, paused, archived, ccFromMail, trustForwards }
  const servers = { alertAfterMinutes, importHistory, imap, smtp }
  return { ...own, ...servers, brand: brand.id, team: team?.id ?? null }
}

function tryRoutes(app: FastifyInstance, desk: Desk): void {
  // Each try opens connections of its own: a few a minute are enough for anybody.
  const rateLimit = { max: 30, timeWindow: '1 minute' }
  route(app, desk, {
    method: 'POST',
    url: '/mailboxes/:id/check',
    access: 'mailboxes.write',
    summary: 'Tries the connections of a mailbox now',
    params: oneMailbox,
    body: checkInput,
    answer: checked,
    status: 200,
    rateLimit,
    handler: async ({ params, body }) => {
      const account = (await findAccount(desk.database, params.id)) ?? decline('not-found')
      const found = await { imap: checkImap, smtp: checkSmtp, dns: checkDns }[body.part](desk, account)
      return { ...found, checks: [...found.checks], folders: [...found.folders] }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/mailboxes/:id/test',
    access: 'mailboxes.write',
    summary: 'Sends a mail from the mailbox to itself',
    params: oneMailbox,
    answer: tested,
    status: 200,
    rateLimit,
    handler: async ({ params }) => {
      const account = (await findAccount(desk.database, params.id)) ?? decline('not-found')
      if (account.smtp === null) return declineInput('smtp', 'is not set up')
      try {
        return await sendTest(desk, account)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        return decline('refused', error.message, { cure: cureOf(error.message) })
      }
    },
  })
}

async function presentOne(desk: Desk, db: Db, mailboxId: number) {
  const found = (await findMailbox(db, mailboxId)) ?? decline('not-found')
  return (await presentMailboxes(desk, db, [found]))[0] ?? decline('not-found')
}
