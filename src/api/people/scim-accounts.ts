// What a directory's word does to accounts and groups here.
import { ScimNo, type GroupChange, type UserChange } from '#api/people/scim-shapes.ts'
import { applyGroups, changeAccount, losesLastAdministrator } from '#desk/account-change.ts'
import type { Desk } from '#desk/desk.ts'
import { tellOwner } from '#desk/outbound/alerts.ts'
import type { PersonId } from '#kit/ids.ts'
import { revokeTokensOf } from '#people/access-store.ts'
import { addAgent, changeAgent, findAgent } from '#people/agent-store.ts'
import { audit } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import { gives } from '#people/rights.ts'
import { holderOf } from '#people/role-store.ts'
import {
  addDirectoryGroup,
  changeDirectoryGroup,
  dropDirectoryGroup,
  findDirectoryGroup,
  forgetDirectoryUser,
  isForgotten,
  listDirectoryGroups,
  listDirectoryUsers,
  noteDirectoryUser,
  setDirectoryMembers,
  type DirectoryGroup,
  type DirectoryUser,
} from '#people/directory-store.ts'
import { grantedTo } from '#people/group-access.ts'
import { listGrants } from '#people/group-store.ts'
import { dropIdentities } from '#people/identity-store.ts'
import type { Agent } from '#people/people.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'

/** Makes an agent of what a directory says of somebody, or takes back one whom it had deleted. */
export async function addUser(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  said: UserChange,
): Promise<PersonId> {
  const at = desk.clock.now()
  const { userName, email, name = email, externalId = null } = said
  if (userName === undefined || userName === '') throw new ScimNo(400, 'invalidValue', 'userName: is missing')
  if (email === undefined || name === undefined)
    throw new ScimNo(400, 'invalidValue', 'emails: an address is missing, and userName is none')
  const taken = await listDirectoryUsers(tx, { userName }, { skip: 0, limit: 1 })
  if (taken.total > 0) throw new ScimNo(409, 'uniqueness', 'userName: is taken')
  const [owner] = await peopleByEmail(tx, [email])
  const [person] = owner === undefined ? [] : await peopleById(tx, [owner.id])
  if (person !== undefined && person.email !== email)
    throw new ScimNo(409, 'uniqueness', 'emails: is a further address of somebody')
  const { role: granted, roleId } = grantedTo([], await listGrants(tx))
  const role = granted ?? 'viewer'
  const added = await addAgent(tx, { email, name, role, roleId, passwordHash: null, at })
  const before = added === null && owner !== undefined ? await findAgent(tx, owner.id) : null
  // Somebody whom the directory deleted once comes back, as anybody new would; whom a person put out stays out.
  if (added === null && (before === null || before.active || !(await isForgotten(tx, before.id))))
    throw new ScimNo(409, 'uniqueness', 'emails: belongs to an agent already')
  const id = added ?? before?.id
  if (id === undefined) throw new ScimNo(409, 'uniqueness', 'emails: is taken')
  if (added !== null)
    await audit(tx, principal, at, {
      action: 'agent_added',
      thing: { type: 'agent', id, name },
      changes: [
        { field: 'email', from: null, to: email },
        { field: 'role', from: null, to: role },
      ],
    })
  await noteDirectoryUser(tx, { id, userName, externalId, at })
  const from = before ?? (await findAgent(tx, id))
  if (from !== null && from.active !== (said.active ?? true))
    await changeAccount(desk, tx, {
      from,
      change: { active: said.active ?? true, name, role, roleId },
      by: principal,
    })
  await regroup(desk, tx, principal, [id])
  tell(tx, { changed: 'agents', id })
  return id
}

/** Changes an agent as a directory says. */
export async function changeUser(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  user: DirectoryUser,
  said: UserChange,
): Promise<void> {
  const from = await findAgent(tx, user.id)
  if (from === null) throw new ScimNo(404, null, 'There is no such user.')
  const { name, email, active } = said
  if (active === false && from.id === principal.agentId)
    throw new ScimNo(403, null, 'The directory’s own token acts for this agent. Give it another one’s first.')
  if (active === false && (await losesLastAdministrator(tx, from, { active })))
    throw new ScimNo(403, null, 'This is the last administrator of the desk. Make somebody else one first.')
  if (email !== undefined && email !== from.email) {
    const [owner] = await peopleByEmail(tx, [email])
    if (owner !== undefined && owner.id !== from.id) throw new ScimNo(409, 'uniqueness', 'emails: is taken')
    await moveAddress(desk, tx, from)
  }
  if (said.userName !== undefined) {
    const taken = await listDirectoryUsers(tx, { userName: said.userName }, { skip: 0, limit: 2 })
    if (taken.items.some(({ id }) => id !== user.id))
      throw new ScimNo(409, 'uniqueness', 'userName: is taken')
  }
  const isSame =
    (name ?? from.name) === from.name &&
    (email ?? from.email) === from.email &&
    (active ?? from.active) === from.active
  if (!isSame) await changeAccount(desk, tx, { from, change: { name, email, active }, by: principal })
  await noteDirectoryUser(tx, {
    id: user.id,
    userName: said.userName ?? user.userName,
    externalId: said.externalId === undefined ? user.externalId : said.externalId,
    at: desk.clock.now(),
  })
}

