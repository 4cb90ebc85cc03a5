#!/usr/bin/env bash
# Packages: rrule 2.8.1, ical.js 2.2.1 (MPL-2.0). BYSETPOS, by which calendars name the last working day of a month: counted from the end
# further than some months reach, and two places at once.
# Expected (RFC 5545, 3.3.10): a place says which occurrence of the month's set is meant, below zero from its end; where there is none,
# none is. So BYDAY=FR;BYSETPOS=-5 is BYDAY=-5FR, the first Friday of months that have five. A set has each instance once: the first and
# last of one day are one, and COUNT counts it once. Seen: rrule gives the first Friday of months that have four, and one day twice, which
# ends the series early; ical.js leaves out a month that has five. Both read BYDAY=-5FR as expected. Who takes holidays from a feed closes
# on days that are none. Valid input, without Docket. Exits 1 when either changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --loglevel=error rrule@2.8.1 ical.js@2.2.1 >/dev/null
cat > look.mjs <<'JS'
import ICAL from 'ical.js'
import rrule from 'rrule'
const rules = [
  ['BYDAY=-5FR', 4],
  ['BYDAY=FR;BYSETPOS=-5', 4],
  ['BYMONTHDAY=30,31;BYSETPOS=1,-1', 6],
]
for (const [rule, count] of rules) {
  const text = `FREQ=MONTHLY;${rule};COUNT=${count}`
  const series = new rrule.RRule({ ...rrule.RRule.parseString(text), dtstart: new Date('2026-01-02T00:00:00Z') })
  const iterator = ICAL.Recur.fromString(text).iterator(ICAL.Time.fromDateString('2026-01-02'))
  const theirs = Array.from({ length: count }, () => iterator.next()?.toString() ?? '-')
  const days = { rrule: series.all().map((day) => day.toISOString().slice(0, 10)), 'ical.js': theirs }
  for (const [name, found] of Object.entries(days)) console.log(`${rule} | ${name} ${found.join(' ')}`)
}
JS
node look.mjs | tee seen.txt
diff seen.txt - <<'SEEN' && echo 'as seen' || { echo 'it changed'; exit 1; }
BYDAY=-5FR | rrule 2026-01-02 2026-05-01 2026-07-03 2026-10-02
BYDAY=-5FR | ical.js 2026-01-02 2026-05-01 2026-07-03 2026-10-02
BYDAY=FR;BYSETPOS=-5 | rrule 2026-01-02 2026-02-06 2026-03-06 2026-04-03
BYDAY=FR;BYSETPOS=-5 | ical.js 2026-01-02 2026-07-03 2026-10-02 2027-04-02
BYMONTHDAY=30,31;BYSETPOS=1,-1 | rrule 2026-01-30 2026-01-31 2026-03-30 2026-03-31 2026-04-30 2026-04-30
BYMONTHDAY=30,31;BYSETPOS=1,-1 | ical.js 2026-01-30 2026-01-31 2026-03-30 2026-03-31 2026-04-30 2026-05-30
SEEN
