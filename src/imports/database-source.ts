// A desk that is read from its database, by whatever make: opened, known again, and read table by table.
import { originOf, type First } from '#imports/origin-store.ts'
import { putRefs } from '#imports/import-store.ts'
import { databaseMakes, type DatabaseKind } from '#imports/kinds.ts'
import { oldFileAt } from '#imports/old-files.ts'
import { openOldDatabase, type OldDatabase, type Shape, type Where } from '#imports/old-store.ts'
import { readStages, type Stage } from '#imports/pages.ts'
import type { ReadyItem } from '#imports/ready.ts'
import type { Source } from '#imports/run.ts'
import type { Item } from '#imports/story.ts'
import { teller } from '#imports/teller.ts'
import type { Egress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'

/** What a make has: its tables, where its oldest ticket is, and what is read after what. */
export type Reading = {
  readonly shape: Shape
  readonly first: First
  readonly stages: (db: OldDatabase) => Promise<Stage[]>
}

/** A desk of a make, read as its address says; what it does not say is told when it is opened. */
export function databaseSource(
  desk: Desk,
  egress: Pick<Egress, 'addressOf' | 'fetch'>,
  where: Where,
  { name, kind }: { readonly name: string; readonly kind: DatabaseKind },
  reading: () => Reading,
): Source<Item, ReadyItem> {
  const telling = teller(desk, name, { file: (link) => oldFileAt(egress, link) })
  let origin: Awaited<ReturnType<typeof originOf>> = []
  return {
    name,
    kind,
    async *batches(from) {
      const { shape, first, stages } = reading()
      const db = await openOldDatabase(egress, where, { make: databaseMakes[kind].label, shape })
      try {
        origin = await originOf(desk.database, name, where, db, first)
        return yield* readStages(await stages(db), from)
      } finally {
        await db.close()
      }
    },
    ...telling,
    tell: async (tx, run, ready) => {
      await putRefs(tx, { source: name, importId: run.id }, origin)
      return telling.tell(tx, run, ready)
    },
  }
}
