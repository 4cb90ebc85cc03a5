// `migrate`: brings the schema up to date and ends.
import { configure, readArguments, root, type Command } from '#commands/command.ts'
import { createLog } from '#kit/log.ts'
import { openStore } from '#store/open.ts'

export const migrateCommand: Command = {
  usage: 'migrate',
  about: 'Brings the database schema up to date. Safe to run while Docket runs.',
  run: async (args) => {
    readArguments(migrateCommand, args, {})
    const config = configure()
    const store = await openStore(config, root, createLog(config.logLevel))
    await store.close()
    console.log('The schema is up to date.')
  },
}
