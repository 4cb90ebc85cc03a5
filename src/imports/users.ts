// People of another desk. Staff are found by address or come as agents who cannot sign in until an administrator lets them; nobody is
// verified by having been imported.
import { outcomeOf, type Result } from '#imports/counts.ts'
import { addFormerAgent, addToTeams, addUnreachable, fillPerson } from '#imports/cast-store.ts'
import { putRefs, refsOf, type From, type NewRef } from '#imports/import-store.ts'
import type { UserStory } from '#imports/story.ts'
import { erasedAmong, WAS_ERASED } from '#desk/privacy/mark-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import { addressKey, canonicalAddress } from '#mail/address.ts'
import { addAddress } from '#people/address-store.ts'
import { identify, peopleByEmail } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'

/** Tells people; whoever has the address here already is the same. */
export async function tellUsers(
  desk: Desk,
  tx: Transaction,
  from: From,
  users: readonly UserStory[],
): Promise<Result[]> {
  const results: Result[] = []
  for (const user of users) results.push(await tellUser(desk, tx, from, user))
  return results
}

async function tellUser(desk: Desk, tx: Transaction, from: From, user: UserStory): Promise<Result> {
  const { kind, id, version } = user
  if ((await erasedAmong(tx, desk, { source: from.source, kind: 'users' }, [id])).has(id))
    return { kind, id, outcome: 'skipped', reason: WAS_ERASED }
  const ref = (await refsOf(tx, from.source, kind, [id])).get(id)
  if (ref?.version === version) return { kind, id, outcome: 'unchanged' }
  const at = user.createdAt ?? desk.clock.now()
  const email = keyOf(user.email)
  const isKnown = email !== null && (await peopleByEmail(tx, [email])).length > 0
  const personId =
    email === null
      ? ((ref?.localId as PersonId | undefined) ?? (await addUnreachable(tx, user.name, at)))
      : await identify(tx, email, user.name)
  await fill(desk, tx, from, user, personId)
  const made: NewRef = { kind, sourceId: id, localId: personId, version, made: ref === undefined && !isKnown }
  await putRefs(tx, from, [made])
  const reason = user.email !== null && email === null ? 'its address is none' : undefined
  return { kind, id, outcome: outcomeOf(ref?.version, version), ...(reason === undefined ? {} : { reason }) }
}

async function fill(
  desk: Desk,
  tx: Transaction,
  from: From,
  user: UserStory,
  personId: PersonId,
): Promise<void> {
  const { organization, phone, language, timeZone, notes } = user
  const named = organization === null ? [] : [organization]
  const organizations = await refsOf(tx, from.source, 'organizations', named)
  const organizationId = organizations.get(organization ?? '')?.localId ?? null
  await fillPerson(tx, personId, { organizationId, phone, language, timeZone, notes })
  for (const other of user.otherEmails) {
    const key = keyOf(other)
    if (key !== null) await addAddress(tx, personId, key)
  }
  if (user.role === null) return
  await addFormerAgent(tx, personId, user.role, desk.clock.now())
  const teams = await refsOf(tx, from.source, 'groups', user.groups)
  await addToTeams(
    tx,
    personId,
    [...teams.values()].map(({ localId }) => localId),
  )
}

function keyOf(email: string | null): string | null {
  const address = email === null ? null : canonicalAddress(email)
  return address === null ? null : addressKey(address)
}
