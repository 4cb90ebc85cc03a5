// The no to whoever would erase what a legal hold keeps, which names the hold, and to whoever would write to a person who is being erased.
import { decline } from '#api/http/problem.ts'
import { erasureOf } from '#desk/privacy/erasure-store.ts'
import type { Hold } from '#desk/privacy/hold-store.ts'
import type { Db } from '#store/database.ts'

/** Throws the 409 that says which holds keep it, and who set them. */
export function declineUnderHold(holds: readonly Hold[]): never {
  const named = holds.map(({ reason, setBy }) => `“${reason}” (${setBy.name})`).join(', ')
  decline('refused', `A legal hold keeps it: ${named}.`, { refusal: 'legal_hold' })
}

/** Throws the 409 while one of these people is being erased: what is written now would stay. */
export async function refuseErasing(db: Db, ...people: readonly number[]): Promise<void> {
  for (const id of people) {
    const erasure = await erasureOf(db, id)
    if (erasure !== null && erasure.finishedAt === null)
      decline('refused', 'They are being erased. Try again when it is done.', { refusal: 'being_erased' })
  }
}
