#!/usr/bin/env bash
# Packages: postal-mime 4.0.0, mailparser 3.14.2. A mail that is one text of a kind the reader does not know: text/enriched (RFC 1896) or
# text/markdown (RFC 7763).
# Expected (RFC 2046, 4.1.4): a subtype of text that is not recognised is treated as text/plain where its charset is known. Seen: both
# readers give the mail neither text nor HTML, and an attachment without a name; who shows the text shows an empty mail. What they know
# as files (text/csv) is an attachment as well and rightly so.
# Valid input, without Docket. Exits 1 when either changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error postal-mime@4.0.0 mailparser@3.14.2 >/dev/null
cat > look.mjs <<'JS'
import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
for (const type of ['text/plain', 'text/enriched', 'text/markdown']) {
  const mail = [
    'From: Ana <ana@x.example>', 'Subject: Lamp', 'MIME-Version: 1.0',
    `Content-Type: ${type}; charset=utf-8`, '', 'The lamp hums.', '',
  ].join('\r\n')
  for (const [name, { text, html, attachments }] of [
    ['postal-mime', await PostalMime.parse(mail)],
    ['mailparser', await simpleParser(mail)],
  ])
    console.log(`${type} | ${name} | text ${JSON.stringify(text?.trim() ?? null)} | html ${JSON.stringify(html || null)} | files ${attachments.length}`)
}
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
text/plain | postal-mime | text "The lamp hums." | html null | files 0
text/plain | mailparser | text "The lamp hums." | html null | files 0
text/enriched | postal-mime | text null | html null | files 1
text/enriched | mailparser | text null | html null | files 1
text/markdown | postal-mime | text null | html null | files 1
text/markdown | mailparser | text null | html null | files 1
SEEN
