// The desk's own nouns: agents, teams, tags, categories, fields, people, tokens, audit.
// POST answers 201 and the thing, PATCH the thing, DELETE 204. Archived things stay readable and leave the menus.
import { z } from 'zod'
import { auditFaults } from '#people/audit-fault.ts'
import { roles } from '#people/role.ts'
import { fieldTypes } from '#setup/field-type.ts'
import { actor, email, id, instant, name, nameRef, pageOf, pageQuery } from './shapes.ts'

export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** Every list of this file also takes `q`, a part of the name, and `archived=true` to include what is archived. */
export const deskQuery = pageQuery.extend({
  q: z.string().max(200).optional(),
  archived: z.enum(['true', 'false']).optional(),
})

/** Every ticket, or only those of the agent's teams, their own, and those without a team. */
export const sees = z.enum(['all', 'own_teams'])

export const password = z.string().min(10).max(200)

// /agents
export const agent = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  /** The role of the desk's own that says what they may do; `role` is then what rules and routing take them for. */
  customRole: nameRef.nullable(),
  teams: z.array(nameRef),
  active: z.boolean(),
  sees,
  /** The brands and mailboxes of which they see tickets at most, beside what their role says; null: of all. */
  onlyBrands: z.array(id).nullable(),
  onlyMailboxes: z.array(id).nullable(),
  createdAt: instant,
  lastSeenAt: instant.nullable(),
  /** Whether the account has a second factor; null to whom it is no concern. */
  hasFactor: z.boolean().nullable(),
  /** Where their picture is; null: they have none. */
  picture: z.string().nullable(),
})
export const agentPage = pageOf(agent)
export type Agent = z.infer<typeof agent>
const only = z.array(id).max(500).nullable()
const inviteBy = z.enum(['mail', 'link'])
/** POST /agents/{id}/invitation. */
export const askedInvitation = z.strictObject({ invite: inviteBy })
/** Without `password` the agent is invited to choose one: by mail, or by a link that the administrator passes on. */
export const newAgent = z.strictObject({
  name,
  email,
  role,
  roleId: id.nullable().optional(),
  teams: z.array(id).optional(),
  onlyBrands: only.optional(),
  onlyMailboxes: only.optional(),
  password: password.optional(),
  invite: inviteBy.optional(),
})
export type NewAgent = z.infer<typeof newAgent>
/** How somebody got the link by which a password is chosen; `url` is told once, and null when it was mailed. */
export const invitation = z.object({ mailedTo: z.string().nullable(), url: z.string().nullable() })
export type Invitation = z.infer<typeof invitation>
/** `invitation` is null for an agent with a password, and for those whom a program added: a person invites them. */
export const createdAgent = agent.extend({ invitation: invitation.nullable() })
export type CreatedAgent = z.infer<typeof createdAgent>
export const agentPatch = z.strictObject({
  name: name.optional(),
  email: email.optional(),
  role: role.optional(),
  /** A role of the desk's own; `role` alone gives one of the four. */
  roleId: id.nullable().optional(),
  teams: z.array(id).optional(),
  onlyBrands: only.optional(),
  onlyMailboxes: only.optional(),
  active: z.boolean().optional(),
  sees: sees.optional(),
  password: password.optional(),
})
export type AgentPatch = z.infer<typeof agentPatch>

// /teams
export const team = z.object({ id, name: z.string(), members: z.array(nameRef), archived: z.boolean() })
export const teamPage = pageOf(team)
export type Team = z.infer<typeof team>
export const newTeam = z.strictObject({ name, members: z.array(id).optional() })
export type NewTeam = z.infer<typeof newTeam>
const fedKinds = ['rule', 'view', 'mailbox', 'form', 'hook', 'queue'] as const
/** GET /teams/{id}/uses. `moves`: POST /teams/{id}/archive exchanges it; the others a person rewrites. */
const teamUse = z.object({
  kind: z.enum([...fedKinds, 'skill', 'policy', 'macro', 'report', 'retention', 'assistant']),
  id,
  title: z.string(),
  moves: z.boolean(),
})
export const teamUses = z.object({ items: z.array(teamUse), activeTickets: z.number().int() })
export type TeamUses = z.infer<typeof teamUses>
export const teamArchive = z.strictObject({ moveTo: id })
export const teamArchived = z.object({
  archived: z.boolean(),
  moved: z.array(teamUse),
  left: z.array(teamUse),
})
export type TeamArchived = z.infer<typeof teamArchived>
export const teamPatch = newTeam.partial().extend({ archived: z.boolean().optional() })
export type TeamPatch = z.infer<typeof teamPatch>

