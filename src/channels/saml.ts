// SAML 2.0, the part of the one who is told (web browser profile): where the browser goes, and what it comes back with. What the library
// leaves to its caller is looked at here: for whom the answer is (Recipient), to which request, by whom, and what could hide in its text.
import type { SAML } from '@node-saml/node-saml'
import { z } from 'zod'
import { GROUP_LETTERS, MANY_GROUPS, ProviderProblem, type ProviderClaims } from '#channels/claims.ts'
import { attributeOf, elementsIn, readXml, withNamedBreaks } from '#channels/saml-metadata.ts'
import type { Saml } from '#people/saml.ts'
import type { TrialSide, TrialStep } from '#people/trial.ts'

export type SamlClient = Pick<Saml, 'signInUrl' | 'certificates' | 'own' | 'signsRequests'> & {
  /** The provider's own name. */
  readonly issuer: string
  /** Ours, which is where our metadata stands. */
  readonly entityId: string
  readonly consumerUrl: string
  /** Of the desk's own certificate (PEM); null where it has none. */
  readonly privateKey: string | null
  readonly groupsClaim: string
  /** Addresses of these domains count as verified: SAML has no word for that. */
  readonly domains: readonly string[]
}

/** What an answer said that was signed, for us, and in time. */
export type SamlArrival = {
  readonly claims: ProviderClaims
  readonly assertionId: string
  /** Null: nobody here asked for it. */
  readonly inResponseTo: string | null
}

/** An answer has some sixty tags, and two more for each group: no real one comes near this, and what is read costs time before it is believed. */
const MOST_TAGS = 1_500
const MOST_ATTRIBUTES = 2_000
const SKEW_MS = 60_000
const OLDEST_MS = 600_000

/** Loaded when somebody signs in by it: most desks, and every start, do without. */
const nodeSaml = () => import('@node-saml/node-saml')

/** Where the browser goes with a request of this name. `isAnew` asks the provider to ask its person once more. */
export async function samlUrl(
  client: SamlClient,
  { requestId, isAnew }: { requestId: string; isAnew: boolean },
): Promise<string> {
  const library = await libraryFor(client, { requestId, isAnew })
  return library.getAuthorizeUrlAsync('', undefined, {})
}

/** What the provider is told of us. */
export async function ownMetadata({
  entityId,
  consumerUrl,
  own,
  privateKey,
  signsRequests,
}: SamlClient): Promise<string> {
  const { generateServiceProviderMetadata } = await nodeSaml()
  const certificate = own?.text ?? null
  return generateServiceProviderMetadata({
    issuer: entityId,
    callbackUrl: consumerUrl,
    identifierFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    wantAssertionsSigned: true,
    // The same for the same desk: whoever compares two copies sees that nothing changed.
    generateUniqueId: () => '_docket',
    ...(certificate === null || privateKey === null
      ? {}
      : { decryptionPvk: privateKey, decryptionCert: certificate }),
    ...(certificate === null || privateKey === null || !signsRequests
      ? {}
      : { privateKey, publicCerts: certificate }),
  })
}

async function libraryFor(
  client: SamlClient,
  asked: { requestId: string; isAnew: boolean } | null,
): Promise<SAML> {
  const { SAML } = await nodeSaml()
  return new SAML({
    entryPoint: client.signInUrl,
    issuer: client.entityId,
    audience: client.entityId,
    callbackUrl: client.consumerUrl,
    idpCert: client.certificates.map(({ text }) => text),
    identifierFormat: null,
    // By whatever means the provider knows its people: naming one refuses those who came by another.
    disableRequestedAuthnContext: true,
    // Either of the two signatures is enough: the library reads only what was signed, and refuses where neither is.
    wantAssertionsSigned: false,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: SKEW_MS,
    maxAssertionAgeMs: OLDEST_MS,
    forceAuthn: asked?.isAnew ?? false,
    ...(client.privateKey === null ? {} : { decryptionPvk: client.privateKey }),
    ...(client.privateKey === null || !client.signsRequests
      ? {}
      : { privateKey: client.privateKey, signatureAlgorithm: 'sha256' as const }),
    ...(asked === null ? {} : { generateUniqueId: () => asked.requestId }),
  })
}

