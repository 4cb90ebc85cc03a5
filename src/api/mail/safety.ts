// What decides whether mail is believed, held or let in: the desk's policy, lists of senders, addresses nothing is sent to.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  mailPolicy,
  mailPolicyPatch,
  newSenderRule,
  newSuppression,
  senderRule,
  senderRulePage,
  senderRuleQuery,
  suppression,
  suppressionPage,
  suppressionQuery,
} from '#api/contract/safety.ts'
import { idParams } from '#api/contract/shapes.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import {
  dropSenderRule,
  listSenderRules,
  listSuppressions,
  putSenderRule,
  suppress,
  unsuppress,
} from '#channels/sender-store.ts'
import { defined } from '#kit/defined.ts'
import { typedKey } from '#mail/address.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import { tell } from '#store/listen.ts'
import { readSettings, writeSettings, type MailPolicy } from '#setup/settings-store.ts'

export function mailSafetyRoutes(app: FastifyInstance, desk: Desk): void {
  policyRoutes(app, desk)
  senderRoutes(app, desk)
  suppressionRoutes(app, desk)
}

const present = (policy: MailPolicy): z.input<typeof mailPolicy> => ({
  ...policy,
  trustedServers: [...policy.trustedServers],
  trustedSealers: [...policy.trustedSealers],
})

function policyRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/mail-policy',
    access: 'mail_policy.write',
    summary: 'What decides whether mail is believed and let in',
    answer: mailPolicy,
    handler: async ({ db }) => present((await readSettings(db)).mail),
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/mail-policy',
    access: 'mail_policy.write',
    stepUp: true,
    summary: 'Changes it; every version is kept',
    body: mailPolicyPatch,
    answer: mailPolicy,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const before = await readSettings(db)
      const given = defined(body)
      const mail: MailPolicy = { ...before.mail, ...given }
      await writeSettings(db, { ...before, mail }, at, principal.agentId)
      await audit(db, principal, at, {
        action: 'mail_policy_changed',
        thing: { type: 'mail_policy', id: null, name: null },
        changes: changesBetween(before.mail, mail),
        back: { method: 'PATCH', path: '/mail-policy', body: before.mail },
      })
      tell(db, { changed: 'settings', id: null })
      return present(mail)
    },
  })
}

function senderRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/sender-rules',
    access: 'quarantine.read',
    summary: 'Senders that are always let in or always held, by pattern',
    query: senderRuleQuery,
    answer: senderRulePage,
    handler: async ({ db, query: { verdict = null, q = '', limit, cursor } }) => {
      const page = { verdict, q, limit: limit + 1, after: readCursor(cursor, z.string()) }
      return pageFrom(
        await listSenderRules(db, page),
        limit,
        ({ pattern }) => pattern,
        (row) => row,
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/sender-rules',
    access: 'quarantine.decide',
    summary: 'Lists a sender; the same pattern again takes the new verdict',
    body: newSenderRule,
    answer: senderRule,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      refuseDomainTo(principal, body.pattern)
      if (body.verdict === 'block') await refuseOwnDomain(desk, body.pattern)
      const rule = await putSenderRule(db, body, at, principal.agentId)
      await audit(db, principal, at, {
        action: body.verdict === 'allow' ? 'sender_allowed' : 'sender_blocked',
        thing: { type: 'sender_rule', id: rule.id, name: rule.pattern },
      })
      tell(db, { changed: 'quarantine', id: null })
      return rule
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/sender-rules/:id',
    access: 'quarantine.decide',
    summary: 'Takes a sender off the lists',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const { pattern } = (await dropSenderRule(db, params.id)) ?? decline('not-found')
      refuseDomainTo(principal, pattern)
      await audit(db, principal, desk.clock.now(), {
        action: 'sender_unlisted',
        thing: { type: 'sender_rule', id: params.id, name: pattern },
      })
      tell(db, { changed: 'quarantine', id: null })
      return null
    },
  })
}

/** One address is a judgement about one sender; a whole domain is one about strangers. */
function refuseDomainTo(principal: Principal, pattern: string): void {
  if (pattern.startsWith('@') && !can(principal, 'senders.domains'))
    decline('forbidden', 'Listing a whole domain is for those who lead.', { refusal: 'forbidden' })
}

/** Whoever shares a domain with a mailbox of the desk is a colleague, or has the same provider. */
async function refuseOwnDomain(desk: Desk, pattern: string): Promise<void> {
  const { mailboxes } = await desk.setup.now()
  const isOurs = mailboxes.some(({ address }) =>
    pattern.startsWith('@') ? address.toLowerCase().endsWith(pattern) : address.toLowerCase() === pattern,
  )
  if (isOurs) declineInput('pattern', 'is where a mailbox of this desk lies: it cannot be blocked')
}

function suppressionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/suppressions',
    access: 'outbox.read',
    summary: 'Addresses that no automatic mail goes to',
    query: suppressionQuery,
    answer: suppressionPage,
    handler: async ({ db, query: { q = '', limit, cursor } }) => {
      const page = { q: q.toLowerCase(), limit: limit + 1, after: readCursor(cursor, z.string()) }
      return pageFrom(
        await listSuppressions(db, page),
        limit,
        ({ email }) => email,
        (row) => row,
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/suppressions',
    access: 'outbox.retry',
    summary: 'Sends nothing automatic to an address from now on',
    body: newSuppression,
    answer: suppression,
    handler: async ({ db, body, principal }) => {
      const at = desk.clock.now()
      const entry = {
        email: body.email.toLowerCase(),
        reason: 'manual' as const,
        detail: '',
        ticketId: null,
        at,
      }
      await suppress(db, entry)
      await audit(db, principal, at, {
        action: 'address_suppressed',
        thing: { type: 'suppression', id: null, name: entry.email },
      })
      return entry
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/suppressions/:email',
    access: 'outbox.retry',
    summary: 'Lets automatic mail go there again',
    params: z.object({ email: z.string().max(254) }),
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const email = typedKey(params.email)
      if (!(await unsuppress(db, email))) decline('not-found')
      await audit(db, principal, desk.clock.now(), {
        action: 'address_unsuppressed',
        thing: { type: 'suppression', id: null, name: email },
      })
      return null
    },
  })
}
