// Imports as people ask for them: their credentials lie sealed, and only as long as they are needed.
import { addImport, changeImport, resealImport, sealedImports, type Import } from '#imports/import-store.ts'
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
  return addImport(db, {
    source,
    kind,
    state: 'waiting',
    options: { url, user, look, whole: await isEmptyDesk(db) },
    sealed: sealedText(seal, source, { url, user, token }),
    at,
    agentId,
  })
}

/** Seals the credentials of runs that still need them under the key of today; returns how many had another. */
export async function rotateImports(db: Db, seal: Seal): Promise<number> {
  const old = (await sealedImports(db)).filter(({ sealed }) => !sealed?.includes(`"${seal.keyId}"`))
  for (const run of old)
    await resealImport(db, run.id, sealedText(seal, run.source, openCredentials(seal, run)))
  return old.length
}

function sealedText(seal: Seal, source: string, credentials: Credentials): string {
  const { keyId, sealed } = seal.close(JSON.stringify(credentials), placeOf(source))
  return JSON.stringify({ keyId, sealed: sealed.toString('base64') })
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
