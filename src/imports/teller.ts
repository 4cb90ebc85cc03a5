// Tells what a reader has made of another desk, kind by kind, and says what became of each record.
import type { Client } from '#imports/client.ts'
import { tellFields, tellGroups, tellOrganizations } from '#imports/cast.ts'
import { outcomeOf, placeOf } from '#imports/counts.ts'
import { refsOf } from '#imports/import-store.ts'
import { makeLinks } from '#imports/links.ts'
import { makeMerges } from '#imports/merges.ts'
import { tellArticles } from '#imports/articles.ts'
import { readyItems, type ReadyArticle, type ReadyItem, type ReadyTicket } from '#imports/ready.ts'
import { tellReplies } from '#imports/replies.ts'
import type { Source } from '#imports/run.ts'
import type { From } from '#imports/import-store.ts'
import type { Item, Told } from '#imports/story.ts'
import { tellStories } from '#imports/tell.ts'
import { tellSections } from '#imports/sections.ts'
import { tellUsers } from '#imports/users.ts'
import { withoutFiles } from '#imports/version.ts'
import type { Result } from '#imports/counts.ts'
import type { Desk } from '#desk/desk.ts'
import type { Transaction } from '#store/database.ts'

/** What every source of another make shares: how its records are made ready, told and looked at. */
export function teller(
  desk: Desk,
  name: string,
  client: Pick<Client, 'file'> | null,
): Pick<Source<Item, ReadyItem>, 'ready' | 'tell' | 'settle' | 'look'> {
  return {
    ready: (items) => readyItems(desk, name, client, items),
    tell: async (tx, run, ready) => {
      const results: Result[] = ready.filter((each) => 'settled' in each)
      const open = ready.filter((each) => !('settled' in each)) as Exclude<ReadyItem, { settled: true }>[]
      for (const [kind, some] of Map.groupBy(open, (each) => each.kind))
        results.push(
          ...(await tellKind(desk, tx, { source: name, importId: run.id }, kind as Told['kind'], some)),
        )
      return results
    },
    settle: async (tx, run) => {
      const from = { source: name, importId: run.id }
      const merged = await makeMerges(desk, tx, from)
      return merged.results.length > 0 ? { ...merged, more: true } : makeLinks(desk, tx, from)
    },
    look: async (items) => {
      const results: Result[] = []
      for (const [kind, some] of Map.groupBy(items, (each) => each.kind)) {
        const refs = await refsOf(
          desk.database,
          name,
          kind,
          some.map(({ id }) => id),
        )
        for (const each of some) results.push(lookAt(each, refs.get(each.id)?.version))
      }
      return results
    },
  }
}

function lookAt(item: Item, version: string | undefined): Result {
  const { kind, id } = item
  if ('skipped' in item) return { kind, id, ...placeOf(item), outcome: 'skipped', reason: item.skipped }
  const outcome = outcomeOf(version && withoutFiles(version), item.version)
  const mended = outcome !== 'unchanged' && 'mended' in item ? item.mended : null
  return { kind, id, ...placeOf(item), outcome, ...(mended === null ? {} : { reason: mended }) }
}

async function tellKind(
  desk: Desk,
  tx: Transaction,
  from: From,
  kind: Told['kind'],
  some: readonly unknown[],
): Promise<Result[]> {
  switch (kind) {
    case 'groups':
      return tellGroups(desk, tx, from, some as never)
    case 'organizations':
      return tellOrganizations(tx, from, some as never)
    case 'fields':
      return tellFields(desk, tx, from, some as never)
    case 'users':
      return tellUsers(desk, tx, from, some as never)
    case 'tickets':
      return tellStories(desk, tx, from, some as readonly ReadyTicket[])
    case 'replies':
      return tellReplies(desk, tx, from, some as never)
    case 'sections':
      return tellSections(desk, tx, from, some as never)
    case 'articles':
      return tellArticles(desk, tx, from, some as readonly ReadyArticle[])
  }
}
