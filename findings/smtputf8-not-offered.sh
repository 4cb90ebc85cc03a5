#!/usr/bin/env bash
# Package: nodemailer 10.6.0. A mail to an internationalised address (RFC 6532), over a server whose answer to EHLO does not offer SMTPUTF8.
# Expected (RFC 6531, 3.2): such an address is not sent to a server that does not offer the extension; the client reports the mail as
# undeliverable or has another address. Seen: MAIL FROM goes out without the keyword and RCPT TO with the raw UTF-8 of the address, and where
# the server takes bytes as they come, the mail counts as accepted; whether it arrives is decided further on, where the address may read
# otherwise or the sender never learns of it. Over a server that offers the extension the keyword is there.
# Valid input, without Docket. Exits 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error nodemailer@10.6.0 >/dev/null
cat > send.mjs <<'JS'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createTransport } from 'nodemailer'
/** What a server was told to its envelope, and whether the mail counted as accepted. */
async function sentOver(extensions) {
  const said = []
  const server = createServer((socket) => {
    let rest = ''
    let inData = false
    socket.write('220 mail.example\r\n')
    socket.setEncoding('utf8').on('data', (text) => {
      rest += text
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (inData) {
          if (line !== '.') continue
          inData = false
          socket.write('250 taken\r\n')
        } else if (/^EHLO/.test(line)) socket.write(['mail.example', ...extensions].map((each, at, all) => `250${at + 1 < all.length ? '-' : ' '}${each}\r\n`).join(''))
        else if (/^DATA/.test(line)) { inData = true; socket.write('354 go on\r\n') }
        else if (/^QUIT/.test(line)) socket.end('221 bye\r\n')
        else { said.push(line); socket.write('250 fine\r\n') }
      }
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const transport = createTransport({ host: '127.0.0.1', port: server.address().port, ignoreTLS: true })
  const mail = { from: 'desk@desk.example', to: 'jürgen@customer.example', subject: 'Lamp', text: 'It is mended.' }
  const outcome = await transport.sendMail(mail).then(({ accepted }) => `accepted ${accepted.length}`, ({ code }) => `refused ${code}`)
  transport.close()
  server.close()
  return [outcome, ...said].join(' | ')
}
console.log(`without: ${await sentOver(['8BITMIME'])}`)
console.log(`with: ${await sentOver(['8BITMIME', 'SMTPUTF8'])}`)
JS
seen=$(node send.mjs)
echo "$seen"
expected='without: accepted 1 | MAIL FROM:<desk@desk.example> | RCPT TO:<jürgen@customer.example>
with: accepted 1 | MAIL FROM:<desk@desk.example> SMTPUTF8 | RCPT TO:<jürgen@customer.example>'
[ "$seen" = "$expected" ] || { echo 'changed' >&2; exit 1; }
