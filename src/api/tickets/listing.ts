// From a search text to a list that can be read: what it means today, for whom, and in which order.
import { readCursor } from '#api/http/paging.ts'
import type { Desk } from '#desk/desk.ts'
import type { Principal } from '#people/can.ts'
import type { Listing } from '#rules/list-store.ts'
import { hasText, parseQuery, type Ignored, type SortKey } from '#rules/query.ts'
import { z } from 'zod'

const listKey = z.strictObject({ key: z.union([z.string(), z.number()]), id: z.number().int() })

type Asked = { readonly listing: Listing; readonly sort: SortKey; readonly ignored: readonly Ignored[] }

/** What a search text asks for. What it says about the order counts unless one is given. */
export async function listingOf(
  desk: Desk,
  principal: Principal,
  q: string,
  given?: SortKey,
  isTyping = false,
): Promise<Asked> {
  const { directory, desk: settings } = await desk.setup.now()
  const { cond, sort, ignored } = parseQuery(q, directory)
  const last = isTyping ? /[^\s:"()]+$/.exec(q)?.[0] : undefined
  const how = {
    directory,
    at: desk.clock.now(),
    zone: settings.timeZone,
    everywhere: true as const,
    ...(last === undefined ? {} : { unfinished: last }),
  }
  return {
    listing: { cond, reader: principal, how },
    sort: given ?? sort ?? (hasText(cond) ? 'relevance' : 'updated'),
    ignored,
  }
}

/** The place after which a list goes on. */
export function placeAfter(cursor: string | undefined) {
  return readCursor(cursor, listKey)
}

/** The cursor of a list that ended at this row. */
export function cursorAt({ key, id }: { key: string | number; id: number }): string {
  return Buffer.from(JSON.stringify({ key, id })).toString('base64url')
}

/** What was left out of a search text, for the caller. */
export function ignoredOf(ignored: readonly Ignored[]) {
  return ignored.map(({ term, suggestion }) => ({ term, suggestion }))
}
