#!/usr/bin/env bash
# Packages: postal-mime 4.0.0, mailparser 3.14.2. An answer below a quotation, in text of format=flowed, as many mail programs send it.
# Expected (RFC 3676, 4.5 and 4.1): lines are joined only where they are quoted equally deep, and without their marks of quotation; a line
# that ends with a space before one of another depth ends there. Seen: postal-mime joins across depths, so that the customer's answer stands
# within the quotation, and leaves marks in the middle of lines; mailparser does as expected. Who folds quotations away hides the answer.
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
const head = [
  'From: Ana <ana@x.example>', 'Subject: Lamp', 'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=us-ascii; format=flowed', '', '',
].join('\r\n')
const bodies = [
  ['> Which one is it, and ', '> since when?'],
  ['> Which one is it? ', 'The brass one.'],
  ['> Which one? ', '>> It hums. ', '> And since when?'],
]
for (const lines of bodies) {
  const raw = `${head}${lines.join('\r\n')}\r\n`
  const theirs = [(await new PostalMime().parse(raw)).text, (await simpleParser(raw)).text]
  const [postal, other] = theirs.map((text) => JSON.stringify(text.trim()))
  console.log(`postal-mime ${postal} | mailparser ${other}`)
}
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
postal-mime "> Which one is it, and > since when?" | mailparser "> Which one is it, and since when?"
postal-mime "> Which one is it? The brass one." | mailparser "> Which one is it? \nThe brass one."
postal-mime "> Which one? >> It hums. > And since when?" | mailparser "> Which one? \n>> It hums. \n> And since when?"
SEEN
