// `mcp`: the model-context server on standard input and output. A client starts it; it asks the desk's API with a token.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { readArguments, root, type Command } from '#commands/command.ts'
import { deskAsked } from '#commands/with-api.ts'
import { createLog } from '#kit/log.ts'
import { apiAt } from '#programs/api-client.ts'
import { contextServer } from '#programs/context-server.ts'

export const mcp: Command = {
  usage: 'mcp [--url URL]',
  about:
    'Lets programs that speak the Model Context Protocol work on tickets, over standard input and output.\nDOCKET_TOKEN says as whom, --url or DOCKET_URL where the desk is.',
  run: async (args) => {
    const { values } = readArguments(mcp, args, { url: { type: 'string' } })
    const { config, url, token } = deskAsked(values.url, 'tickets:read,tickets:write,articles:read,desk:read')
    const log = createLog(config.logLevel)
    const stopped = new AbortController()
    const api = apiAt(url, token, stopped.signal)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const server = serveStdio(() => contextServer(api, version, log), {
      onerror: (error) => log.warn({ err: error }, 'The client said what is not understood'),
    })
    const stop = () => {
      stopped.abort()
      void server.close()
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
    // Nobody is left to hear what would still be answered.
    process.stdin.once('end', stop)
    log.info({ url }, 'Ready for a client')
  },
}
