// A SAML provider of identity: metadata, and answers to requests, signed as the test says or spoilt as it says.
import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'

export type SamlSomebody = {
  readonly nameId: string
  readonly email?: string
  readonly name?: string
  readonly groups?: readonly string[]
}

/** How an answer differs from a good one. */
export type Spoilt = {
  readonly sign?: 'assertion' | 'response' | 'both' | 'none'
  readonly key?: SigningKey
  readonly audience?: string
  readonly recipient?: string
  readonly issuer?: string
  readonly minutesAgo?: number
  /** When the person was asked there, in seconds before now. */
  readonly askedSecondsAgo?: number
  readonly inResponseTo?: string | null
  readonly format?: string
  readonly status?: string
  readonly algorithm?: 'rsa-sha1'
  readonly assertionId?: string
  /** Changes the XML after it was signed. */
  readonly after?: (xml: string) => string
}

export type SigningKey = { readonly privateKey: KeyObject; readonly certificate: string }

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const long = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  const size = body.length < 128 ? [body.length] : long
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

/** A key with a certificate of its own (DER, base64) that ends after so many days. */
export function newSigningKey(days: number, now = Date.now(), commonName = 'Acme sign-in'): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rsaSha256 = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'))
  const name = der(
    0x30,
    der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(commonName)))),
  )
  const time = (ms: number) =>
    der(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)}Z`))
  const validity = der(0x30, time(now - 86_400_000), time(now + days * 86_400_000))
  const serial = der(0x02, Buffer.from([1]))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const told = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    serial,
    rsaSha256,
    name,
    validity,
    name,
    spki,
  )
  const signature = createSign('sha256').update(told).sign(privateKey)
  const whole = der(0x30, told, rsaSha256, der(0x03, Buffer.from([0]), signature))
  return { privateKey, certificate: whole.toString('base64') }
}

export const SAML_ISSUER = 'https://login.acme.example/saml'

/** Metadata that names these keys. */
export const samlMetadata = (keys: readonly SigningKey[], entityId = SAML_ISSUER): string =>
  `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    ${keys
      .map(
        ({
          certificate,
        }) => `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
      <ds:X509Data><ds:X509Certificate>${certificate.replace(/.{64}/g, '$&\n')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
      )
      .join('\n')}
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://login.acme.example/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://login.acme.example/sso"/>
  </md:IDPSSODescriptor></md:EntityDescriptor>`

/** What a request says: its name, and whether the person is to be asked anew. */
export function readRequest(url: string): { id: string; isAnew: boolean; xml: string } {
  const packed = new URL(url).searchParams.get('SAMLRequest') ?? ''
  const xml = inflateRawSync(Buffer.from(packed, 'base64')).toString()
  return { id: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', isAnew: xml.includes('ForceAuthn="true"'), xml }
}

/** An answer as a browser carries it. `to` are our own two addresses. */
export function samlAnswer(
  who: SamlSomebody,
  asked: {
    readonly id: string | null
    readonly entityId: string
    readonly consumerUrl: string
    readonly key: SigningKey
  },
  spoilt: Spoilt = {},
): string {
  const at = Date.now() - (spoilt.minutesAgo ?? 0) * 60_000
  const time = (seconds: number) => new Date(at + seconds * 1_000).toISOString()
  const inResponseTo = spoilt.inResponseTo === undefined ? asked.id : spoilt.inResponseTo
  const answers = inResponseTo === null ? '' : ` InResponseTo="${inResponseTo}"`
  const status = spoilt.status ?? 'Success'
  const attribute = (name: string, values: readonly string[]) =>
    `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`
  const attributes = [
    who.email && attribute('email', [who.email]),
    who.name && attribute('displayName', [who.name]),
    who.groups && attribute('groups', who.groups),
  ].filter(Boolean)
  const recipient = spoilt.recipient ?? asked.consumerUrl
  const assertion = `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${spoilt.assertionId ?? `_${randomUUID()}`}" Version="2.0" IssueInstant="${time(0)}"><saml:Issuer>${spoilt.issuer ?? SAML_ISSUER}</saml:Issuer><saml:Subject><saml:NameID Format="${spoilt.format ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'}">${who.nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="${recipient}" NotOnOrAfter="${time(300)}"${answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${time(-60)}" NotOnOrAfter="${time(300)}"><saml:AudienceRestriction><saml:Audience>${spoilt.audience ?? asked.entityId}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${time(-(spoilt.askedSecondsAgo ?? 0))}" SessionIndex="_s1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${attributes.length === 0 ? '' : `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>`}</saml:Assertion>`
  const plain = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${randomUUID()}" Version="2.0" IssueInstant="${time(0)}" Destination="${recipient}"${answers}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${SAML_ISSUER}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>${status === 'Success' ? assertion : ''}</samlp:Response>`
  const sign = spoilt.sign ?? 'assertion'
  const key = spoilt.key ?? asked.key
  let xml = plain
  if (sign === 'assertion' || sign === 'both') xml = signed(xml, 'Assertion', key, spoilt.algorithm)
  if (sign === 'response' || sign === 'both') xml = signed(xml, 'Response', key, spoilt.algorithm)
  return Buffer.from(spoilt.after?.(xml) ?? xml).toString('base64')
}

function signed(
  xml: string,
  name: 'Assertion' | 'Response',
  key: SigningKey,
  algorithm = 'rsa-sha256',
): string {
  const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
  const isOld = algorithm === 'rsa-sha1'
  const signature = new SignedXml({
    privateKey: key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    canonicalizationAlgorithm: exclusive,
    signatureAlgorithm: isOld
      ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
      : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  })
  const xpath = `//*[local-name(.)='${name}']`
  signature.addReference({
    xpath,
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signature.computeSignature(xml, {
    location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
  })
  return signature.getSignedXml()
}

/** A provider in a real browser: its page sends the form by itself, from another site than the desk's. */
export async function startSamlPage(who: SamlSomebody): Promise<{
  readonly metadataUrl: string
  /** Our two addresses, as an administrator enters them there. */
  readonly know: (entityId: string, consumerUrl: string) => void
  readonly close: () => Promise<void>
}> {
  const key = newSigningKey(400)
  let ours = { entityId: '', consumerUrl: '' }
  const server = createServer((request, response) => {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    if (request.url === '/metadata')
      return response.end(samlMetadata([key]).replaceAll('https://login.acme.example/sso', `${origin}/sso`))
    // Whoever opens the page by themselves has asked for nothing.
    const id = request.url === '/sso' ? null : readRequest(`${origin}${request.url ?? ''}`).id
    const asked = { ...ours, key, id }
    response.setHeader('content-type', 'text/html')
    return response.end(`<form method="post" action="${ours.consumerUrl}">
      <input type="hidden" name="SAMLResponse" value="${samlAnswer(who, asked)}"></form><script>document.forms[0].submit()</script>`)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    metadataUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`,
    know: (entityId, consumerUrl) => void (ours = { entityId, consumerUrl }),
    close: () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  }
}
