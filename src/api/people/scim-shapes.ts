// SCIM 2.0 (RFC 7643, RFC 7644) in the shapes that directories really send: operations in any case, "False" as a text, patches with and
// without a path, one value where a list is meant. Pure: what comes in becomes a change of ours.
import { z } from 'zod'
import type { DirectoryGroup, DirectoryUser, GroupFilter, UserFilter } from '#people/directory-store.ts'

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** A request that cannot be done: the RFC's word for it (RFC 7644 §3.12), and why. */
export class ScimNo extends Error {
  readonly status: number
  readonly scimType: string | null

  constructor(status: number, scimType: string | null, detail: string) {
    super(detail)
    this.name = 'ScimNo'
    this.status = status
    this.scimType = scimType
  }
}

const text = z.coerce.string().trim().max(320)
const yes = z.union([
  z.boolean(),
  z.stringFormat('truth', /^(true|false)$/i).transform((said) => said.toLowerCase() === 'true'),
])
const emails = z
  .array(
    z.union([
      z.looseObject({ value: text.optional(), primary: yes.optional() }),
      text.transform((value) => ({ value, primary: undefined })),
    ]),
  )
  .max(50)

const userBody = z.looseObject({
  userName: text.optional(),
  externalId: text.nullable().optional(),
  displayName: text.nullable().optional(),
  active: yes.optional(),
  name: z
    .looseObject({
      formatted: text.nullable().optional(),
      givenName: text.nullable().optional(),
      familyName: text.nullable().optional(),
    })
    .nullable()
    .optional(),
  emails: emails.nullable().optional(),
})

/** What a directory says of a user; what it does not say stays away. */
export type UserChange = {
  readonly userName?: string | undefined
  readonly externalId?: string | null | undefined
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly active?: boolean | undefined
}

/** A user as POST and PUT give it. */
export function readUser(body: unknown): UserChange {
  const said = parse(userBody, body)
  return {
    userName: said.userName,
    externalId: said.externalId,
    name: nameIn(said),
    email: emailIn(said.emails ?? []) ?? asAddress(said.userName),
    active: said.active,
  }
}

type Named = Pick<z.output<typeof userBody>, 'displayName' | 'name'>

function nameIn({ displayName, name }: Named): string | undefined {
  const parts = [name?.givenName, name?.familyName].filter(Boolean).join(' ')
  return displayName || name?.formatted || parts || undefined
}

function emailIn(all: z.output<typeof emails>): string | undefined {
  const main = all.find(({ primary }) => primary === true) ?? all[0]
  return asAddress(main?.value)
}

function asAddress(said: string | undefined): string | undefined {
  const found = z.email().safeParse(said)
  return found.success ? found.data.toLowerCase() : undefined
}

const patchBody = z.looseObject({
  Operations: z
    .array(
      z.looseObject({ op: z.string(), path: z.string().max(500).optional(), value: z.unknown().optional() }),
    )
    .min(1)
    .max(1_000),
})

type Operation = {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: string | null
  readonly value: unknown
}

function operationsOf(body: unknown): Operation[] {
  return parse(patchBody, body).Operations.map(({ op, path, value }) => {
    const known = op.toLowerCase()
    if (known !== 'add' && known !== 'replace' && known !== 'remove')
      throw new ScimNo(400, 'invalidSyntax', `There is no operation "${op}".`)
    return { op: known, path: path ?? null, value }
  })
}

