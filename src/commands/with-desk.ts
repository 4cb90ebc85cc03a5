// A desk for commands that act as the server would, on the database of the configuration.
import { createDns } from '#channels/dns.ts'
import { createEgress } from '#channels/egress.ts'
import { withStore } from '#commands/with-database.ts'
import type { Desk } from '#desk/desk.ts'
import { cacheSetup } from '#desk/setup-cache.ts'
import { systemClock } from '#kit/clock.ts'
import { createIds } from '#store/blocks.ts'
import { createSeal } from '#store/seal.ts'

/** Runs `work` with a desk that sends nothing itself; what it puts into the outbox the server sends. */
export function withDesk<Result>(work: (desk: Desk) => Promise<Result>): Promise<Result> {
  return withStore(async ({ database, replica, aside, blobs, secret }, config, log) => {
    const egress = createEgress(config.allowHosts)
    try {
      return await work({
        database,
        replica,
        blobs,
        secret,
        seal: createSeal(secret, config.oldSecrets),
        egress,
        dns: createDns(),
        log,
        clock: systemClock,
        ids: createIds(aside),
        setup: cacheSetup(aside),
        baseUrl: config.baseUrl,
        canSend: config.smtpUrl !== null,
        storage: config,
      })
    } finally {
      await egress.close()
    }
  })
}