const content = z.object({ _: z.string().transform((value) => value.trim()) }).transform(({ _ }) => _)
const moment = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value))
const one = <S extends z.ZodType>(of: S) => z.tuple([of]).transform(([only]) => only as z.output<S>)
const assertionShape = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1).max(300), IssueInstant: moment }),
    Issuer: one(content),
    Subject: one(
      z.object({
        NameID: one(
          z.object({
            _: z.string().trim().min(1).max(500),
            $: z.object({ Format: z.string() }).partial().optional(),
          }),
        ),
        SubjectConfirmation: z.array(
          z.object({
            $: z.object({ Method: z.string() }),
            SubjectConfirmationData: one(
              z.object({
                $: z.object({
                  Recipient: z.string().optional(),
                  NotOnOrAfter: moment.optional(),
                  InResponseTo: z.string().optional(),
                }),
              }),
            ).optional(),
          }),
        ),
      }),
    ),
    AuthnStatement: z.array(
      z.object({ $: z.object({ AuthnInstant: moment, SessionIndex: z.string().max(500).optional() }) }),
    ),
    AttributeStatement: z
      .array(
        z.object({
          Attribute: z
            .array(
              z.object({
                $: z.object({ Name: z.string() }),
                AttributeValue: z.array(z.union([content, z.unknown().transform(() => '')])).default([]),
              }),
            )
            .default([]),
        }),
      )
      .default([]),
  }),
})
type Assertion = z.output<typeof assertionShape>['Assertion']

/**
 * What an answer (`SAMLResponse`, base64) says, once its signature, issuer, audience, recipient and times are good; else a
 * ProviderProblem. Whether it came before, and whether it answers what this browser asked, is for the caller.
 */
export async function readAnswer(client: SamlClient, answer: string): Promise<SamlArrival> {
  const xml = withNamedBreaks(Buffer.from(answer, 'base64').toString('utf8'))
  refuseOdd(xml)
  // Whoever knows our certificate can encrypt: what comes out is looked at as closely, before anything of it is believed.
  if (client.privateKey !== null)
    for (const hidden of await decrypted(xml, client.privateKey)) refuseOdd(hidden)
  const { SamlStatusError } = await nodeSaml()
  const library = await libraryFor(client, null)
  const { profile } = await library
    .validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString('base64') })
    .catch((error: unknown) => {
      throw problemOf(error, error instanceof SamlStatusError)
    })
  const read = assertionShape.safeParse(profile?.getAssertion?.())
  if (!read.success) {
    const [first] = read.error.issues
    throw problem(
      'assertion',
      'provider',
      `The assertion lacks ${first?.path.filter((each) => typeof each === 'string').join(' › ')}`,
    )
  }
  const assertion = read.data.Assertion
  const age = Date.now() - assertion.$.IssueInstant
  if (age > OLDEST_MS + SKEW_MS || age < -SKEW_MS)
    throw problem(
      'assertion',
      'provider',
      'The assertion is not of these ten minutes, or its clock or ours is wrong',
    )
  return {
    claims: claimsOf(client, assertion),
    assertionId: assertion.$.ID,
    inResponseTo: confirmed(client, assertion),
  }
}

