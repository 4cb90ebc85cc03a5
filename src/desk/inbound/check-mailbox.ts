// Tries a mailbox's connections now, step by step, and says what the other server said and what to do about it.
import type { Account } from '#channels/account.ts'
import { cureOf } from '#channels/cure.ts'
import { openFolder, listFolders } from '#channels/imap.ts'
import { noteTest } from '#channels/fetch-store.ts'
import type { Desk } from '#desk/desk.ts'
import { openRelay } from '#desk/outbound/relays.ts'
import { signInFor } from '#desk/outbound/sign-in.ts'
import type { Instant } from '#kit/time.ts'
import { canonicalAddress } from '#mail/address.ts'
import { compose } from '#mail/compose.ts'
import { signTest, testHeader } from '#mail/test-mail.ts'
import { mintMessageId } from '#mail/token.ts'
import { randomBytes } from 'node:crypto'

export type Check = {
  readonly name:
    | 'imap_connect'
    | 'imap_login'
    | 'imap_folder'
    | 'smtp_connect'
    | 'smtp_login'
    | 'mx'
    | 'spf'
    | 'dkim'
    | 'dmarc'
  readonly state: 'ok' | 'failed' | 'skipped'
  readonly ms: number
  readonly words: string
  readonly cure: string | null
  readonly wanted: string | null
  readonly found: string | null
}
export type Checked = {
  readonly checks: readonly Check[]
  readonly folders: readonly string[]
  /** How many mails lie in the folder. */
  readonly historyCount: number | null
}

const CONNECT_MS = 10_000

/** Runs steps in order; after a failed one the rest is skipped. */
function stepper() {
  const checks: Check[] = []
  const run = async <Result>(
    name: Check['name'],
    work: () => Promise<Result>,
    wordsOf: (result: Result) => string,
  ): Promise<Result | null> => {
    const nothing = { name, wanted: null, found: null, cure: null }
    if (checks.some(({ state }) => state === 'failed')) {
      checks.push({ ...nothing, state: 'skipped', ms: 0, words: '' })
      return null
    }
    const startedAt = performance.now()
    const ms = () => Math.round(performance.now() - startedAt)
    try {
      const result = await work()
      checks.push({ ...nothing, state: 'ok', ms: ms(), words: wordsOf(result) })
      return result
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      checks.push({ ...nothing, state: 'failed', ms: ms(), words, cure: cureOf(words) })
      return null
    }
  }
  return { checks, run }
}

/** Connects, signs in, opens the folder, and counts what lies there. */
export async function checkImap(desk: Desk, account: Account): Promise<Checked> {
  const { imap } = account
  if (imap === null) return { checks: [], folders: [], historyCount: null }
  const { checks, run } = stepper()
  const connect = async () => (await desk.egress.connect(imap.host, imap.port, CONNECT_MS)).destroy()
  await run('imap_connect', connect, () => `${imap.host}:${imap.port}`)
  const folders = await run(
    'imap_login',
    async () =>
      listFolders(imap, await signInFor(desk, account, { ...imap, purpose: 'imap_password' }), desk.egress),
    (found) => `${imap.user} · ${found.length}`,
  )
  const historyCount = await run(
    'imap_folder',
    async () => {
      const signIn = await signInFor(desk, account, { ...imap, purpose: 'imap_password' })
      const folder = await openFolder(imap, signIn, desk.egress)
      const count = (await folder.uidsAfter(0)).length
      folder.close()
      return count
    },
    (count) => `${imap.folder} · ${count}`,
  )
  return { checks, folders: folders ?? [], historyCount }
}

