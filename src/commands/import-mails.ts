// `import mbox …`, `import maildir …`: the mails of a support address, conversation by conversation.
import { basename } from 'node:path'
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { runAndReport } from '#commands/imports.ts'
import { withDesk } from '#commands/with-desk.ts'
import { maildirOnDisk, mboxOnDisk } from '#imports/mails/box.ts'
import { mailMap } from '#imports/mails/map.ts'
import { mailSource, oursOf, type MailKind } from '#imports/mails/source.ts'

const options =
  '--mailbox ADDRESS… [--agent ADDRESS…] [--answered STATUS] [--unanswered STATUS] [--quiet-days N] [--name NAME] [--dry-run] [--json]'
const about =
  'Tells mails as tickets, one for each conversation. What the mailboxes and agents wrote are replies, all else is their customers’.'

export const importMbox = mailCommand('mbox', 'FILE|DIR')
export const importMaildir = mailCommand('maildir', 'DIR')

function mailCommand(kind: MailKind, place: string): Command {
  const command: Command = {
    usage: `import ${kind} ${place} ${options}`,
    about,
    run: async (args) => {
      const { values, positionals } = readArguments(command, args, {
        mailbox: { type: 'string', multiple: true, default: [] },
        agent: { type: 'string', multiple: true, default: [] },
        answered: { type: 'string' },
        unanswered: { type: 'string' },
        'quiet-days': { type: 'string' },
        name: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      })
      const [path] = positionals
      if (path === undefined || positionals.length > 1) throw new Stop(64, `Usage: ./docket ${command.usage}`)
      const { answered, unanswered, 'quiet-days': quiet } = values
      const read = mailMap.safeParse({
        mailboxes: values.mailbox,
        agents: values.agent,
        answered,
        unanswered,
        quietDays: quiet === undefined ? undefined : Number(quiet),
      })
      if (!read.success) throw new Stop(64, read.error.issues.map(({ message }) => message).join('\n'))
      const map = read.data
      const name = values.name ?? map.mailboxes[0] ?? basename(path).replace(/\.\w+$/, '')
      await withDesk(async (desk) => {
        const { mailboxes } = await oursOf(desk, map)
        if (mailboxes.size === 0)
          throw new Stop(64, 'Say with --mailbox which address is yours: what it wrote are replies.')
        await runAndReport(
          desk,
          async () => mailSource(desk, kind, await open(kind, path), name, map),
          { path, map },
          { dryRun: values['dry-run'], json: values.json },
        )
      })
    },
  }
  return command
}

function open(kind: MailKind, path: string) {
  return kind === 'mbox' ? mboxOnDisk(path) : maildirOnDisk(path)
}
