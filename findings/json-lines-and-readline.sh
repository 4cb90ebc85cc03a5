#!/usr/bin/env bash
# Node's readline, as its documentation shows for reading a file line by line (package node 24.11.0), on JSON Lines: how desks export and
# import tickets.
# Expected (Node's documentation of the event 'line': a line ends at \n, \r or \r\n; RFC 8259, 7: U+2028 and U+2029 may stand in a string
# as they are, and JSON.stringify leaves them so; jsonlines.org: a line ends at \n).
# Seen: a line separator or paragraph separator within a text, as people paste it from editors, ends the line too: one valid record becomes
# two broken ones. Splitting at \n alone keeps it whole. Meant so since version 24 (nodejs/node
# issues 22448, 62785), but not said where people look. Valid input, without Docket. Exits 1 when any of it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error node@24.11.0 >/dev/null
cat > look.mjs <<'JS'
import { createReadStream, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
const records = ['plain', 'line\u2028separator', 'paragraph\u2029separator', 'next\u0085line'].map((text, id) => ({ id, text }))
writeFileSync('tickets.jsonl', records.map((each) => `${JSON.stringify(each)}\n`).join(''))
const whole = (lines) => lines.filter((line) => { try { return JSON.parse(line) } catch { return false } }).length
const read = await Array.fromAsync(createInterface({ input: createReadStream('tickets.jsonl'), crlfDelay: Infinity }))
const split = readFileSync('tickets.jsonl', 'utf8').split('\n').filter((line) => line !== '')
console.log(`${process.version} readline | ${read.length} lines, ${whole(read)} records`)
console.log(`split at line feeds | ${split.length} lines, ${whole(split)} records`)
JS
npx --no-install node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
v24.11.0 readline | 6 lines, 2 records
split at line feeds | 4 lines, 4 records
SEEN