/** Links to choose a password go to the address: whoever can change it could come in as its owner. */
async function moveAddress(desk: Desk, tx: Transaction, from: Agent): Promise<void> {
  const holder = await holderOf(tx, from.id)
  if (holder === null || gives(holder, 'agents.write'))
    throw new ScimNo(
      403,
      'mutability',
      'emails: the address of whoever changes accounts is changed at the desk, by a person',
    )
  await tellOwner(desk, tx, from.id, 'address')
  await changeAgent(tx, from.id, { passwordHash: null }, desk.clock.now())
}

/** Somebody whom a directory deletes is out for good: no password, token or identity of theirs is good for anything any more. */
export async function removeUser(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  user: DirectoryUser,
): Promise<void> {
  const at = desk.clock.now()
  await changeUser(desk, tx, principal, user, { active: false })
  await changeAgent(tx, user.id, { passwordHash: null }, at)
  await revokeTokensOf(tx, user.id, at)
  await dropIdentities(tx, user.id)
  await forgetDirectoryUser(tx, user.id, user.email, at)
  tell(tx, { changed: 'agents', id: user.id })
}

/** Changes a group as a directory says; its members have what it leads to at once. */
export async function changeGroup(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  id: number,
  { name, externalId, members }: GroupChange,
): Promise<void> {
  const now = await findDirectoryGroup(tx, id)
  if (name !== undefined && name.toLowerCase() !== now?.name.toLowerCase()) {
    const taken = await listDirectoryGroups(tx, { name }, { skip: 0, limit: 1, withMembers: false })
    if (taken.total > 0) throw new ScimNo(409, 'uniqueness', 'displayName: is taken')
  }
  await changeDirectoryGroup(tx, id, { name, externalId }, desk.clock.now())
  const changed = members === undefined ? [] : await setDirectoryMembers(tx, id, members)
  const then = await findDirectoryGroup(tx, id)
  if (now !== null && then !== null) await noteGroup(desk, tx, principal, 'changed', [now, then])
  const whole = name !== undefined && name !== now?.name ? then?.members : undefined
  const all = new Set([...changed, ...(whole ?? []).map((each) => each.id)])
  await regroup(desk, tx, principal, [...all])
}

/** Adds a group as a directory says, with its members. */
export async function addGroup(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  { name, externalId = null, members = [] }: GroupChange,
): Promise<number> {
  if (name === undefined) throw new ScimNo(400, 'invalidValue', 'displayName: is missing')
  const id = await addDirectoryGroup(tx, { name, externalId, at: desk.clock.now() })
  const added = id === null ? null : await findDirectoryGroup(tx, id)
  if (added === null) throw new ScimNo(409, 'uniqueness', 'displayName: is taken')
  await noteGroup(desk, tx, principal, 'added', [added, added])
  await changeGroup(desk, tx, principal, added.id, { members })
  return added.id
}

/** Removes a group as a directory says; its members lose what it led to. */
export async function removeGroup(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  group: DirectoryGroup,
): Promise<void> {
  const members = await dropDirectoryGroup(tx, group.id)
  await noteGroup(desk, tx, principal, 'removed', [group, { ...group, members: [] }])
  await regroup(desk, tx, principal, members)
}

/** A directory says again and again what is so already: that is not written down. */
async function noteGroup(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  what: 'added' | 'changed' | 'removed',
  [from, to]: readonly [DirectoryGroup, DirectoryGroup],
): Promise<void> {
  const came = to.members.filter(({ id }) => from.members.every((each) => each.id !== id))
  const left = from.members.filter(({ id }) => to.members.every((each) => each.id !== id))
  const changes = [
    ...(from.name === to.name ? [] : [{ field: 'name', from: from.name, to: to.name }]),
    ...(came.length === 0 ? [] : [{ field: 'joined', from: null, to: namesOf(came) }]),
    ...(left.length === 0 ? [] : [{ field: 'left', from: namesOf(left), to: null }]),
  ]
  if (what === 'changed' && changes.length === 0) return
  await audit(tx, principal, desk.clock.now(), {
    action: `directory_group_${what}`,
    thing: { type: 'directory_group', id: to.id, name: to.name },
    changes,
  })
}

const MOST_NAMES = 200
const namesOf = (people: readonly { readonly name: string }[]): string[] => {
  const names = people.slice(0, MOST_NAMES).map(({ name }) => name)
  return people.length > MOST_NAMES ? [...names, `+ ${people.length - MOST_NAMES}`] : names
}

/**
 * Gives agents what their groups lead to now, in one order, so that no two requests wait for each other. Whose token the directory has
 * is left alone: without them its next word would count for nothing.
 */
async function regroup(
  desk: Desk,
  tx: Transaction,
  principal: Principal,
  agentIds: readonly PersonId[],
): Promise<void> {
  for (const agentId of agentIds.toSorted((a, b) => a - b))
    if (agentId !== principal.agentId) await applyGroups(desk, tx, agentId, principal)
}
