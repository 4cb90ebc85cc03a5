// For commands that work on a desk over its API: where it is, and as whom.
import { configure, Stop } from '#commands/command.ts'
import type { Config } from '#config.ts'
import { Fault } from '#kit/fault.ts'
import { apiAt, type Api } from '#programs/api-client.ts'
import { Refused } from '#programs/refused.ts'

/** Where the desk is and as whom it is asked, or exit 64 with what is missing. */
export function deskAsked(
  given: string | undefined,
  scopes: string,
): { readonly config: Config; readonly url: string; readonly token: string } {
  const config = configure()
  const url = given?.replace(/\/+$/, '') ?? config.deskUrl
  if (!/^https?:\/\/./.test(url) || !URL.canParse(url))
    throw new Stop(64, `--url: ${url} is no address of a desk`)
  if (config.deskToken === null)
    throw new Stop(
      64,
      `Set DOCKET_TOKEN to an API token. This makes one: ./docket token create --name NAME --scopes ${scopes} --user EMAIL`,
    )
  return { config, url, token: config.deskToken }
}

/** Runs against the desk's API; a no is exit 1 with its sentence, a desk that does not answer exit 69 (EX_UNAVAILABLE). */
export async function withApi<T>(given: string | undefined, run: (api: Api) => Promise<T>): Promise<T> {
  const { url, token } = deskAsked(given, 'tickets:read,tickets:write,articles:read')
  const stopped = new AbortController()
  const stop = () => stopped.abort()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  try {
    return await run(apiAt(url, token, stopped.signal))
  } catch (error) {
    if (error instanceof Refused) throw new Stop(1, error.message)
    if (error instanceof Fault)
      throw new Stop(69, `${error.message}. Is it running, and is DOCKET_URL right?`)
    throw error
  }
}
