// `audit erase`: what the audit log says of somebody is erased; that something was done, by whom and when, stays, and so does the chain.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withDatabase } from '#commands/with-database.ts'
import { systemClock } from '#kit/clock.ts'
import { entriesSaying, eraseWords } from '#people/audit-chain-store.ts'

export const auditErase: Command = {
  usage: 'audit erase TEXT [--apply] [--json]',
  about:
    'Names the entries of the audit log that say TEXT, such as an address, in a name or a changed value; with --apply their names and values are erased.\nWho did what and when stays, and the chain stays whole. Each erasure is an entry of its own.',
  run: async (args) => {
    const { values, positionals } = readArguments(auditErase, args, {
      apply: { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const [text = ''] = positionals
    if (text.trim().length < 3)
      throw new Stop(64, `Usage: ./docket ${auditErase.usage}\nTEXT needs at least 3 characters.`)
    const applies = values.apply === true
    const ids = await withDatabase(async (tx) => {
      const found = await entriesSaying(tx, text)
      return applies ? eraseWords(tx, found, systemClock.now()) : found
    })
    const which = ids.length === 0 ? '' : `: ${ids.join(', ')}`
    if (values.json === true) console.log(JSON.stringify({ entries: ids, erased: applies }))
    else if (applies) console.log(`The words of ${ids.length} entries were erased${which}.`)
    else console.log(`${ids.length} entries say it${which}. --apply erases their names and values for good.`)
  },
}
