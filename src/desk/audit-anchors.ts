// Once an hour the audit log's chain is looked at, and its end written down outside of the database: signed, a line for each hour in
// the data folder, and mailed where the desk asks for it. Whoever rewrites the log in the database cannot rewrite those.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Desk } from '#desk/desk.ts'
import { alertTo } from '#desk/outbound/alerts.ts'
import { instant, plus, type Instant } from '#kit/time.ts'
import { administrators } from '#people/agent-store.ts'
import { isLookDue, keepLook, lookAtChain, type AuditLook } from '#people/audit-chain-store.ts'
import type { Link } from '#people/audit-chain.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'

const EVERY_SECONDS = 3_600
const FILE = 'audit-anchors.jsonl'

/** Where anchors lie, and the secrets that may have signed them: that of today first. */
export type Anchorage = {
  readonly dataDir: string
  readonly file?: string
  readonly secrets: readonly string[]
}

type Anchor = Link & { readonly at: Instant; readonly signature: string }

const anchorLine = z.object({
  at: z.iso.datetime().transform((at) => instant(new Date(at))),
  place: z.int(),
  hash: z.string(),
  signature: z.string(),
})

/** The anchors of a data folder, and the numbers of the lines that no secret of ours has signed. */
async function readAnchors({ dataDir, file = FILE, secrets }: Anchorage): Promise<{
  readonly anchors: readonly Anchor[]
  readonly unsigned: readonly number[]
}> {
  const text = await readFile(join(dataDir, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && file === FILE) return ''
    throw error
  })
  const anchors: Anchor[] = []
  const unsigned: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const anchor = readAnchor(line)
    if (anchor !== null && secrets.some((secret) => isSignedBy(anchor, secret))) anchors.push(anchor)
    else unsigned.push(index + 1)
  }
  return { anchors, unsigned }
}

function readAnchor(line: string): Anchor | null {
  try {
    return anchorLine.parse(JSON.parse(line))
  } catch {
    return null
  }
}

function signatureOf({ at, place, hash }: Omit<Anchor, 'signature'>, secret: string): string {
  return createHmac('sha256', secret).update(`audit anchor\0${at}\0${place}\0${hash}`).digest('base64url')
}

function isSignedBy(anchor: Anchor, secret: string): boolean {
  const [given, right] = [Buffer.from(anchor.signature), Buffer.from(signatureOf(anchor, secret))]
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Looks at the chain as it is, held against every anchor of these files. */
export async function checkAudit(
  db: Db,
  anchorages: readonly Anchorage[],
): Promise<AuditLook & { readonly anchors: readonly Anchor[] }> {
  const read = await Promise.all(anchorages.map(readAnchors))
  const anchors = read.flatMap((each) => each.anchors)
  const unsigned = read.flatMap((each) => each.unsigned)
  const look = await lookAtChain(db, anchors)
  const [line] = unsigned
  const fault =
    look.fault ?? (line === undefined ? null : { kind: 'unsigned' as const, place: line, entryId: null })
  return { ...look, fault, anchors }
}

/** The round of an hour: looks, keeps what it found, and anchors a chain that is whole and has grown. */
export function anchorAudit(desk: Desk, anchorage: Anchorage): () => Promise<Round> {
  let nextAt = desk.clock.now()
  return async () => {
    const at = desk.clock.now()
    if (at < nextAt) return nextAt
    await desk.database.transaction(async (tx) => {
      // Of several machines one looks; each holds the chain against the anchors that lie with it.
      if (await isLookDue(tx, plus(at, -EVERY_SECONDS))) await lookOnce(desk, tx, anchorage, at)
    })
    nextAt = plus(at, EVERY_SECONDS)
    return nextAt
  }
}

async function lookOnce(desk: Desk, tx: Transaction, anchorage: Anchorage, at: Instant): Promise<void> {
  const look = await checkAudit(tx, [anchorage])
  await keepLook(tx, look, at)
  if (look.fault !== null) {
    desk.log.error({ fault: look.fault }, 'The audit log is not as it was written')
    return tellAdministrators(desk, tx, at)
  }
  if (look.whole.place <= (look.anchors.at(-1)?.place ?? 0)) return
  const [secret = ''] = anchorage.secrets
  const anchor = { at, ...look.whole, signature: signatureOf({ at, ...look.whole }, secret) }
  await appendFile(join(anchorage.dataDir, FILE), `${JSON.stringify(anchor)}\n`, { mode: 0o600, flush: true })
  await mailAnchor(desk, tx, anchor)
}

async function mailAnchor(desk: Desk, db: Db, anchor: Anchor): Promise<void> {
  const { auditMailTo, language } = (await desk.setup.now()).desk
  if (auditMailTo === null) return
  await alertTo(desk, db, {
    key: `audit:anchor:${anchor.place}`,
    to: [{ name: '', email: auditMailTo, language }],
    say: (words, timeZone) =>
      words.anchor({
        line: JSON.stringify(anchor),
        place: anchor.place,
        at: words.moment(anchor.at, timeZone),
      }),
    notBy: null,
  })
}

async function tellAdministrators(desk: Desk, db: Db, at: Instant): Promise<void> {
  await alertTo(desk, db, {
    key: `audit:broken:${at.slice(0, 10)}`,
    to: await administrators(db),
    say: (words) => words.auditBroken({ url: `${desk.baseUrl}/admin/audit` }),
    notBy: null,
  })
}
