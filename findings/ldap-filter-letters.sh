#!/usr/bin/env bash
# Package: ldapts 9.2.0. A search filter in which letters stand as the escaped bytes of their UTF-8, as RFC 4515 writes them and the tools
# of directories print them: the RFC's own example, and the name of a group.
# Expected (RFC 4515, 3): an escape is one octet of the value, so that (sn=Lu\c4\8di\c4\87) asks for the same as (sn=Lučić) (section 4).
# Seen: each escape becomes a letter of its own, which is then encoded once more: the value that goes to the directory has 11 octets in
# place of 7, and the search succeeds and finds nobody. Also in extensible and substring filters; escapes below 80 are right. Who lets an
# administrator write the filter by which people are found locks out everybody, and no error says why.
# Valid input, without Docket. Exits 1 when it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error ldapts@9.2.0 >/dev/null
cat > look.mjs <<'JS'
import { BerWriter, FilterParser } from 'ldapts'
const sent = (filter) => {
  const writer = new BerWriter()
  FilterParser.parseString(filter).write(writer)
  return writer.buffer.toString('hex')
}
const pairs = [
  ['(sn=Lučić)', '(sn=Lu\\c4\\8di\\c4\\87)'],
  ['(sn=Luč*)', '(sn=Lu\\c4\\8d*)'],
  ['(memberOf:=cn=Büro,dc=x,dc=example)', '(memberOf:=cn=B\\c3\\bcro,dc=x,dc=example)'],
  ['(cn=a+b)', '(cn=a\\2bb)'],
]
for (const [plain, escaped] of pairs)
  console.log(`${escaped} | ${sent(escaped) === sent(plain) ? 'the same' : `${sent(escaped)} and not ${sent(plain)}`}`)
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
(sn=Lu\c4\8di\c4\87) | a3110402736e040b4c75c384c28d69c384c287 and not a30d0402736e04074c75c48d69c487
(sn=Lu\c4\8d*) | a40e0402736e300880064c75c384c28d and not a40c0402736e300680044c75c48d
(memberOf:=cn=B\c3\bcro,dc=x,dc=example) | a92682086d656d6265724f66831a636e3d42c383c2bc726f2c64633d782c64633d6578616d706c65 and not a92482086d656d6265724f668318636e3d42c3bc726f2c64633d782c64633d6578616d706c65
(cn=a\2bb) | the same
SEEN
