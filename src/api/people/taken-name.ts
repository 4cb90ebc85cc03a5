// Nobody gives themselves a name that is read as a colleague's, or as the desk's own. Administrators may: two people can be called the same.
import { declineInput } from '#api/http/problem.ts'
import { looksAlike } from '#people/look-alike.ts'
import { otherAgentNames } from '#people/agent-store.ts'
import { readSettings } from '#setup/settings-store.ts'
import type { Db } from '#store/database.ts'

/** Refuses a name that somebody wants to take if another agent or the desk has it, or one that looks the same. */
export async function refuseTakenName(db: Db, agentId: number, name: string): Promise<void> {
  const { deskName } = await readSettings(db)
  const taken = [deskName, ...(await otherAgentNames(db, agentId))]
  if (taken.some((other) => looksAlike(other, name)))
    declineInput('name', 'is, or looks like, the name of a colleague or of the desk')
}
