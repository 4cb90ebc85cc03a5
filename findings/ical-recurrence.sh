#!/usr/bin/env bash
# Packages: ical.js 2.2.1 (MPL-2.0), rrule 2.8.1. Holiday feeds repeat by rules of RFC 5545; ical.js expands three of them otherwise.
# Expected (RFC 5545, 3.3.10): a yearly event of 29 February falls in leap years only; BYDAY=20MO yearly is the 20th Monday of the year;
# BYWEEKNO=20;BYDAY=MO is the Monday of week 20. Seen: ical.js gives 1 March in other years, and Monday after Monday for the other
# two; rrule gives the expected days. Valid input, without Docket. Exits 1 when either changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error ical.js@2.2.1 rrule@2.8.1 >/dev/null
cat > look.mjs <<'JS'
import ICAL from 'ical.js'
import rrule from 'rrule'
const cases = [
  ['FREQ=YEARLY', '2024-02-29'],
  ['FREQ=YEARLY;BYDAY=20MO', '2025-05-19'],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '2025-05-12'],
]
for (const [rule, start] of cases) {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(start))
  const theirs = Array.from({ length: 3 }, () => iterator.next()?.toString() ?? '-')
  const series = new rrule.RRule({ ...rrule.RRule.parseString(rule), dtstart: new Date(`${start}T00:00:00Z`), count: 3 })
  console.log(`${rule} | ical.js ${theirs.join(' ')} | rrule ${series.all().map((day) => day.toISOString().slice(0, 10)).join(' ')}`)
}
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
FREQ=YEARLY | ical.js 2024-02-29 2025-03-01 2026-03-01 | rrule 2024-02-29 2028-02-29 2032-02-29
FREQ=YEARLY;BYDAY=20MO | ical.js 2025-05-19 2025-05-26 2025-06-02 | rrule 2025-05-19 2026-05-18 2027-05-17
FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO | ical.js 2025-05-19 2025-05-26 2025-06-02 | rrule 2025-05-12 2026-05-11 2027-05-17
SEEN
