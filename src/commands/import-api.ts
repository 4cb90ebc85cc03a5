// `import zendesk …`, `import freshdesk …`: another desk by its API.
import { readArguments, Stop, type Command } from '#commands/command.ts'
import { runAndReport } from '#commands/imports.ts'
import { withDesk } from '#commands/with-desk.ts'
import { createEgress, type Egress } from '#channels/egress.ts'
import { createClient, type Access } from '#imports/client.ts'
import { freshdeskSource } from '#imports/freshdesk/source.ts'
import type { Source } from '#imports/run.ts'
import { zendeskSource } from '#imports/zendesk/source.ts'
import type { Desk } from '#desk/desk.ts'

const about =
  'Reads a whole desk by its API and tells it with every moment of its past; the same again brings only what is new.'

/** Zendesk takes an address with `/token`, or what it calls the user. */
export const importZendesk = apiCommand('zendesk', (desk, access, egress) =>
  zendeskSource(desk, createClient(egress, access), access.url),
)

/** Freshdesk takes the key as the user, and any password. */
export const importFreshdesk = apiCommand('freshdesk', (desk, access, egress) =>
  freshdeskSource(desk, createClient(egress, access), access.url),
)

function apiCommand<Item, Ready>(
  kind: string,
  sourceOf: (desk: Desk, access: Access, egress: Egress) => Source<Item, Ready>,
): Command {
  const command: Command = {
    usage: `import ${kind} --url BASE --user U --token T [--dry-run] [--json]`,
    about,
    run: async (args) => {
      const { values } = readArguments(command, args, {
        url: { type: 'string' },
        user: { type: 'string', default: '' },
        token: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      })
      const { url, user, token } = values
      if (url === undefined || token === undefined || !URL.canParse(url) || !/^https?:/.test(url))
        throw new Stop(64, `Usage: ./docket ${command.usage}`)
      const wanted = { dryRun: values['dry-run'], json: values.json }
      await withDesk(async (desk) => {
        // Whoever types the address may reach it; what the answers link to may lead only where that does.
        const egress = createEgress([new URL(url).hostname.replace(/^\[|\]$/g, '')])
        const access = { url, authorization: authorizationOf(kind, user, token) }
        try {
          await runAndReport(
            desk,
            () => Promise.resolve(sourceOf(desk, access, egress)),
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

/** How each desk wants to be told who asks. */
function authorizationOf(kind: string, user: string, token: string): string {
  const basic = (name: string, password: string) =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
  if (kind === 'zendesk')
    return user === '' ? `Bearer ${token}` : basic(user.endsWith('/token') ? user : `${user}/token`, token)
  return basic(token, 'X')
}
