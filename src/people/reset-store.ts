// Taking all second factors from an agent who lost them: by an administrator, or on the machine.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { dropFactors } from '#people/factor-store.ts'
import { closeSessionsOf } from '#people/session-store.ts'
import { forgetProofTries } from '#people/sign-in-store.ts'
import type { Db } from '#store/database.ts'

/** The agent signs in with the password alone from now on; returns how many apps and passkeys there were. */
export async function resetFactors(
  db: Db,
  reset: { agent: { id: PersonId; name: string }; by: Principal | null; at: Instant },
): Promise<number> {
  const { agent, by, at } = reset
  const gone = await dropFactors(db, agent.id)
  await forgetProofTries(db, agent.id)
  await closeSessionsOf(db, agent.id)
  const thing = { type: 'agent', id: agent.id, name: agent.name }
  await audit(db, by, at, { action: 'factors_reset', thing })
  return gone
}
