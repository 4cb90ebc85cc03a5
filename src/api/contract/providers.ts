// Signing in by a provider of identity: what is set up, what a trial found, and what the groups of a company lead to.
import { z } from 'zod'
import { providerKinds } from '../../people/provider-kind.ts'
import { trialSides, trialSteps } from '../../people/trial.ts'
import { signInPurposes } from '../../people/provider-sign-in.ts'
import { role } from './desk.ts'
import { id, instant, name } from './shapes.ts'

const ref = z.object({ id, name: z.string() })

/** GET /session/providers: what stands where one signs in. */
export const signInProviders = z.object({
  items: z.array(ref),
  /** Whose passwords are typed there beside the desk's own. */
  directories: z.array(z.string()),
})
export type SignInProviders = z.infer<typeof signInProviders>

/** A path of the app to end at. */
export const ownPath = z
  .string()
  .max(500)
  // Printable ASCII alone: browsers pass over tabs and line ends, and `/<tab>/elsewhere` would lead elsewhere.
  .regex(/^\/(?![/\\])[!-~]*$/)

/** POST /session/providers/{id}/start */
export const signInStart = z.strictObject({ purpose: z.enum(signInPurposes), next: ownPath.optional() })
export const authorizationUrl = z.object({ url: z.string() })

const trial = z.object({
  at: instant,
  steps: z.array(
    z.object({
      step: z.enum(trialSteps),
      isGood: z.boolean(),
      side: z.enum(trialSides).nullable(),
      said: z.string(),
    }),
  ),
  groups: z.array(z.string()),
})

/** A name with what belongs to it in a directory (RFC 4514). */
const dn = z.string().trim().max(500)
/** GET and PATCH /identity-providers/{id}, of a directory. */
const ldap = z.strictObject({
  url: z.string().trim().max(300),
  authority: z.string().trim().max(100_000).nullable(),
  bindDn: dn,
  baseDn: dn,
  filter: z
    .string()
    .trim()
    .max(1_000)
    .regex(/^\(.*\{login\}.*\)$/, 'stands in brackets and has {login} in it'),
  nestedGroups: z.boolean(),
  syncHours: z.int().min(1).max(168).nullable(),
})

const saml = z.object({
  signInUrl: z.string(),
  certificates: z.array(z.object({ subject: z.string(), endsAt: instant })),
  metadataUrl: z.string().nullable(),
  takesUnasked: z.boolean(),
  signsRequests: z.boolean(),
  /** Until when the desk's own key is good, which signs requests and opens encrypted assertions; null where there is none. */
  keyEndsAt: instant.nullable(),
  /** When the last certificate ends, where that is within thirty days. */
  certificatesEndAt: instant.nullable(),
})

export const identityProvider = z.object({
  id,
  kind: z.enum(providerKinds),
  name: z.string(),
  saml: saml.nullable(),
  ldap: ldap.nullable(),
  syncedAt: instant.nullable(),
  syncProblem: z.string().nullable(),
  issuer: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  scopes: z.string(),
  groupsClaim: z.string(),
  domains: z.array(z.string()),
  isOn: z.boolean(),
  vouchesFactor: z.boolean(),
  replacesPassword: z.boolean(),
  trial: trial.nullable(),
  people: z.number().int(),
  /** What is entered at the provider. */
  redirectUri: z.string(),
  logoutUri: z.string(),
  /** Where a SAML provider reads what it must know of the desk, and the desk's own name there. */
  metadataUri: z.string(),
})
export type IdentityProvider = z.infer<typeof identityProvider>
export const identityProviders = z.object({ items: z.array(identityProvider) })

const issuer = z.url().max(500)
const clientId = z.string().trim().min(1).max(300)
const clientSecret = z.string().trim().min(1).max(500)
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'is not a domain')

/** What a SAML provider says of itself: its text, or the address where it stands. */
const metadata = z.string().trim().min(1).max(500_000)
const metadataUrl = z.url().max(500)

/** By OpenID Connect with issuer and client; by SAML with metadata, or the address where it stands; a directory with how it is asked. */
export const newIdentityProvider = z.strictObject({
  kind: z.enum(providerKinds).default('oidc'),
  name,
  issuer: issuer.optional(),
  clientId: clientId.optional(),
  clientSecret: clientSecret.optional(),
  metadata: metadata.optional(),
  metadataUrl: metadataUrl.optional(),
  ldap: ldap.optional(),
})
export type NewIdentityProvider = z.input<typeof newIdentityProvider>

export const identityProviderPatch = z.strictObject({
  name: name.optional(),
  issuer: issuer.optional(),
  clientId: clientId.optional(),
  /** Null forgets it. */
  clientSecret: clientSecret.nullable().optional(),
  /** Read anew: with the same entity ID what is set up stays as it is, and new certificates count at once. */
  metadata: metadata.optional(),
  metadataUrl: metadataUrl.optional(),
  takesUnasked: z.boolean().optional(),
  /** A key is made where there is none yet. */
  signsRequests: z.boolean().optional(),
  /** Another key for the desk; until the provider has read the desk's metadata anew, it may refuse and encrypt by the old one. */
  newKey: z.literal(true).optional(),
  ldap: ldap.optional(),
  scopes: z
    .string()
    .trim()
    .max(300)
    .regex(/(^| )openid( |$)/, 'needs openid')
    .optional(),
  groupsClaim: z.string().trim().min(1).max(200).optional(),
  domains: z.array(domain).max(50).optional(),
  isOn: z.boolean().optional(),
  vouchesFactor: z.boolean().optional(),
  replacesPassword: z.boolean().optional(),
})
export type IdentityProviderPatch = z.input<typeof identityProviderPatch>

/** POST /identity-providers/{id}/trial: somebody whom the directory knows. */
export const directoryTrial = z.strictObject({ login: z.string().max(254), password: z.string().max(200) })
export type DirectoryTrial = z.input<typeof directoryTrial>

const grant = z.object({
  /** `*` is everybody who comes from a provider or a directory. */
  group: z.string().trim().min(1).max(200),
  role: role.nullable(),
  /** A role of the desk's own instead. */
  roleId: id.nullable().default(null),
  teamId: id.nullable(),
})
/** GET and PUT /group-access */
export const groupAccess = z.object({ grants: z.array(grant), known: z.array(z.string()) })
export type GroupAccess = z.infer<typeof groupAccess>
export const groupAccessPut = z.strictObject({
  grants: z
    .array(grant)
    .max(500)
    .refine((all) => all.filter(({ group }) => group === '*').length === 1, 'needs one line for everybody')
    .refine(
      (all) =>
        all.every(
          ({ group, role: gives, roleId, teamId }) =>
            group === '*' || gives !== null || roleId !== null || teamId !== null,
        ),
      'gives neither a role nor a team',
    ),
})
export type GroupAccessPut = z.input<typeof groupAccessPut>

/** GET /agents/{id}/identities and /account/identities */
export const identities = z.object({
  items: z.array(z.object({ provider: ref, email: z.string(), since: instant, lastUsedAt: instant })),
})
export type Identities = z.infer<typeof identities>