/** What no provider writes, and what would cost us time or leave room for two readings. */
function refuseOdd(xml: string): void {
  if (countOf(xml, '<') > MOST_TAGS || countOf(xml, '=') > MOST_ATTRIBUTES)
    throw problem(
      'assertion',
      'provider',
      'The answer is longer than the desk reads. Send fewer groups: those that lead to something here',
    )
  // A comment within a name is no part of what is signed, and readers differ in what they make of it; no provider writes any.
  if (/<!|<\?(?!xml\s)/i.test(xml))
    throw problem(
      'assertion',
      'provider',
      'The answer holds comments, instructions or declarations, which no provider writes',
    )
  refuseWeak(xml)
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
  SignatureMethod: ['rsa-sha256', 'rsa-sha384', 'rsa-sha512'].map((each) => MORE + each),
  DigestMethod: [
    'http://www.w3.org/2001/04/xmlenc#sha256',
    `${MORE}sha384`,
    'http://www.w3.org/2001/04/xmlenc#sha512',
  ],
  EncryptionMethod: [
    'http://www.w3.org/2009/xmlenc11#aes128-gcm',
    'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
    'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
    'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  ],
}
/** How the key of what is encrypted is padded (OAEP), which is no signature of anything. */
const OF_KEYS = ['http://www.w3.org/2000/09/xmldsig#sha1']

/** Refuses every way of signing and encrypting but those that are named. */
function refuseWeak(xml: string): void {
  const document = readXml(xml)
  const ofKeys = new Set(
    elementsIn(document, 'EncryptionMethod').flatMap((each) => elementsIn(each, 'DigestMethod')),
  )
  for (const [name, good] of Object.entries(ALGORITHMS))
    for (const each of elementsIn(document, name)) {
      const used = attributeOf(each, 'Algorithm')
      if ((ofKeys.has(each) ? OF_KEYS : good).includes(used)) continue
      if (name === 'EncryptionMethod' || ofKeys.has(each))
        throw problem(
          'assertion',
          'provider',
          `The assertion is encrypted by ${used || 'no way that it names'}. Choose AES (GCM or CBC) and RSA-OAEP (MGF1, SHA-1) there`,
        )
      throw problem(
        'assertion',
        'provider',
        /sha1$/i.test(used)
          ? 'The answer is signed with SHA-1. Choose SHA-256 there'
          : `The answer is signed by ${used || 'no way that it names'}. Choose RSA with SHA-256 there`,
      )
    }
}

const NOT_OPENED =
  'The assertion does not open with the key of the desk. Have the provider read the metadata of the desk anew'

/** What is encrypted in an answer, opened by the very steps by which the library opens it. */
async function decrypted(xml: string, privateKey: string): Promise<string[]> {
  if (!xml.includes('EncryptedAssertion')) return []
  const { decryptXml, parseDomFromString, xpath } = await import('@node-saml/node-saml/lib/xml.js')
  try {
    const hidden = xpath.selectElements(
      await parseDomFromString(xml),
      "//*[local-name()='EncryptedAssertion']",
    )
    return await Promise.all(hidden.map((each) => decryptXml(String(each), privateKey)))
  } catch (error) {
    // The same words for whatever was wrong with it: what they told apart would help whoever guesses.
    throw problem('assertion', 'provider', NOT_OPENED, error)
  }
}

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/** To which request it answers (SAML 2.0 Profiles §4.1.4.3); refuses what is from, or for, somebody else. */
function confirmed(client: SamlClient, { Issuer, Subject }: Assertion): string | null {
  if (Issuer !== client.issuer)
    throw problem('assertion', 'desk', `The answer is from ${Issuer}, and set up here is ${client.issuer}`)
  const bearers = Subject.SubjectConfirmation.filter(({ $ }) => $.Method === BEARER)
  const data = bearers.map((each) => each.SubjectConfirmationData?.$).filter((each) => each !== undefined)
  const ours = data.find(({ Recipient }) => Recipient === client.consumerUrl)
  if (ours === undefined)
    throw problem(
      'assertion',
      'provider',
      `The answer is for ${data[0]?.Recipient ?? 'nobody in particular'}, and not for ${client.consumerUrl}`,
    )
  if (ours.NotOnOrAfter === undefined || Date.now() - SKEW_MS >= ours.NotOnOrAfter)
    throw problem('assertion', 'provider', 'The answer came too late, or its clock or ours is wrong')
  return ours.InResponseTo ?? null
}

const EMAIL = [
  'email',
  'mail',
  'emailaddress',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
]
const NAME = [
  'displayname',
  'name',
  'cn',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'urn:oid:2.5.4.3',
  'http://schemas.microsoft.com/identity/claims/displayname',
]
const ENTRA_GROUPS = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'
/** Entra ID tells of too many groups by a link, which is no word of who is in none. */
const TOO_MANY = 'http://schemas.microsoft.com/claims/groups.link'
const EMAIL_NAME = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
const PASSING_NAME = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

function claimsOf(
  client: SamlClient,
  { Subject, AuthnStatement, AttributeStatement }: Assertion,
): ProviderClaims {
  const { _: subject, $: kind } = Subject.NameID
  if (kind?.Format === PASSING_NAME)
    throw problem(
      'claims',
      'provider',
      'It calls people by another name each time (transient). Choose a persistent NameID there',
    )
  const told = new Map<string, string[]>()
  for (const { $, AttributeValue } of AttributeStatement.flatMap(({ Attribute }) => Attribute))
    told.set($.Name.toLowerCase(), [
      ...(told.get($.Name.toLowerCase()) ?? []),
      ...AttributeValue.filter(Boolean),
    ])
  const first = (names: readonly string[]) => names.flatMap((name) => told.get(name) ?? [])[0]
  const named = first(EMAIL) ?? (kind?.Format === EMAIL_NAME ? subject : undefined)
  const email = z.email().max(320).safeParse(named?.toLowerCase()).data ?? null
  const isOurs = email !== null && client.domains.includes(email.slice(email.lastIndexOf('@') + 1))
  const groups = told.get(client.groupsClaim.toLowerCase()) ?? told.get(ENTRA_GROUPS)
  const [statement] = AuthnStatement
  return {
    subject,
    email: isOurs ? email : null,
    unverifiedEmail: isOurs ? null : email,
    name: first(NAME)?.replace(/\s+/g, ' ').slice(0, 200) ?? null,
    groups: groups === undefined && told.has(TOO_MANY) ? null : shortened(groups ?? []),
    hostedDomain: null,
    session: statement?.$.SessionIndex?.slice(0, 200) ?? null,
    signedInSeconds:
      statement === undefined
        ? null
        : Math.max(0, Math.round((Date.now() - statement.$.AuthnInstant) / 1_000)),
    claimNames: [
      'NameID',
      ...AttributeStatement.flatMap(({ Attribute }) => Attribute.map(({ $ }) => $.Name)),
    ],
  }
}

const shortened = (groups: readonly string[]) =>
  groups.slice(0, MANY_GROUPS).map((each) => each.slice(0, GROUP_LETTERS))

const countOf = (text: string, letter: string): number => text.split(letter).length - 1

const problem = (step: TrialStep, side: TrialSide, said: string, cause?: unknown) =>
  new ProviderProblem(step, side, said, cause)

/** Which side a refusal of the library is on; `isStatus` where it is the provider's own no. */
function problemOf(error: unknown, isStatus: boolean): ProviderProblem {
  const said = (error as Error).message
  if (isStatus)
    return problem(
      'answer',
      /AuthnFailed|RequestDenied|NoPassive/.test(said) ? 'person' : 'provider',
      said,
      error,
    )
  if (/^Invalid (document )?signature( from encrypted assertion)?$/.test(said))
    return problem(
      'assertion',
      'desk',
      `${said}: it was altered, or signed by nobody whose certificate stands in the metadata here`,
      error,
    )
  if (said.startsWith('No decryption key'))
    return problem(
      'assertion',
      'provider',
      'The assertion is encrypted, and the desk has no key of its own yet. Make one here, and have the provider read the metadata of the desk anew',
      error,
    )
  return problem('assertion', 'provider', said, error)
}
