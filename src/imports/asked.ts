// Imports as people ask for them: their credentials lie sealed, and only as long as they are needed.
import { addImport, changeImport, resealImport, sealedImports, type Import } from '#imports/import-store.ts'
import { seenIn } from '#imports/counts.ts'
import { dropProblems } from '#imports/file-store.ts'
import { isEmptyDesk } from '#imports/lines/in-store.ts'
import { nameOfSource, type Asked } from '#imports/open-source.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import type { Seal } from '#store/seal.ts'

/** Asks for a run; `look` writes nothing. */
export async function askImport(
  db: Db,
  seal: Seal,
  asked: Asked,
  { look, at, agentId }: { look: boolean; at: Instant; agentId: number | null },
): Promise<Import> {
  const source = nameOfSource(asked)
  const shown =
    'map' in asked ? { map: asked.map } : 'url' in asked ? { url: asked.url, user: asked.user } : {}
  return addImport(db, {
    source,
    kind: asked.kind,
    state: 'waiting',
    options: { ...shown, look, whole: await isEmptyDesk(db) },
    sealed: sealedText(seal, source, asked),
    at,
    agentId,
  })
}

/** Seals the credentials of runs that still need them under the key of today; returns how many had another. */
export async function rotateImports(db: Db, seal: Seal): Promise<number> {
  const old = (await sealedImports(db)).filter(({ sealed }) => !sealed?.includes(`"${seal.keyId}"`))
  for (const run of old) await resealImport(db, run.id, sealedText(seal, run.source, openAsked(seal, run)))
  return old.length
}

function sealedText(seal: Seal, source: string, asked: Asked): string {
  const { keyId, sealed } = seal.close(JSON.stringify(asked), placeOf(source))
  return JSON.stringify({ keyId, sealed: sealed.toString('base64') })
}

/** Makes a look the real thing, with the key that was given for it. */
export async function runLooked(db: Db, run: Import): Promise<void> {
  await dropProblems(db, run.id)
  await changeImport(db, run.id, {
    state: 'waiting',
    options: { ...run.options, look: false, expected: seenIn(run.counts) },
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

/** How many records the look before a run saw; null without one. */
export function expectedOf({ options }: Pick<Import, 'options'>): number | null {
  const { expected } = options
  return typeof expected === 'number' ? expected : null
}

/** What a run was asked for with; throws when it is gone. */
export function openAsked(seal: Seal, { source, kind, sealed }: Import): Asked {
  if (sealed === null) throw new Error('The key of this import was forgotten when it ended: ask for it anew')
  const { keyId, sealed: bytes } = JSON.parse(sealed) as { keyId: string; sealed: string }
  const opened = seal.open({ keyId, sealed: Buffer.from(bytes, 'base64') }, placeOf(source))
  // Those of before files could be asked for do not name their kind.
  return { kind, ...(JSON.parse(opened) as object) } as Asked
}

function placeOf(source: string): string {
  return `import|${source}`
}
