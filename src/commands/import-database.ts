// `import zammad …`, `import freescout …`: another desk from its database.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { runAndReport } from '#commands/imports.ts'
import { withDesk } from '#commands/with-desk.ts'
import { createEgress } from '#channels/egress.ts'
import { addressWith, databaseMakes, fitsMake, type DatabaseKind } from '#imports/kinds.ts'
import { clocksOf } from '#imports/old-line.ts'
import { nameOfSource, openSource } from '#imports/open-source.ts'

export const importZammad = databaseCommand('zammad')
export const importChatwoot = databaseCommand('chatwoot')
export const importFreescout = databaseCommand('freescout')
export const importOsticket = databaseCommand('osticket')
export const importRt = databaseCommand('rt')

function databaseCommand(kind: DatabaseKind): Command {
  const { in: schemes, asks, files: folder } = databaseMakes[kind]
  const more = asks
    .map((each) => (each === 'zone' ? '--zone ZONE' : `[--${each} ${each.toUpperCase()}]`))
    .join(' ')
  const command: Command = {
    usage: `import ${kind} --database ${schemes[0]}://… ${more === '' ? '' : `${more} `}${folder === undefined ? '' : '[--files DIR] '}[--name NAME] [--dry-run] [--json]`,
    about:
      'Reads a whole desk from its database, which is only read, and tells it with every moment of its past; the same again brings only what is new.' +
      (folder === undefined
        ? ''
        : ` --files names its ${folder}: without it those files stay behind, until a run that has it.`),
    run: async (args) => {
      const { values } = readArguments(command, args, {
        database: { type: 'string' },
        zone: { type: 'string' },
        prefix: { type: 'string' },
        files: { type: 'string' },
        name: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      })
      const { files = null, name, zone, prefix } = values
      const database = addressWith(values.database ?? '', { zone, prefix })
      if (!URL.canParse(database) || !fitsMake(kind, database) || (files !== null && folder === undefined))
        throw new Stop(64, `Usage: ./docket ${command.usage}`)
      const asked = { kind, database, ...(name === undefined ? {} : { name }) }
      const wanted = { dryRun: values['dry-run'], json: values.json }
      await withDesk(async (desk) => {
        // Whoever types the address may reach it; what messages link to leads to no other port of that host.
        const near = createEgress([new URL(database).hostname.replace(/^\[|\]$/g, '')])
        const outside = createEgress([])
        const egress = { ...outside, addressOf: near.addressOf }
        try {
          const open = () => Promise.resolve(openSource(desk, egress, asked, { local: { files } }))
          const clocks = clocksOf(new URL(database))
          await runAndReport(desk, open, { source: nameOfSource(asked), files, clocks }, wanted)
        } finally {
          await near.close()
          await outside.close()
        }
      })
    },
  }
  return command
}
