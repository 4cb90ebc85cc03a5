// `import zendesk-export …`: the files that Zendesk's own export wrote.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { runAndReport } from '#commands/imports.ts'
import { withDesk } from '#commands/with-desk.ts'
import { exportSource } from '#imports/zendesk/export-file.ts'

export const importZendeskExport: Command = {
  usage: 'import zendesk-export DIR|FILE… [--name company.zendesk.com] [--dry-run] [--json]',
  about:
    'Reads the JSON files that Zendesk’s own export wrote (tickets, users, organisations), with every moment of their past. An import by its API goes on from there.',
  run: async (args) => {
    const { values, positionals } = readArguments(importZendeskExport, args, {
      name: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    })
    if (positionals.length === 0) throw new Stop(64, `Usage: ./docket ${importZendeskExport.usage}`)
    const wanted = { dryRun: values['dry-run'], json: values.json }
    const name = values.name?.toLowerCase() ?? null
    await withDesk((desk) =>
      runAndReport(desk, () => exportSource(desk, positionals, name), { paths: positionals }, wanted),
    )
  },
}