/** Connects and signs in at the mailbox's own server. */
export async function checkSmtp(desk: Desk, account: Account): Promise<Checked> {
  const { smtp } = account
  if (smtp === null) return { checks: [], folders: [], historyCount: null }
  const { checks, run } = stepper()
  const connect = async () => (await desk.egress.connect(smtp.host, smtp.port, CONNECT_MS)).destroy()
  await run('smtp_connect', connect, () => `${smtp.host}:${smtp.port}`)
  const login = async () => {
    const relay = await openRelay(desk, account)
    await relay.verify().finally(() => relay.close())
  }
  await run('smtp_login', login, () => smtp.user)
  return { checks, folders: [], historyCount: null }
}

/** What the domain publishes about its mail, beside what it should. */
export async function checkDns(desk: Desk, account: Account): Promise<Checked> {
  const domain = account.address.slice(account.address.indexOf('@') + 1)
  const text = async (name: string, begins: string) => {
    const records = (await desk.dns(name, 'TXT').catch(() => [])) as string[][]
    return records.map((parts) => [parts].flat().join('')).find((record) => record.startsWith(begins)) ?? null
  }
  const exchanges = (await desk.dns(domain, 'MX').catch(() => [])) as unknown as { exchange: string }[]
  const mx = exchanges.map(({ exchange }) => exchange).join(', ')
  const [spf, dmarc] = [await text(domain, 'v=spf1'), await text(`_dmarc.${domain}`, 'v=DMARC1')]
  const checks = [
    published('mx', mx === '' ? null : mx, null),
    published('spf', spf, `v=spf1 ${includeOf(mx)} ~all`),
    published('dmarc', dmarc, `v=DMARC1; p=none; rua=mailto:${account.address}`),
  ]
  if (account.dkim !== null) {
    const { selector, publicKey } = account.dkim
    const found = await text(`${selector}._domainkey.${account.dkim.domain}`, 'v=DKIM1')
    const wanted = dkimRecord(publicKey)
    const check = published('dkim', found, wanted)
    const same = found?.replace(/\s/g, '') === wanted.replace(/\s/g, '')
    checks.push(same ? check : { ...check, state: 'failed', cure: 'publish_record' })
  }
  return { checks, folders: [], historyCount: null }
}

/** The TXT record for a signing key. */
export function dkimRecord(publicKey: string): string {
  return `v=DKIM1; k=rsa; p=${publicKey}`
}

function includeOf(mx: string): string {
  if (/google/i.test(mx)) return 'include:_spf.google.com'
  if (/outlook|microsoft/i.test(mx)) return 'include:spf.protection.outlook.com'
  return 'mx'
}

function published(name: Check['name'], found: string | null, wanted: string | null): Check {
  const state = found === null ? 'failed' : 'ok'
  return {
    name,
    state,
    ms: 0,
    words: found ?? '',
    cure: found === null ? 'publish_record' : null,
    wanted,
    found,
  }
}

/** Sends a mail from the mailbox to itself; when it comes back, receive knows it by its signature. */
export async function sendTest(desk: Desk, account: Account): Promise<{ sentAt: Instant; response: string }> {
  const at = desk.clock.now()
  const address = canonicalAddress(account.address)
  if (address === null) throw new Error(`Bug: mailbox ${account.mailboxId} has no usable address`)
  const { raw, envelope } = await compose({
    from: { name: 'Docket', address },
    replyTo: null,
    to: [{ name: '', address }],
    cc: [],
    subject: 'Docket: does this mailbox work?',
    messageId: mintMessageId(address.slice(address.indexOf('@') + 1), randomBytes(20)),
    inReplyTo: null,
    references: [],
    date: at,
    text: 'This mail was sent to see whether it comes back. It needs no answer.',
    html: null,
    attachments: [],
    automatic: 'generated',
    bounceTo: null,
    headers: { [testHeader]: signTest(account.mailboxId, at, desk.secret) },
  })
  const relay = await openRelay(desk, account)
  try {
    const { response } = await relay.send({ raw, envelope })
    await noteTest(desk.database, account.mailboxId, 'sent', at)
    return { sentAt: at, response }
  } finally {
    relay.close()
  }
}
