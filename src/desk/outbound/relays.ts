// Which server carries a mail away: the mailbox's own, or the desk's relay. Connections are kept, and opened anew when the mailbox
// changed, when its access token ends, or when it failed.
import { findAccount } from '#channels/account-store.ts'
import type { Account } from '#channels/account.ts'
import { createRelay, type Relay } from '#channels/smtp-out.ts'
import type { Desk } from '#desk/desk.ts'
import { signInFor } from '#desk/outbound/sign-in.ts'
import { Fault } from '#kit/fault.ts'

export type Relays = {
  /** The mailboxes whose mail can leave now. */
  readonly sendable: () => Promise<readonly number[] | 'all'>
  /** The relay for a mailbox's mail; a Fault when it cannot sign in. */
  readonly of: (mailboxId: number | null) => Promise<{ relay: Relay; own: boolean }>
  /** Drops a mailbox's connections after a failure. */
  readonly drop: (mailboxId: number) => void
  readonly close: () => void
}

type Kept = { readonly relay: Relay; readonly changedAt: string; readonly untilMs: number }

/** Access tokens last an hour, addresses change: connections are opened anew this often. */
const KEPT_MS = 10 * 60_000

export function createRelays(desk: Desk, url: string | null): Relays {
  const common = url === null ? null : createRelay({ url })
  const kept = new Map<number, Kept>()
  const drop = (mailboxId: number) => {
    kept.get(mailboxId)?.relay.close()
    kept.delete(mailboxId)
  }
  const ownRelay = async (account: Account): Promise<Relay> => {
    const { mailboxId, changedAt } = account
    const known = kept.get(mailboxId)
    if (known !== undefined && known.changedAt === changedAt && known.untilMs > Date.now()) return known.relay
    drop(mailboxId)
    const relay = await openRelay(desk, account)
    kept.set(mailboxId, { relay, changedAt, untilMs: Date.now() + KEPT_MS })
    return relay
  }
  return {
    drop,
    sendable: async () => {
      if (common !== null) return 'all'
      const { mailboxes } = await desk.setup.now()
      return mailboxes.filter(({ hasSmtp }) => hasSmtp).map(({ id }) => id)
    },
    of: async (mailboxId) => {
      const account = mailboxId === null ? null : await findAccount(desk.database, mailboxId)
      if (account !== null && account.smtp !== null) return { relay: await ownRelay(account), own: true }
      if (common !== null) return { relay: common, own: false }
      throw new Fault('There is no server to send through', { retryable: true, code: 'NO_RELAY' })
    },
    close: () => {
      common?.close()
      for (const mailboxId of kept.keys()) drop(mailboxId)
    },
  }
}

/** A relay through the mailbox's own server, its address checked and its credentials opened. */
export async function openRelay(desk: Desk, account: Account): Promise<Relay> {
  const { smtp } = account
  if (smtp === null) throw new Error('Bug: a mailbox without a server of its own')
  const { address } = await desk.egress.addressOf(smtp.host)
  const { auth } = smtp
  const signIn =
    auth === 'none'
      ? null
      : await signInFor(desk, account, { user: smtp.user, auth, purpose: 'smtp_password' })
  return createRelay({ account: smtp, address, signIn })
}
