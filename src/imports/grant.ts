// A key that a desk gives for a while, for the id and the secret of an application (RFC 6749, 4.4): asked for once, and again when it is
// refused.
import type { Egress } from '#channels/egress.ts'
import type { Access } from '#imports/client.ts'
import { Fault } from '#kit/fault.ts'
import { z } from 'zod'

const granted = z.object({ access_token: z.string().min(1).max(5_000) })

/** Asks for keys at an address. */
export function grantedBy(
  egress: Pick<Egress, 'fetch'>,
  { url, id, secret }: { readonly url: string; readonly id: string; readonly secret: string },
): Exclude<Access['authorization'], string> {
  let key: Promise<string> | null = null
  let last: string | null = null
  return (refused, signal) => {
    // Several are refused at once, and one asks.
    if (key === null || (refused !== null && refused === last)) {
      last = null
      key = ask(egress, { url, id, secret }, signal)
      key.then(
        (said) => (last = said),
        () => (key = null),
      )
    }
    return key
  }
}

async function ask(
  egress: Pick<Egress, 'fetch'>,
  { url, id, secret }: Parameters<typeof grantedBy>[1],
  signal: AbortSignal | undefined,
): Promise<string> {
  const { status, text } = await egress.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
    }).toString(),
    timeoutMs: 60_000,
    signal: signal ?? null,
  })
  if (status === 429 || status >= 500)
    throw new Fault(`The desk answers ${status}`, { retryable: true, code: String(status) })
  const said = granted.safeParse(status === 200 ? jsonOf(text) : null)
  if (!said.success)
    throw new Fault('The desk does not accept the application or its secret', {
      retryable: false,
      code: '401',
    })
  return `Bearer ${said.data.access_token}`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