/** A patch of a user as a change. Attributes that mean nothing here are passed over, as RFC 7644 lets a server do. */
export function readUserPatch(body: unknown, now: DirectoryUser): UserChange {
  const flat: Record<string, unknown> = {}
  for (const { op, path, value } of operationsOf(body)) {
    if (op === 'remove') flat[keyOf(path ?? '')] = null
    else if (path !== null) flat[keyOf(path)] = value
    else
      for (const [key, each] of Object.entries(parse(z.record(z.string(), z.unknown()), value)))
        flat[keyOf(key)] = each
  }
  if (flat['active'] === null) delete flat['active']
  const [first = '', ...rest] = now.name.split(' ')
  const given = flat['name.givenname'] ?? undefined
  const family = flat['name.familyname'] ?? undefined
  const isNamed = given !== undefined || family !== undefined
  const whole = isNamed ? [given ?? first, family ?? rest.join(' ')].filter(Boolean).join(' ') : undefined
  const said = parse(userBody, {
    userName: flat['username'] ?? undefined,
    externalId: flat['externalid'],
    displayName: flat['displayname'] ?? flat['name.formatted'] ?? whole,
    active: flat['active'],
    name: flat['name'] ?? undefined,
    emails: listed(flat['emails']),
  })
  return {
    userName: said.userName,
    externalId: said.externalId,
    name: nameIn(said),
    email: emailIn(said.emails ?? []),
    active: said.active,
  }
}

const listed = (value: unknown): unknown =>
  value === undefined || value === null || Array.isArray(value) ? (value ?? undefined) : [value]

/** `urn:…:User:name.givenName`, `emails[type eq "work"].value`: the attribute that is meant, without case. */
function keyOf(path: string): string {
  const bare = path.startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1) : path
  const key = bare.toLowerCase()
  // An address beside the one for work is none to sign in with.
  if (key.startsWith('emails[') && !/type eq "work"|primary eq true/.test(key)) return 'emails of other kinds'
  return /^emails\b/.test(key) ? 'emails' : key
}

const groupBody = z.looseObject({
  displayName: text.min(1).optional(),
  externalId: text.nullable().optional(),
  members: z
    .array(z.looseObject({ value: text }))
    .max(10_000)
    .nullable()
    .optional(),
})

export type GroupChange = {
  readonly name?: string | undefined
  readonly externalId?: string | null | undefined
  /** Who is in it from now on. */
  readonly members?: readonly number[] | undefined
}

/** A group as POST and PUT give it. */
export function readGroup(body: unknown): GroupChange {
  const { displayName: name, externalId, members } = parse(groupBody, body)
  return {
    name,
    externalId,
    members: members?.map(({ value }) => Number(value)).filter(Number.isSafeInteger),
  }
}

const oneMember = /^(?:urn:[\w.:]+:)?members\[\s*value\s+eq\s+"([^"]+)"\s*\]$/i

/** A patch of a group as a change of it as it is. */
export function readGroupPatch(body: unknown, now: DirectoryGroup): GroupChange {
  const members = new Set<number>(now.members.map(({ id }) => id))
  const change: { name?: string; externalId?: string | null } = {}
  for (const { op, path, value } of operationsOf(body)) {
    const one = path === null ? undefined : oneMember.exec(path)?.[1]
    const key = path === null ? null : keyOf(path)
    if (one === undefined && path !== null && path.includes('['))
      throw new ScimNo(400, 'invalidPath', `${path}: only members[value eq "…"] is understood.`)
    if (one !== undefined && op === 'remove') members.delete(Number(one))
    else if (key === 'members') changeMembers(members, op, value)
    else if (op !== 'remove') {
      const said = readGroup(key === null ? value : { [path ?? '']: value, ...named(key, value) })
      if (said.name !== undefined) change.name = said.name
      if (said.externalId !== undefined) change.externalId = said.externalId
      if (said.members !== undefined)
        changeMembers(
          members,
          op,
          said.members.map((id) => ({ value: id })),
        )
    }
  }
  return { ...change, members: [...members] }
}

const named = (key: string, value: unknown) =>
  key === 'displayname' ? { displayName: value } : key === 'externalid' ? { externalId: value } : {}

function changeMembers(members: Set<number>, op: Operation['op'], value: unknown): void {
  const said = parse(z.array(z.looseObject({ value: text })), listed(value) ?? [])
  const ids = said.map((each) => Number(each.value)).filter(Number.isSafeInteger)
  if (op === 'replace' || (op === 'remove' && value === undefined)) members.clear()
  for (const id of ids) {
    if (op === 'remove') members.delete(id)
    else members.add(id)
  }
}

