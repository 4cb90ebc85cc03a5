// A desk of another make, opened with what its API asks for.
import type { Egress } from '#channels/egress.ts'
import type { ApiKind } from '#imports/api-kinds.ts'
import { createClient } from '#imports/client.ts'
import { freshdeskSource } from '#imports/freshdesk/source.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { zendeskSource } from '#imports/zendesk/source.ts'
import type { Desk } from '#desk/desk.ts'

export type Credentials = { readonly url: string; readonly user: string; readonly token: string }

/** What a desk at an address is called among the sources. */
export function nameOfSource(kind: ApiKind, url: string): string {
  return `${kind}:${new URL(url).host}`
}

/** The source; nothing is asked of it yet, and nothing more once the signal has come. */
export function openSource(
  desk: Desk,
  egress: Egress,
  kind: ApiKind,
  { url, user, token }: Credentials,
  signal?: AbortSignal,
): Source<Item, ReadyItem> {
  const client = createClient(
    egress,
    { url, authorization: authorizationOf(kind, user, token) },
    signal === undefined ? {} : { signal },
  )
  const name = nameOfSource(kind, url)
  return kind === 'zendesk' ? zendeskSource(desk, client, name) : freshdeskSource(desk, client, name)
}

/** Zendesk takes an address with `/token` and the key, or the key of an OAuth client; Freshdesk the key and any password. */
function authorizationOf(kind: ApiKind, user: string, token: string): string {
  const basic = (name: string, password: string) =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
  if (kind === 'freshdesk') return basic(token, 'X')
  if (user === '') return `Bearer ${token}`
  return basic(user.endsWith('/token') ? user : `${user}/token`, token)
}
