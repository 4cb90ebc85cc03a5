// What the desk works with: opened once at the door and handed down. Not a place for logic.
import type { Dns } from '#channels/dns.ts'
import type { Egress } from '#channels/egress.ts'
import type { Config } from '#config.ts'
import type { Clock } from '#kit/clock.ts'
import type { Log } from '#kit/log.ts'
import type { Blobs } from '#store/blobs.ts'
import type { Ids } from '#store/blocks.ts'
import type { Database } from '#store/database.ts'
import type { Replica } from '#store/replica.ts'
import type { Seal } from '#store/seal.ts'
import type { SetupCache } from '#desk/setup-cache.ts'

export type Storage = Pick<Config, 'dataDir' | 'blobs' | 's3' | 'oldSecrets'>

export type Desk = {
  readonly database: Database
  /** A second server for reads that ask much, where there is one. */
  readonly replica: Replica | null
  readonly blobs: Blobs
  /** Ids of messages, subjects and updates, drawn in blocks. */
  readonly ids: Ids
  /** The key for reply addresses and signed links. */
  readonly secret: string
  /** Closes and opens stored credentials. */
  readonly seal: Seal
  /** The way to addresses that people configured. */
  readonly egress: Egress
  readonly dns: Dns
  readonly clock: Clock
  readonly log: Log
  /** The address in mails and links, without a slash at the end. */
  readonly baseUrl: string
  /** Whether the desk has a relay of its own; mail of a mailbox with neither stays in the outbox, readable. */
  readonly canSend: boolean
  /** Settings, mailboxes and required fields, as of a moment ago. */
  readonly setup: SetupCache
  /** Where things are kept, how buckets are reached, and by which earlier secrets a place of backups may be marked. */
  readonly storage: Storage
}
