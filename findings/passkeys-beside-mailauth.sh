#!/usr/bin/env bash
# Packages: @simplewebauthn/server 14.0.3 added to a project that has mailauth 7.1.0. Each ES256 passkey, which is nearly every one, is
# refused from then on. Expected: a valid assertion verifies. Seen: "Cannot get schema for 'ECDSASigValue' target".
# mailauth's @postalsys/vmc pins @peculiar/asn1-schema 2.8.0, which stays at the root; npm then nests a copy of 2.11 under each of twelve
# packages, and the copies share no registry of schemas. Registration works; only signing in fails. Both installed in one go: it verifies.
# An `overrides` entry for one @peculiar/asn1-schema (and asn1-x509) mends it. Valid input, without Docket. Exits 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/verify.mjs" <<'JS'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { verifyAuthenticationResponse } from '@simplewebauthn/server'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { x, y } = publicKey.export({ format: 'jwk' })
const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')])
const sha256 = (data) => createHash('sha256').update(data).digest()
const challenge = Buffer.alloc(32, 1).toString('base64url')
const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin: 'https://desk.example', crossOrigin: false }))
const data = Buffer.concat([sha256('desk.example'), Buffer.from([5, 0, 0, 0, 0])])
const id = Buffer.alloc(16, 2).toString('base64url')
const response = {
  id, rawId: id, type: 'public-key', clientExtensionResults: {},
  response: {
    clientDataJSON: client.toString('base64url'),
    authenticatorData: data.toString('base64url'),
    signature: sign('sha256', Buffer.concat([data, sha256(client)]), privateKey).toString('base64url'),
  },
}
try {
  const { verified } = await verifyAuthenticationResponse({
    response, expectedChallenge: challenge, expectedOrigin: 'https://desk.example', expectedRPID: 'desk.example',
    credential: { id, publicKey: new Uint8Array(cose), counter: 0 },
  })
  console.log(`verified: ${verified}`)
} catch (error) {
  console.log(error.message)
}
JS
install() { npm install --ignore-scripts --no-audit --no-fund --loglevel=error "$@" >/dev/null; }
try() {
  mkdir "$folder/$1"
  cd "$folder/$1"
  npm init -y >/dev/null
  shift
  "$@"
  cp ../verify.mjs .
  node verify.mjs
}
one_after_the_other() { install mailauth@7.1.0 && install @simplewebauthn/server@14.0.3; }
together() { install mailauth@7.1.0 @simplewebauthn/server@14.0.3; }
{
  echo "one after the other: $(try after one_after_the_other)"
  echo "together: $(try together together)"
} | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
one after the other: Cannot get schema for 'ECDSASigValue' target
together: verified: true
SEEN
