// What the metadata of a SAML provider says (SAML 2.0 Metadata §2.4): its name, where one signs in, and by which certificates it is known.
// Its own signature is not looked at: it is believed because of where it came from, an administrator's hand or an https address.
import { X509Certificate } from 'node:crypto'
import { parseDocument } from 'htmlparser2'
import { ProviderProblem } from '#channels/claims.ts'
import type { Egress } from '#channels/egress.ts'
import { certificateOf } from '#channels/own-certificate.ts'
import { instant } from '#kit/time.ts'
import type { Saml, SamlCertificate } from '#people/saml.ts'

type Element = ReturnType<typeof parseDocument> | ReturnType<typeof parseDocument>['children'][number]

const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
const MOST_CERTIFICATES = 10

export type ReadMetadata = Pick<Saml, 'signInUrl' | 'certificates'> & {
  readonly issuer: string
  /** It takes no request that the desk has not signed. */
  readonly wantsSigned: boolean
}

/** The metadata at an address; throws a ProviderProblem. */
export async function fetchMetadata(egress: Egress, url: string): Promise<ReadMetadata> {
  const answer = await egress
    .fetch(url, { headers: { accept: 'application/samlmetadata+xml, application/xml, text/xml' } })
    .catch((error: Error) => {
      throw new ProviderProblem('discovery', 'network', `${url}: ${error.message}`, error)
    })
  if (answer.status !== 200) throw wrong(`${url} answers ${answer.status} in place of its metadata`)
  return readMetadata(answer.text)
}

/** Reads metadata of one provider; throws a ProviderProblem that says what is missing. */
export function readMetadata(xml: string): ReadMetadata {
  const entities = elementsIn(readXml(xml), 'EntityDescriptor').filter(
    (each) => elementsIn(each, 'IDPSSODescriptor').length > 0,
  )
  const [entity, second] = entities
  if (entity === undefined)
    throw wrong('This is no metadata of an identity provider: it has no IDPSSODescriptor')
  if (second !== undefined)
    throw wrong('This describes several identity providers. Take out all but your own company’s')
  const issuer = attributeOf(entity, 'entityID')
  if (issuer === '') throw wrong('The metadata does not say what the provider is called (entityID)')
  const [role] = elementsIn(entity, 'IDPSSODescriptor')
  if (role === undefined) throw wrong('It has no IDPSSODescriptor')
  const signIn = elementsIn(role, 'SingleSignOnService').find(
    (each) => attributeOf(each, 'Binding') === REDIRECT,
  )
  const signInUrl = signIn === undefined ? '' : attributeOf(signIn, 'Location')
  if (!isWebAddress(signInUrl)) throw wrong('It names no https address to sign in at by HTTP-Redirect')
  const signing = elementsIn(role, 'KeyDescriptor').filter(
    (each) => attributeOf(each, 'use') !== 'encryption',
  )
  const texts = signing.flatMap((each) => elementsIn(each, 'X509Certificate')).map(textIn)
  const certificates = [...new Set(texts)].slice(0, MOST_CERTIFICATES).map(readCertificate)
  if (certificates.length === 0) throw wrong('It names no certificate by which answers are signed')
  return {
    issuer,
    signInUrl,
    certificates,
    wantsSigned: isTrue(attributeOf(role, 'WantAuthnRequestsSigned')),
  }
}

/** As XML Schema writes it. */
const isTrue = (text: string): boolean => text === 'true' || text === '1'

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/

/** Whether metadata may be fetched from an address, and browsers sent there: over https, or on this machine. */
export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && (url.startsWith('https://') || LOOPBACK.test(url))
}

function readCertificate(base64: string): SamlCertificate {
  try {
    return certificateIn(certificateOf(base64))
  } catch (error) {
    throw wrong(`One of its certificates cannot be read: ${(error as Error).message}`)
  }
}

/** What a certificate (PEM) says of itself. */
export function certificateIn(text: string): SamlCertificate {
  const { subject, validToDate } = new X509Certificate(text)
  return { text, subject: (subject ?? '').replaceAll('\n', ', '), endsAt: instant(validToDate) }
}

const wrong = (said: string) => new ProviderProblem('discovery', 'provider', said)

/** XML as a tree. */
export const readXml = (xml: string): Element => parseDocument(xml, { xmlMode: true })

/**
 * Two signs that end a line in XML 1.1 alone. xmldom 0.8, beneath node-saml, makes a line feed of them in 1.0, too (§2.11), and refuses the
 * signature over somebody's name that holds one. By number they stay what they are, and what was signed stays the same.
 */
export const withNamedBreaks = (xml: string): string =>
  xml.replace(/[\u0085\u2028]/g, (sign) => `&#${sign.codePointAt(0)};`)

/** Every element of a name below, whatever prefix it has. */
export function elementsIn(from: Element, name: string): Element[] {
  const found: Element[] = []
  const left: Element[] = [from]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if ('name' in next && next !== from && (next.name === name || next.name.endsWith(`:${name}`)))
      found.push(next)
    if ('children' in next) for (const child of next.children.toReversed()) left.push(child)
  }
  return found
}

/** An attribute of an element, or nothing. */
export const attributeOf = (of: Element, name: string): string =>
  ('attribs' in of ? (of.attribs[name] ?? '') : '').trim()

const textIn = (of: Element): string =>
  'children' in of
    ? of.children
        .map((each) => ('data' in each ? each.data : ''))
        .join('')
        .replace(/\s+/g, '')
    : ''
