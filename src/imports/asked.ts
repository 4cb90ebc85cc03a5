// Imports as people ask for them: their credentials lie sealed, and only as long as they are needed.
import { addImport, changeImport, type Import } from '#imports/import-store.ts'
import type { ApiKind } from '#imports/api-kinds.ts'
import { isEmptyDesk } from '#imports/lines/in-store.ts'
import { nameOfSource, type Credentials } from '#imports/open-source.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import type { Seal } from '#store/seal.ts'

/** Asks for a run; `look` writes nothing. */
export async function askImport(
  db: Db,
  seal: Seal,
  asked: Credentials & { kind: ApiKind; look: boolean; at: Instant; agentId: number | null },
): Promise<Import> {
  const { kind, url, user, token, look, at, agentId } = asked
  const source = nameOfSource(kind, url)
  const { keyId, sealed } = seal.close(JSON.stringify({ url, user, token }), placeOf(source))
  return addImport(db, {
    source,
    kind,
    state: 'waiting',
    options: { url, user, look, whole: await isEmptyDesk(db) },
    sealed: JSON.stringify({ keyId, sealed: sealed.toString('base64') }),
    at,
    agentId,
  })
}

/** Makes a look the real thing, with the key that was given for it. */
export async function runLooked(db: Db, run: Import): Promise<void> {
  await changeImport(db, run.id, {
    state: 'waiting',
    options: { ...run.options, look: false },
    counts: {},
    problems: [],
    complete: false,
    endedAt: null,
  })
}

/** Whether a run only looks. */
export function isLook({ options }: Pick<Import, 'options'>): boolean {
  return options['look'] === true
}

/** What a run's source asks for; throws when it is gone. */
export function openCredentials(seal: Seal, { source, sealed }: Import): Credentials {
  if (sealed === null) throw new Error('The key of this import was forgotten when it ended: ask for it anew')
  const { keyId, sealed: bytes } = JSON.parse(sealed) as { keyId: string; sealed: string }
  return JSON.parse(
    seal.open({ keyId, sealed: Buffer.from(bytes, 'base64') }, placeOf(source)),
  ) as Credentials
}

function placeOf(source: string): string {
  return `import|${source}`
}
