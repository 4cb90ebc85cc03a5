#!/usr/bin/env bash
# Packages: scim-patch 0.8.3, scim2-parse-filter 0.2.10. A directory's valid requests that they neither do nor refuse.
# Expected (RFC 7643 2.1: names of attributes have no case; RFC 7644 3.10: a name may have its schema's URN before it; RFC 7643 4.1.1:
# userName is compared without case; RFC 7644 3.5.2: of several values one is primary, the others are set to false).
# Seen: a patch of "USERNAME" leaves userName and adds an attribute beside it; a new primary address leaves two; a filter with the URN,
# or with another case of a userName, finds nobody, whereupon a directory makes the account a second time. Names without case work
# in filters, URNs work in patches. Valid input, without Docket. Exits 1 when any of it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error scim-patch@0.8.3 scim2-parse-filter@0.2.10 >/dev/null
cat > look.mjs <<'JS'
import patching from 'scim-patch'
import filtering from 'scim2-parse-filter'
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ana = () => ({
  schemas: [CORE],
  userName: 'ana',
  name: { givenName: 'Ana' },
  emails: [{ type: 'work', value: 'a@x.example', primary: true }],
  meta: {},
})
const patched = (operation) => patching.scimPatch(ana(), [operation])
const cased = patched({ op: 'replace', path: 'USERNAME', value: 'ben' })
console.log(`patch USERNAME | userName ${cased.userName} | USERNAME ${cased.USERNAME}`)
const named = patched({ op: 'replace', path: `${CORE}:name.givenName`, value: 'Ben' })
console.log(`patch URN:name.givenName | ${named.name.givenName}`)
const home = { type: 'home', value: 'h@x.example', primary: true }
const primaries = patched({ op: 'add', path: 'emails', value: [home] }).emails.filter(({ primary }) => primary)
console.log(`add a new primary address | ${primaries.length} primary`)
for (const filter of ['USERNAME eq "ana"', 'userName eq "ANA"', `${CORE}:userName eq "ana"`])
  console.log(`filter ${filter} | ${filtering.filter(filtering.parse(filter))(ana())}`)
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
patch USERNAME | userName ana | USERNAME ben
patch URN:name.givenName | Ben
add a new primary address | 2 primary
filter USERNAME eq "ana" | true
filter userName eq "ANA" | false
filter urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ana" | false
SEEN