/** GET /categories/{id}/uses, /tags/{id}/uses: closed tickets keep their category when it is merged. */
export const nameUses = z.object({
  items: z.array(teamUse),
  tickets: z.number().int(),
  closed: z.number().int(),
})
export type NameUses = z.infer<typeof nameUses>
/** POST /categories/{id}/merge, /tags/{id}/merge */
export const mergeName = z.strictObject({ into: id })
export const mergeJob = z.object({ jobId: id })

// /tags
export const tagEntry = z.object({
  id,
  name: z.string(),
  ticketCount: z.number().int(),
  archived: z.boolean(),
})
export const tagPage = pageOf(tagEntry)
export type TagEntry = z.infer<typeof tagEntry>
export const newTag = z.strictObject({ name: z.string().trim().min(1).max(60) })
export const tagPatch = z.strictObject({ archived: z.boolean() })

// /categories
export const category = z.object({
  id,
  name: z.string(),
  parentId: id.nullable(),
  /** Names from the root, joined by `/`; this is what a ticket carries. */
  path: z.string(),
  archived: z.boolean(),
  /** What belongs there; '' where nobody has said so. */
  definition: z.string(),
})
export const categoryPage = pageOf(category)
export type Category = z.infer<typeof category>
/** With a `definition` it takes three tickets as examples, once there are thirty, and no living category may look like it unless `distinct` says so. */
export const newCategory = z.strictObject({
  name,
  parentId: id.nullable().optional(),
  definition: z.string().trim().max(1_000).optional(),
  examples: z.array(id).max(20).optional(),
  distinct: z.boolean().optional(),
})
export type NewCategory = z.infer<typeof newCategory>
export const categoryPatch = newCategory
  .pick({ name: true, parentId: true })
  .partial()
  .extend({ archived: z.boolean().optional() })
export type CategoryPatch = z.infer<typeof categoryPatch>

// /fields
export const fieldType = z.enum(fieldTypes)
export type FieldType = z.infer<typeof fieldType>
export const field = z.object({
  id,
  /** Fixed at creation; the key in a ticket's `fields`. */
  key: z.string(),
  label: z.string(),
  type: fieldType,
  options: z.array(z.string()),
  help: z.string().nullable(),
  requiredOnResolve: z.boolean(),
  /** Values can be erased with the person and never stand in the log. */
  personal: z.boolean(),
  archived: z.boolean(),
})
export const fieldPage = pageOf(field)
export type Field = z.infer<typeof field>
export const newField = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9_]*$/)
    .max(60)
    .optional(),
  label: name,
  type: fieldType,
  options: z.array(z.string().trim().min(1).max(200)).max(500).optional(),
  help: z.string().max(500).nullable().optional(),
  requiredOnResolve: z.boolean().optional(),
  personal: z.boolean().optional(),
})
export type NewField = z.infer<typeof newField>
export const fieldPatch = newField
  .omit({ key: true, type: true, personal: true })
  .partial()
  .extend({ archived: z.boolean().optional() })
export type FieldPatch = z.infer<typeof fieldPatch>

// /people
export const person = z.object({
  id,
  name: z.string(),
  email: z.string(),
  emails: z.array(z.string()),
  phone: z.string().nullable(),
  organization: nameRef.nullable(),
  language: z.string().nullable(),
  timeZone: z.string().nullable(),
  notes: z.string().nullable(),
  createdAt: instant,
  ticketCount: z.number().int().optional(),
})
export const personPage = pageOf(person)
export type Person = z.infer<typeof person>
/** GET /people/{id}/portal */
export const portalAccess = z.object({
  /** How many browsers are signed in for them. */
  sessions: z.number().int(),
  lastSeenAt: instant.nullable(),
  /** Whether they read their organisation's tickets. */
  manages: z.boolean(),
})
export type PortalAccess = z.infer<typeof portalAccess>
export const managerBody = z.strictObject({ manages: z.boolean() })
export const personPatch = z.strictObject({
  name: name.optional(),
  phone: z.string().max(60).nullable().optional(),
  language: z.string().max(35).nullable().optional(),
  timeZone: z.string().max(60).nullable().optional(),
  notes: z.string().max(10_000).nullable().optional(),
  /** By name; one that is new is made. Null: none. */
  organization: z.string().trim().min(1).max(200).nullable().optional(),
})
export type PersonPatch = z.infer<typeof personPatch>
export const newPerson = personPatch.extend({ email: email })
export type NewPerson = z.infer<typeof newPerson>

