// The no to whoever would erase what a legal hold keeps: it names the hold.
import { decline } from '#api/http/problem.ts'
import type { Hold } from '#desk/privacy/hold-store.ts'

/** Throws the 409 that says which holds keep it, and who set them. */
export function declineHeld(holds: readonly Hold[]): never {
  const named = holds.map(({ reason, setBy }) => `“${reason}” (${setBy.name})`).join(', ')
  decline('refused', `A legal hold keeps it: ${named}.`, { refusal: 'legal_hold' })
}
