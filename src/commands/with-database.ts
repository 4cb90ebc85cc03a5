// One transaction for a command, on the given database or on the embedded one, whether or not Docket runs at the moment.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configure, root, Stop } from '#commands/command.ts'
import type { Config } from '#config.ts'
import { createLog, type Log } from '#kit/log.ts'
import type { Transaction } from '#store/database.ts'
import { attachStore, openStore, type Store } from '#store/open.ts'

/** Runs `work` in one transaction. */
export function withDatabase<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return withStore((store) => store.database.transaction(work))
}

/** Runs `work` with the store: that of the running Docket where one holds the data folder, else opened for the while. */
export async function withStore<Result>(
  work: (store: Store, config: Config, log: Log) => Promise<Result>,
): Promise<Result> {
  const config = configure()
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
  const store = await open(config, log)
  try {
    return await work(store, config, log)
  } finally {
    await store.close()
  }
}

async function open(config: Config, log: Log): Promise<Store> {
  const running = config.databaseUrl === null && existsSync(join(config.dataDir, 'docket.lock'))
  const attached = running ? await attachStore(config, log) : null
  if (attached !== null) return attached
  try {
    return await openStore(config, root, log, 4)
  } catch (error) {
    throw new Stop(69, (error as Error).message)
  }
}