/** POST /people/{id}/addresses. When it belongs to somebody, the problem names them as `ownerId`. */
export const newAddress = z.strictObject({ email })
export type NewAddress = z.infer<typeof newAddress>

/** What is chosen of two people; notes and tags of both are kept. */
export const joinFields = ['name', 'phone', 'language', 'timeZone', 'organization'] as const
/** Why two people may not be joined. */
export const joinRefusals = [
  'same_person',
  'colleague',
  'out_of_sight',
  'joined_already',
  'too_many_tickets',
] as const
/** GET /people/{id}/join/{otherId}: what would become of the two. */
export const joinPreview = z.object({
  kept: person,
  gone: person,
  conflicts: z.array(z.object({ field: z.enum(joinFields), kept: z.string(), gone: z.string() })),
  refusal: z.enum(joinRefusals).nullable(),
})
export type JoinPreview = z.infer<typeof joinPreview>
/** POST /people/{id}/join: the other becomes one with this one; `take` names what is taken from the other where both have it. */
export const joinBody = z.strictObject({ otherId: id, take: z.array(z.enum(joinFields)).max(10).default([]) })
export type JoinBody = z.input<typeof joinBody>
/** GET /people/{id}/duplicates: who may be one with a person, and why. */
export const duplicatePage = pageOf(
  z.object({ id, name: z.string(), email: z.string(), reason: z.enum(['mailbox', 'phone', 'name']) }),
)
export type DuplicatePage = z.infer<typeof duplicatePage>
/** GET /people/{id}/joins: those that can be undone still. */
export const joinPage = pageOf(z.object({ id, at: instant, name: z.string(), undoableUntil: instant }))
export type JoinPage = z.infer<typeof joinPage>

// /organizations, which come into being with the people who name them
export const organizationPage = pageOf(nameRef)

// /tokens; DELETE revokes
export const apiToken = z.object({
  id,
  name: z.string(),
  scopes: z.array(z.string()),
  user: nameRef,
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  /** How many requests it may make in a minute; null for any. */
  perMinute: z.number().int().nullable(),
  /** What it did in the last thirty days (UTC), the newest first; days without a request are left out. */
  usage: z.array(z.object({ day: z.string(), requests: z.number().int(), refusals: z.number().int() })),
})
export const apiTokenPage = pageOf(apiToken)
export type ApiToken = z.infer<typeof apiToken>
export const newApiToken = z.strictObject({
  name,
  scopes: z.array(z.string().min(1).max(60)).min(1).max(50),
  expiresAt: instant.nullable().optional(),
  perMinute: z.number().int().min(1).max(1_000_000).nullable().optional(),
})
export type NewApiToken = z.infer<typeof newApiToken>
/** The only answer that ever carries the token itself. */
export const createdApiToken = apiToken.extend({ token: z.string() })
export type CreatedApiToken = z.infer<typeof createdApiToken>

// GET, POST and DELETE /samples
export const samples = z.object({ tickets: z.number().int(), loadable: z.boolean() })
export type Samples = z.infer<typeof samples>

// GET /audit, newest first; `thing` is the kind of thing, such as `team`, or several with commas between; `thingId` one of them
export const auditQuery = pageQuery.extend({
  thing: z.string().max(200).optional(),
  thingId: z.coerce.number().pipe(id).optional(),
})
export const auditEntry = z.object({
  id,
  at: instant,
  actor,
  /** Past tense with its noun, such as `agent_added`, `settings_changed`. */
  action: z.string(),
  thing: z.object({ type: z.string(), id: z.number().int().nullable(), name: z.string().nullable() }),
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
  /** The request to this API that brings the thing back to how it was before; null when nothing can. */
  back: z
    .object({
      method: z.enum(['PATCH', 'PUT', 'POST']),
      path: z.string(),
      body: z.record(z.string(), z.unknown()),
    })
    .nullable(),
})
export const auditPage = pageOf(auditEntry)
/** GET /audit/chain: what the last look at the chain of entries found; null before the first, which comes within the hour. */
export const auditChain = z.object({
  look: z
    .object({
      at: instant,
      /** How many entries are as they were written, from the first on. */
      place: z.number().int(),
      fault: z
        .object({ kind: z.enum(auditFaults), place: z.number().int(), entryId: z.number().int().nullable() })
        .nullable(),
    })
    .nullable(),
})
export type AuditChain = z.infer<typeof auditChain>
export type AuditEntry = z.infer<typeof auditEntry>
