// A mailbox on the wire: its settings, which credentials it has, and how it is doing.
import type { z } from 'zod'
import type { mailbox as mailboxSchema, MailboxHealth } from '#api/contract/mailboxes.ts'
import { findAccount, secretsKept } from '#channels/account-store.ts'
import type { Account, SecretPurpose } from '#channels/account.ts'
import { cureOf } from '#channels/cure.ts'
import { healthOf, type Health } from '#channels/fetch-store.ts'
import { dkimRecord } from '#desk/inbound/check-mailbox.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { findTeam } from '#people/agent-store.ts'
import type { Db } from '#store/database.ts'
import { listBrands } from '#setup/brand-store.ts'
import { type MailboxDetail } from '#setup/mailbox-store.ts'

type Wire = z.output<typeof mailboxSchema>

/** Mailboxes with all that hangs on them. */
export async function presentMailboxes(desk: Desk, db: Db, found: readonly MailboxDetail[]): Promise<Wire[]> {
  const ids = found.map(({ id }) => id)
  const kept = await secretsKept(db, ids)
  const healths = await healthOf(db, ids)
  const brands = await listBrands(db)
  return Promise.all(
    found.map(async ({ brandId, teamId, ...mailbox }) => {
      const account = await findAccount(db, mailbox.id)
      const team = teamId === null ? null : await findTeam(db, teamId)
      const has = (purpose: SecretPurpose) =>
        kept.some((each) => each.mailboxId === mailbox.id && each.purpose === purpose)
      const health = healths.find(({ mailboxId }) => mailboxId === mailbox.id)
      return {
        ...mailbox,
        brand: brands.find(({ id }) => id === brandId) ?? { id: brandId, name: '' },
        team: team === null ? null : { id: team.id, name: team.name },
        imap: account?.imap ?? null,
        smtp: account?.smtp ?? null,
        importHistory: account?.importHistory ?? 'none',
        oauth:
          account?.oauth == null
            ? null
            : {
                provider: account.oauth.provider,
                clientId: account.oauth.clientId,
                connected: has('oauth_refresh_token'),
              },
        dkim:
          account?.dkim == null
            ? null
            : { ...pick(account.dkim), record: dkimRecord(account.dkim.publicKey) },
        has: {
          imapPassword: has('imap_password'),
          smtpPassword: has('smtp_password'),
          clientSecret: has('oauth_client_secret'),
        },
        health: presentHealth(desk, mailbox, account, health),
      }
    }),
  )
}

const pick = ({ domain, selector }: NonNullable<Account['dkim']>) => ({ domain, selector })

function presentHealth(
  desk: Desk,
  mailbox: { paused: boolean; alertAfterMinutes: number },
  account: Account | null,
  health: Health | undefined,
): MailboxHealth {
  const now = desk.clock.now()
  const { mailboxId: _, alertedAt: __, ...rest } = health ?? nothing
  const since = [rest.failingSince, rest.sendFailingSince].filter((at) => at !== null).toSorted()[0]
  return {
    ...rest,
    state: stateOf(mailbox, account, rest),
    cure: rest.failure === null ? null : cureOf(rest.failure),
    sendCure: rest.sendFailure === null ? null : cureOf(rest.sendFailure),
    alert: !mailbox.paused && since !== undefined && plus(since, mailbox.alertAfterMinutes * 60) <= now,
  }
}

function stateOf(
  { paused }: { paused: boolean },
  account: Account | null,
  health: Pick<Health, 'failingSince' | 'fetchedAt' | 'sendFailingSince'>,
): MailboxHealth['state'] {
  if (paused) return 'paused'
  if (health.failingSince !== null || health.sendFailingSince !== null) return 'failing'
  if (account?.imap == null) return 'not_fetched'
  return health.fetchedAt === null ? 'waiting' : 'ok'
}

const nothing: Health = {
  mailboxId: 0,
  fetchedAt: null,
  mailAt: null,
  lagSeconds: null,
  failingSince: null,
  failure: null,
  alertedAt: null,
  sentAt: null,
  sendFailingSince: null,
  sendFailure: null,
  historyTotal: 0,
  historyDone: 0,
  testSentAt: null,
  testReturnedAt: null,
}
