// What an undone import leaves of its texts: nothing that is as it came and that nobody has used; the rest stays and is counted.
import { GROUP } from '#imports/articles.ts'
import { madeBy, refsOf, type Import } from '#imports/import-store.ts'
import { isAsTold } from '#imports/replies.ts'
import { namesOf } from '#imports/sections.ts'
import { forgetTexts, removeArticles, removeMacro, removeSections } from '#imports/text-store.ts'
import type { Desk } from '#desk/desk.ts'
import { allSections } from '#knowledge/section-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

const AT_ONCE = 200

export type Texts = { readonly taken: number; readonly kept: number }

/** Takes back the articles, macros and sections that an import made. */
export async function undoTexts(desk: Desk, run: Import): Promise<Texts> {
  // What a Docket's own lines set a desk up with stays whole: its rows hang on each other.
  if (run.kind === 'jsonl') return { taken: 0, kept: 0 }
  const articles = await eachMade(desk, run, 'articles', async (tx, some) => {
    const gone = await removeArticles(tx, some)
    await forgetTexts(tx, ['articles', GROUP], gone)
    return gone.length
  })
  const macros = await eachMade(desk, run, 'replies', (tx, some) => takeMacros(desk, tx, run, some))
  const sections = await eachMade(
    desk,
    run,
    'sections',
    async (tx, some) => {
      const gone = await removeSections(tx, await stillNamed(tx, run, some))
      await forgetTexts(tx, ['sections'], gone)
      return gone.length
    },
    Number.MAX_SAFE_INTEGER,
  )
  for (const changed of ['articles', 'macros', 'sections'] as const)
    tell(desk.database, { changed, id: null })
  return {
    taken: articles.taken + macros.taken + sections.taken,
    kept: articles.kept + macros.kept + sections.kept,
  }
}

type Made = { readonly localId: number; readonly sourceId: string; readonly seq: number | null }

async function eachMade(
  desk: Desk,
  { id }: Import,
  kind: string,
  take: (tx: Transaction, some: readonly Made[]) => Promise<number>,
  limit = AT_ONCE,
): Promise<Texts> {
  let [taken, kept] = [0, 0]
  for (let after = 0; ;) {
    const some = await madeBy(desk.database, id, kind, { after, limit })
    const gone = await desk.database.transaction((tx) => take(tx, some))
    taken += gone
    kept += some.length - gone
    after = some.at(-1)?.localId ?? after
    if (some.length < limit) return { taken, kept }
  }
}

/** The sections that are called as they were told. */
async function stillNamed(tx: Transaction, { source }: Import, some: readonly Made[]): Promise<number[]> {
  const ids = some.map(({ sourceId }) => sourceId)
  const refs = await refsOf(tx, source, 'sections', ids)
  const now = new Map((await allSections(tx)).map((each) => [Number(each.id), each]))
  return some.flatMap(({ localId, sourceId }) => {
    const section = now.get(localId)
    const isSame = section !== undefined && refs.get(sourceId)?.told.includes(namesOf(section)) === true
    return isSame ? [localId] : []
  })
}

async function takeMacros(
  desk: Desk,
  tx: Transaction,
  { source }: Import,
  some: readonly Made[],
): Promise<number> {
  const refs = await refsOf(
    tx,
    source,
    'replies',
    some.map(({ sourceId }) => sourceId),
  )
  const gone: number[] = []
  for (const { localId, sourceId } of some) {
    const ref = refs.get(sourceId)
    if (ref !== undefined && (await isAsTold(desk, tx, ref)) && (await removeMacro(tx, localId)))
      gone.push(localId)
  }
  await forgetTexts(tx, ['replies'], gone)
  return gone.length
}
