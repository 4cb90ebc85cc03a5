// `mail receive` and `mail explain`: what a mail server pipes into, and how a mail is understood.
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { withStore } from '#commands/with-database.ts'
import { acceptMail } from '#desk/receive.ts'
import { cacheRules } from '#desk/rules-cache.ts'
import { systemClock } from '#kit/clock.ts'
import { explain } from '#mail/explain.ts'

const EX_USAGE = 64
const EX_NOINPUT = 66
const EX_TEMPFAIL = 75

export const mailReceive: Command = {
  usage: 'mail receive [--mailbox ADDRESS] < message.eml',
  about: 'Stores one mail from standard input; exits 0 only when it is stored for good, 75 when it is not.',
  run: async (args) => {
    const { values } = readArguments(mailReceive, args, { mailbox: { type: 'string' } })
    const bytes = await buffer(process.stdin)
    if (bytes.length === 0) throw new Stop(EX_USAGE, 'There was no mail on standard input.')
    const envelope = {
      from: null,
      to: values.mailbox === undefined ? [] : [values.mailbox],
      remoteAddress: null,
    }
    try {
      await withStore((store) =>
        acceptMail({ clock: systemClock, rules: cacheRules(store.database) }, store.database, {
          bytes,
          envelope,
          source: 'pipe',
        }),
      )
    } catch (error) {
      throw new Stop(EX_TEMPFAIL, `The mail was not stored; try again later. ${(error as Error).message}`)
    }
  },
}

export const mailExplain: Command = {
  usage: 'mail explain [--json] FILE…',
  about: 'Shows how each mail is understood, one JSON line per file; needs no database.',
  run: async (args) => {
    const { positionals } = readArguments(mailExplain, args, { json: { type: 'boolean' } })
    if (positionals.length === 0) throw new Stop(EX_USAGE, `Usage: ./docket ${mailExplain.usage}`)
    for (const file of positionals) {
      const raw = await readFile(file).catch(() => {
        throw new Stop(EX_NOINPUT, `${file} cannot be read.`)
      })
      console.log(JSON.stringify(await explain(raw, file)))
    }
  },
}
