// What is asked for on screen, opened: a desk of another make with what its API wants, or a file that was uploaded.
import type { Egress } from '#channels/egress.ts'
import { apiMakes, databaseMakes, namesDesk, type ApiKind, type DatabaseKind } from '#imports/kinds.ts'
import { chatwootSource } from '#imports/chatwoot/source.ts'
import { createClient, type Access } from '#imports/client.ts'
import { fromStore } from '#imports/files.ts'
import type { CsvMap } from '#imports/csv/map.ts'
import { csvName, csvSource } from '#imports/csv/source.ts'
import { freshdeskSource } from '#imports/freshdesk/source.ts'
import { grantedBy } from '#imports/grant.ts'
import { helpscoutSource } from '#imports/helpscout/source.ts'
import { intercomSource } from '#imports/intercom/source.ts'
import { freescoutSource } from '#imports/freescout/source.ts'
import { mboxInStore } from '#imports/mails/box.ts'
import type { MailMap } from '#imports/mails/map.ts'
import { mailName, mailSource } from '#imports/mails/source.ts'
import { osticketSource } from '#imports/osticket/source.ts'
import type { ReadyItem } from '#imports/ready.ts'
import { rtSource } from '#imports/rt/source.ts'
import type { Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { zammadSource } from '#imports/zammad/source.ts'
import { exportName, exportOf } from '#imports/zendesk/export-file.ts'
import { zendeskSource } from '#imports/zendesk/source.ts'
import type { Desk } from '#desk/desk.ts'

export type Credentials = { readonly url: string; readonly user: string; readonly token: string }
export type Asked =
  | (Credentials & { readonly kind: ApiKind })
  | { readonly kind: DatabaseKind; readonly database: string; readonly name?: string }
  | { readonly kind: 'zendesk-export'; readonly name: string; readonly files: readonly UploadedPart[] }
  | (Uploaded & { readonly kind: 'csv'; readonly map: CsvMap })
  | (Uploaded & { readonly kind: 'mbox'; readonly map: MailMap })
/** A file that was uploaded, and the name that what stands in it is known by. */
type Uploaded = { readonly name: string; readonly file: number }

/** One of several files, as it was called. */
type UploadedPart = { readonly file: number; readonly name: string }

/** What whoever sits at this machine may have read beside a database. */
type Local = { readonly files: string | null }

const apiSources: Readonly<Record<ApiKind, typeof zendeskSource>> = {
  zendesk: zendeskSource,
  freshdesk: freshdeskSource,
  helpscout: helpscoutSource,
  intercom: intercomSource,
}

const databaseSources: Readonly<Record<DatabaseKind, typeof chatwootSource>> = {
  zammad: zammadSource,
  chatwoot: chatwootSource,
  freescout: freescoutSource,
  osticket: osticketSource,
  rt: rtSource,
}

/** What it is called among the sources. */
export function nameOfSource(asked: Asked): string {
  if (asked.kind === 'csv') return csvName(asked.name)
  if (asked.kind === 'mbox') return mailName(asked.name)
  if (asked.kind === 'zendesk-export') return exportName(asked.name)
  if ('database' in asked) return databaseName(asked)
  const { host } = new URL(asked.url)
  return `${asked.kind}:${host}${namesDesk(apiMakes[asked.kind]) ? `#${asked.user}` : ''}`
}

/** The name that is given to a desk, else where its database is, without who reads it. */
function databaseName({ kind, database, name }: Extract<Asked, { database: string }>): string {
  const { host, pathname, searchParams } = new URL(database)
  const part = searchParams.get('account') ?? searchParams.get('prefix')
  const isUsual = part === null || part === databaseMakes[kind].prefix
  // A socket says more than the host beside it.
  const server = searchParams.get('host') ?? host.toLowerCase().replace(/:(?:5432|3306)$/, '')
  const place = name ?? `${server}${pathname}`
  return `${kind}:${place}${isUsual ? '' : `#${part}`}`
}

/** The files that were uploaded for it. */
export function filesOfAsked(asked: Asked): readonly number[] {
  if ('files' in asked) return asked.files.map(({ file }) => file)
  return 'file' in asked ? [asked.file] : []
}

/** The source; nothing is asked of it yet, and nothing more once the signal has come. */
export function openSource(
  desk: Desk,
  egress: Egress,
  asked: Asked,
  { signal, local }: { readonly signal?: AbortSignal; readonly local?: Local } = {},
): Source<Item, ReadyItem> {
  if (asked.kind === 'csv') return csvSource(desk, fromStore(desk, asked.file), asked.name, asked.map)
  if (asked.kind === 'mbox')
    return mailSource(desk, 'mbox', mboxInStore(desk, asked.file, asked.name), asked.name, asked.map)
  if (asked.kind === 'zendesk-export') {
    const given = asked.files.map(({ file, name }) => ({ name, open: fromStore(desk, file) }))
    return exportOf(desk, given, nameOfSource(asked))
  }
  if ('database' in asked) {
    const where = { database: asked.database, files: local?.files ?? null, isLocal: local !== undefined }
    return databaseSources[asked.kind](desk, egress, where, nameOfSource(asked))
  }
  const { kind, url } = asked
  const client = createClient(
    egress,
    { url, authorization: authorizationOf(egress, asked), headers: HEADERS[kind] ?? {} },
    signal === undefined ? {} : { signal },
  )
  return apiSources[kind](desk, client, nameOfSource(asked))
}

/** What an API is asked in beside, where it changes what it says. */
const HEADERS: Readonly<Partial<Record<ApiKind, Readonly<Record<string, string>>>>> = {
  intercom: { 'intercom-version': '2.14' },
}

/** Zendesk takes an address with `/token` and the key, or the key of an OAuth client; Freshdesk the key and any password; Help Scout what it gives for an application and its secret. */
function authorizationOf(
  egress: Egress,
  { kind, url, user, token }: Credentials & { readonly kind: ApiKind },
): Access['authorization'] {
  const basic = (name: string, password: string) =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
  if (kind === 'helpscout')
    return grantedBy(egress, { url: new URL('/v2/oauth2/token', url).href, id: user, secret: token })
  if (kind === 'freshdesk') return basic(token, 'X')
  if (kind === 'intercom' || user === '') return `Bearer ${token}`
  return basic(user.endsWith('/token') ? user : `${user}/token`, token)
}
