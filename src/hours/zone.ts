// The wall clock of an IANA time zone, as stretches of constant offset, and the instants at which it shows a local time.
// Not the "compatible" reading of date libraries: an opening takes the first instant, a closing the last (spec of calendars).

/** A stretch that begins at `from` (ms) and in which local time is UTC plus `offset` (ms). */
type Stretch = { readonly from: number; readonly offset: number }

const DAY = 86_400_000
/** No two changes of an offset lie closer together than this. */
const STEP = 6 * 3_600_000

const formats = new Map<string, Intl.DateTimeFormat>()
const years = new Map<string, readonly Stretch[]>()

/** Whether the zone is known to this machine's tz database. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** The zone that somebody names, as this machine writes it; null when it knows none such. Strangers name many: nothing is kept of it. */
export function zoneNamed(text: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    const two = '2-digit'
    const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts })
    formats.set(zone, format)
  }
  return format
}

/** The date that the wall clock of a zone shows at an instant (ms): `2026-12-25`. */
export function localDate(zone: string, at: number): string {
  return new Date(at + offsetAt(zone, at)).toISOString().slice(0, 10)
}

/** The hour of the week that the wall clock of a zone shows at an instant (ms), from 0 on Monday at midnight to 167. */
export function hourOfWeek(zone: string, at: number): number {
  const local = at + offsetAt(zone, at)
  const day = (Math.floor(local / DAY) + 3) % 7
  return day * 24 + Math.floor((local % DAY) / 3_600_000)
}

/** Milliseconds to add to UTC for the wall clock of a zone at an instant (ms). */
export function offsetAt(zone: string, at: number): number {
  const stretches = stretchesOf(zone, new Date(at).getUTCFullYear())
  return stretches.findLast(({ from }) => from <= at)?.offset ?? 0
}

/** How far back changes of an offset are told one by one; before, the first of them holds. */
const TOLD_YEARS = 40

/** The stretches of constant offset that a time lies in; the first may begin before it, or after where it lies further back than is told. */
export function offsetsIn(zone: string, from: number, to: number): readonly Stretch[] {
  const last = new Date(to).getUTCFullYear()
  const first = Math.max(new Date(from).getUTCFullYear(), last - TOLD_YEARS)
  const all = Array.from({ length: last - first + 1 }, (_, index) => stretchesOf(zone, first + index)).flat()
  return all.filter(({ offset }, index) => index === 0 || all[index - 1]?.offset !== offset)
}

function readOffset(zone: string, at: number): number {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = formatOf(zone)
    .format(at)
    .split(/\D+/)
    .map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/** The stretches of one UTC year; the first begins with the year. */
function stretchesOf(zone: string, year: number): readonly Stretch[] {
  const key = `${zone} ${year}`
  let found = years.get(key)
  if (found === undefined) {
    found = zone === 'UTC' ? [{ from: Date.UTC(year, 0), offset: 0 }] : scan(zone, year)
    years.set(key, found)
  }
  return found
}

function scan(zone: string, year: number): readonly Stretch[] {
  const end = Date.UTC(year + 1, 0)
  const found: Stretch[] = [{ from: Date.UTC(year, 0), offset: readOffset(zone, Date.UTC(year, 0)) }]
  for (let at = Date.UTC(year, 0); at < end; at += STEP) {
    const next = Math.min(at + STEP, end)
    const offset = readOffset(zone, next)
    if (offset !== found.at(-1)?.offset && next < end) found.push({ from: change(zone, at, next), offset })
  }
  return found
}

/** The first instant with the later offset, to the second. */
function change(zone: string, early: number, late: number): number {
  const after = readOffset(zone, late)
  let [low, high] = [early / 1000, late / 1000]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (readOffset(zone, middle * 1000) === after) high = middle
    else low = middle
  }
  return high * 1000
}

/** Stretches that cover two days around a local time, with their ends. */
function around(zone: string, local: number): { from: number; to: number; offset: number }[] {
  const [begin, end] = [local - 2 * DAY, local + 2 * DAY]
  const [first, last] = [new Date(begin).getUTCFullYear(), new Date(end).getUTCFullYear()]
  const all = [...stretchesOf(zone, first), ...(last === first ? [] : stretchesOf(zone, last))]
  return all.flatMap(({ from, offset }, index) => {
    const to = all[index + 1]?.from ?? end
    return to <= begin || from >= end ? [] : [{ from: Math.max(from, begin), to, offset }]
  })
}

/** The first instant at which the wall clock shows `local` (ms, as if UTC) or later. */
export function opensAt(zone: string, local: number): number {
  for (const { from, to, offset } of around(zone, local)) {
    const at = Math.max(from, local - offset)
    if (at < to) return at
  }
  return local
}

/** The end of the last stretch of time in which the wall clock shows less than `local` (ms, as if UTC). */
export function closesAt(zone: string, local: number): number {
  for (const { from, to, offset } of around(zone, local).toReversed())
    if (from < local - offset) return Math.min(to, local - offset)
  return local
}
