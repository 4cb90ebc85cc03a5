#!/usr/bin/env bash
# Package: ldapts 9.2.0. A search below a base that another server holds: the directory answers with a referral, as Active Directory does to
# a base of another domain, and as any server does below an entry of the class "referral".
# Expected (RFC 4511, 4.1.9 and 4.1.10): the result code referral (10) comes with the URIs of the servers to go to; whoever asked goes
# there, or is told where. Seen: ldapts has no class for it, and the error is an UnknownStatusCodeError, "Code: 0xa"; the URIs are not read,
# so that nobody can go on, or say where to. References among the results of a search (4.5.3) are told as they should be. An administrator
# who entered the base of another domain, which is the usual slip, is told of a code.
# Valid input, from a server of a few lines, without Docket. Exits 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error ldapts@9.2.0 >/dev/null
cat > look.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Client } from 'ldapts'
const URI = 'ldap://other.example/ou=moved,dc=x,dc=example'
/** A value of BER (X.690), all of them shorter than 128 bytes. */
const ber = (tag, ...parts) => {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return Buffer.concat([Buffer.from([tag, content.length]), content])
}
const text = (value) => ber(0x04, value)
const message = (id, operation) => ber(0x30, ber(0x02, [id]), operation)
/** SearchResultDone with referral [3]; or SearchResultReference and success. */
const done = (id) => message(id, ber(0x65, ber(0x0a, [10]), text(''), text('elsewhere'), ber(0xa3, text(URI))))
const reference = (id) => Buffer.concat([message(id, ber(0x73, text(URI))), message(id, ber(0x65, ber(0x0a, [0]), text(''), text('')))])
const server = createServer((socket) =>
  socket.on('data', (request) => {
    // 30 length 02 01 ID, then the operation: 63 is a search, and 42 the end.
    const [id, operation] = [request[4], request[5]]
    if (operation === 0x63) socket.write(request.includes('ou=moved') ? done(id) : reference(id))
  }).on('error', () => {}),
)
await once(server.listen(0, '127.0.0.1'), 'listening')
const client = new Client({ url: `ldap://127.0.0.1:${server.address().port}`, timeout: 5_000 })
for (const base of ['dc=x,dc=example', 'ou=moved,dc=x,dc=example'])
  await client.search(base, { scope: 'sub' }).then(
    ({ searchReferences }) => console.log(`${base} | references ${searchReferences.join(' ')}`),
    (error) => console.log(`${base} | ${error.name} ${error.code} ${JSON.stringify(error.message)} | has the URI: ${JSON.stringify({ ...error, message: error.message }).includes('other.example')}`),
  )
await client.unbind().catch(() => {})
server.close()
process.exit()
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
dc=x,dc=example | references ldap://other.example/ou=moved,dc=x,dc=example
ou=moved,dc=x,dc=example | UnknownStatusCodeError 10 "elsewhere Code: 0xa" | has the URI: false
SEEN
