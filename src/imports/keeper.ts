// Whose texts of another desk are whose author is no agent here.
import type { From } from '#imports/import-store.ts'
import { addLost } from '#imports/people.ts'
import { refsOf } from '#imports/import-store.ts'
import { keeperOf } from '#imports/text-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'

const UNKNOWN = 'author of texts'

/** Who asked for the run, else an administrator; on a desk that has none yet a former agent. */
export async function keeper(desk: Desk, tx: Transaction, from: From): Promise<PersonId> {
  const found = await keeperOf(tx, from.importId)
  if (found !== null) return found
  const lost = (await refsOf(tx, from.source, 'users', [UNKNOWN])).get(UNKNOWN)
  return (lost?.localId as PersonId | undefined) ?? addLost(desk, tx, from, UNKNOWN, true)
}
