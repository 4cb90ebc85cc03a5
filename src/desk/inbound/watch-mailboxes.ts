// A mailbox that fails for longer than it may is an alert: in the log, in the metrics, and marked in the app for whoever looks.
import { takeAlerts } from '#channels/fetch-store.ts'
import { tellAboutMailbox } from '#desk/outbound/alerts.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

const EVERY_SECONDS = 30

/** The round of the lane that raises alerts; each outage is told once. */
export async function watchMailboxes(desk: Desk): Promise<Round> {
  const at = desk.clock.now()
  for (const { mailboxId, address, since, failure } of await takeAlerts(desk.database, at)) {
    desk.log.error({ mailboxId, address, since, failure }, 'A mailbox has been failing for too long')
    tell(desk.database, { changed: 'mailboxes', id: mailboxId })
    tell(desk.database, { changed: 'alerts', id: null })
    await tellAboutMailbox(desk, desk.database, { mailboxId, address, since, failure })
  }
  return plus(at, EVERY_SECONDS)
}
