#!/usr/bin/env bash
# Package: @node-saml/node-saml 5.1.0 (with @xmldom/xmldom 0.8.15). A signed SAML answer in which an attribute holds U+2028, the line
# separator that word processors paste into a name or a title of a directory. The answer is XML 1.0.
# Expected (XML 1.0, 2.11): of what ends a line only CR LF and CR become LF; the assertion's canonical form (Exclusive XML
# Canonicalization 1.0) has U+2028 as it is, and so has what the provider signed. Seen: xmldom ends lines as XML 1.1 does, so that a line
# feed takes its place, the digest is another, and the good answer is refused: "Invalid signature". One person cannot sign in while all
# others can, and the words lead to the certificate. U+2029 is left as it is.
# Valid input, signed by node:crypto, without Docket. Exits 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error @node-saml/node-saml@5.1.0 @xmldom/xmldom@0.8.15 >/dev/null
cat > look.mjs <<'JS'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { SAML } from '@node-saml/node-saml'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const moment = (seconds) => new Date(Date.now() + seconds * 1000).toISOString()
const SAML2 = 'urn:oasis:names:tc:SAML:2.0'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const DSIG = 'http://www.w3.org/2000/09/xmldsig#'
/** An assertion in its canonical form already; between `issuer` and the rest its signature has its place. */
const parts = (name) => [
  `<saml:Assertion xmlns:saml="${SAML2}:assertion" ID="_a" IssueInstant="${moment(0)}" Version="2.0"><saml:Issuer>idp</saml:Issuer>`,
  `<saml:Subject><saml:NameID>ana</saml:NameID><saml:SubjectConfirmation Method="${SAML2}:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${moment(60)}" Recipient="https://desk.example/acs"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${moment(-60)}" NotOnOrAfter="${moment(60)}"><saml:AudienceRestriction><saml:Audience>desk</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${moment(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>${SAML2}:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="name"><saml:AttributeValue>${name}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`,
]
function answer(name) {
  const [issuer, rest] = parts(name)
  const digest = createHash('sha256').update(issuer + rest).digest('base64')
  const info = `<ds:SignedInfo xmlns:ds="${DSIG}"><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#_a"><ds:Transforms><ds:Transform Algorithm="${DSIG}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  const signature = `<ds:Signature xmlns:ds="${DSIG}">${info}<ds:SignatureValue>${sign('sha256', Buffer.from(info), privateKey).toString('base64')}</ds:SignatureValue></ds:Signature>`
  return `<?xml version="1.0"?><samlp:Response xmlns:samlp="${SAML2}:protocol" ID="_r" Version="2.0" IssueInstant="${moment(0)}"><samlp:Status><samlp:StatusCode Value="${SAML2}:status:Success"/></samlp:Status>${issuer}${signature}${rest}</samlp:Response>`
}
async function taken(xml) {
  const desk = new SAML({
    entryPoint: 'https://idp.example/', issuer: 'desk', audience: 'desk', callbackUrl: 'https://desk.example/acs',
    idpCert: publicKey.export({ type: 'spki', format: 'pem' }), wantAssertionsSigned: true, wantAuthnResponseSigned: false,
  })
  const sent = { SAMLResponse: Buffer.from(xml).toString('base64') }
  return desk.validatePostResponseAsync(sent).then(({ profile }) => JSON.stringify(profile.name), ({ message }) => message)
}
for (const sign of [' ', '\u2029', '\u2028']) {
  const code = `U+${sign.codePointAt(0).toString(16).padStart(4, '0')}`
  console.log(`${code} | ${(await taken(answer(`Ana${sign}North`))).replace(sign, code)}`)
}
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
U+0020 | "AnaU+0020North"
U+2029 | "AnaU+2029North"
U+2028 | Invalid signature
SEEN
