// Who the assistant is: an agent like others, with a name that people see, who is not on staff and can never sign in.
import type { By } from '#desk/update.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { addAgent, changeAgent } from '#people/agent-store.ts'
import { identify } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'

/** No mail can ever come from or go to it (RFC 2606). */
const ADDRESS = 'assistant@assistant.invalid'

/** The assistant's person under this name, made at its first time. */
export async function assistantPerson(db: Db, name: string, at: Instant): Promise<PersonId> {
  const added = await addAgent(db, { email: ADDRESS, name, role: 'agent', passwordHash: null, at })
  const id = added ?? (await identify(db, ADDRESS, name))
  await changeAgent(db, id, { name, active: false }, at)
  return id
}

/** The assistant as the actor of an update. */
export function byAssistant(personId: PersonId): By {
  return { actor: { type: 'assistant', id: personId }, role: 'agent', personId, mayReopenClosed: false }
}
