// `import zendesk …`, `import freshdesk …`, `import helpscout …`, `import intercom …`: another desk by its API.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { runAndReport } from '#commands/imports.ts'
import { withDesk } from '#commands/with-desk.ts'
import { createEgress } from '#channels/egress.ts'
import { apiMakes, namesDesk, type ApiKind } from '#imports/kinds.ts'
import { openSource } from '#imports/open-source.ts'

const about =
  'Reads a whole desk by its API and tells it with every moment of its past; the same again brings only what is new.'

const USERS = { address: 'U', application: 'APP_ID', workspace: 'WORKSPACE_ID' } as const

export const importZendesk = apiCommand('zendesk')
export const importFreshdesk = apiCommand('freshdesk')
export const importHelpscout = apiCommand('helpscout')
export const importIntercom = apiCommand('intercom')

function apiCommand(kind: ApiKind): Command {
  const { url: usual, user: asked } = apiMakes[kind]
  const where = usual === null ? '--url BASE ' : '[--url BASE] '
  const who = asked === null ? '' : `--user ${USERS[asked]} `
  const command: Command = {
    usage: `import ${kind} ${where}${who}--token ${asked === 'application' ? 'APP_SECRET' : 'T'} [--dry-run] [--json]`,
    about,
    run: async (args) => {
      const { values } = readArguments(command, args, {
        url: { type: 'string', ...(usual === null ? {} : { default: usual }) },
        user: { type: 'string', default: '' },
        token: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      })
      const { url, user, token } = values
      if (
        url === undefined ||
        token === undefined ||
        !URL.canParse(url) ||
        !/^https?:/.test(url) ||
        (namesDesk(apiMakes[kind]) && user === '')
      )
        throw new Stop(64, `Usage: ./docket ${command.usage}`)
      const wanted = { dryRun: values['dry-run'], json: values.json }
      await withDesk(async (desk) => {
        // Whoever types the address may reach it; what the answers link to may lead only where that does.
        const egress = createEgress([new URL(url).hostname.replace(/^\[|\]$/g, '')])
        try {
          await runAndReport(
            desk,
            () => Promise.resolve(openSource(desk, egress, { kind, url, user, token })),
            { url, user },
            wanted,
          )
        } finally {
          await egress.close()
        }
      })
    },
  }
  return command
}