const clause = /\s*((?:[\w.:]|\[[^\]]*\])+)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*(and\s|$)/iy

/** The equalities of a filter, joined by "and"; anything else is refused as RFC 7644 §3.4.2.2 wants it. */
function equalities(filter: string): [string, string | boolean][] {
  const found: [string, string | boolean][] = []
  clause.lastIndex = 0
  for (let isMore = true; isMore;) {
    const [, attribute = '', value = '', joined = ''] =
      clause.exec(filter) ?? refuseFilter('Only attribute eq "value", joined by "and", is understood.')
    found.push([keyOf(attribute), valueOf(value)])
    isMore = joined !== ''
  }
  return found
}

function valueOf(quoted: string): string | boolean {
  if (!quoted.startsWith('"')) return quoted.toLowerCase() === 'true'
  try {
    const said: unknown = JSON.parse(quoted)
    if (typeof said === 'string' && !said.includes('\0')) return said
  } catch {
    // A quotation that JSON does not read is refused like any other.
  }
  return refuseFilter(`${quoted} is no value.`)
}

function refuseFilter(detail: string): never {
  throw new ScimNo(400, 'invalidFilter', detail)
}

const userKeys = { username: 'userName', externalid: 'externalId', emails: 'email', id: 'id' } as const
const groupKeys = {
  displayname: 'name',
  externalid: 'externalId',
  id: 'id',
  members: 'memberId',
  'members.value': 'memberId',
} as const

/** Which users a filter means. */
export function readUserFilter(filter: string | undefined): UserFilter {
  const found: Record<string, unknown> = {}
  for (const [key, value] of filter === undefined ? [] : equalities(filter)) {
    if (key === 'active') found['active'] = String(value).toLowerCase() === 'true'
    else
      found[userKeys[key as keyof typeof userKeys] ?? refuseFilter(`Users are not found by ${key}.`)] =
        String(value)
  }
  return found
}

/** Which groups a filter means. */
export function readGroupFilter(filter: string | undefined): GroupFilter {
  const found: Record<string, string> = {}
  for (const [key, value] of filter === undefined ? [] : equalities(filter))
    found[groupKeys[key as keyof typeof groupKeys] ?? refuseFilter(`Groups are not found by ${key}.`)] =
      String(value)
  return found
}

/** A user as the RFC writes it. */
export function userResource(user: DirectoryUser, base: string) {
  const [givenName = '', ...family] = user.name.split(' ')
  return {
    schemas: [USER],
    id: String(user.id),
    ...(user.externalId === null ? {} : { externalId: user.externalId }),
    userName: user.userName,
    displayName: user.name,
    name: { formatted: user.name, givenName, familyName: family.join(' ') },
    emails: [{ value: user.email, type: 'work', primary: true }],
    active: user.active,
    groups: user.groups.map(({ id, name }) => ({
      value: String(id),
      display: name,
      $ref: `${base}/Groups/${id}`,
    })),
    meta: {
      resourceType: 'User',
      created: user.createdAt,
      lastModified: user.changedAt,
      location: `${base}/Users/${user.id}`,
    },
  }
}

/** A group as the RFC writes it. */
export function groupResource(group: DirectoryGroup, base: string, withMembers = true) {
  return {
    schemas: [GROUP],
    id: String(group.id),
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.name,
    ...(withMembers
      ? {
          members: group.members.map(({ id, name }) => ({
            value: String(id),
            display: name,
            $ref: `${base}/Users/${id}`,
          })),
        }
      : {}),
    meta: { resourceType: 'Group', lastModified: group.changedAt, location: `${base}/Groups/${group.id}` },
  }
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const found = schema.safeParse(value)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new ScimNo(400, 'invalidValue', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not right'}`)
}
