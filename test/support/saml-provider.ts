// A SAML provider of identity: metadata, and answers to requests, signed as the test says or spoilt as it says.
import {
  constants,
  createCipheriv,
  publicEncrypt,
  randomBytes,
  randomUUID,
  type CipherGCM,
  type KeyObject,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { newOwnKey } from '#channels/own-certificate.ts'

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
  /** Encrypts the assertion for whoever has this certificate (PEM). */
  readonly encryptFor?: string
  readonly encryption?: Encryption
  /** Changes the assertion before it is encrypted. */
  readonly hidden?: (xml: string) => string
  /** Changes the XML after it was signed. */
  readonly after?: (xml: string) => string
}

type Encryption = 'aes256-gcm' | 'aes128-cbc' | 'rsa-1_5'

export type SigningKey = { readonly privateKey: KeyObject; readonly certificate: string }

/** A key with a certificate of its own (DER, base64) that ends after so many days. */
export async function newSigningKey(
  days: number,
  nowMs = Date.now(),
  commonName = 'Acme sign-in',
): Promise<SigningKey> {
  const { privateKey, certificate } = await newOwnKey({ days, nowMs, commonName })
  return { privateKey, certificate: certificate.replace(/-----.*-----|\n/g, '') }
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
  if (spoilt.encryptFor !== undefined)
    xml = encrypted(xml, spoilt.encryptFor, spoilt.encryption ?? 'aes256-gcm', spoilt.hidden)
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

/** The assertion encrypted by a key of its own, and that for a certificate (XML Encryption 1.1). */
function encrypted(
  xml: string,
  certificate: string,
  by: Encryption,
  change: (xml: string) => string = (same) => same,
): string {
  return xml.replace(/<saml:Assertion.*<\/saml:Assertion>/s, (assertion) => {
    const isOld = by === 'rsa-1_5'
    const cipher = isOld || by === 'aes128-cbc' ? 'aes-128-cbc' : 'aes-256-gcm'
    const key = randomBytes(cipher === 'aes-128-cbc' ? 16 : 32)
    const iv = randomBytes(cipher === 'aes-128-cbc' ? 16 : 12)
    const encipher = createCipheriv(cipher, key, iv) as CipherGCM
    const text = [iv, encipher.update(change(assertion)), encipher.final()]
    if (cipher === 'aes-256-gcm') text.push(encipher.getAuthTag())
    const padding = isOld ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING
    const sealed = publicEncrypt({ key: certificate, padding }, key)
    const value = (bytes: Buffer) =>
      `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`
    const content =
      cipher === 'aes-256-gcm'
        ? 'http://www.w3.org/2009/xmlenc11#aes256-gcm'
        : 'http://www.w3.org/2001/04/xmlenc#aes128-cbc'
    const transport = `http://www.w3.org/2001/04/xmlenc#${isOld ? 'rsa-1_5' : 'rsa-oaep-mgf1p'}`
    return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="${content}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${transport}"/>${value(sealed)}</xenc:EncryptedKey></ds:KeyInfo>${value(Buffer.concat(text))}</xenc:EncryptedData></saml:EncryptedAssertion>`
  })
}

/** A provider in a real browser: its page sends the form by itself, from another site than the desk's. */
export async function startSamlPage(who: SamlSomebody): Promise<{
  readonly metadataUrl: string
  /** Our two addresses, as an administrator enters them there. */
  readonly know: (entityId: string, consumerUrl: string) => void
  readonly close: () => Promise<void>
}> {
  const key = await newSigningKey(400)
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
