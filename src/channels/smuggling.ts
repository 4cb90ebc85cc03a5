// Lines of a single dot that only a lax server takes for the end of a message (CVE-2023-51764 class). We end at
// CR LF . CR LF alone; a message with another such line is refused, so that it can never split anywhere.

const carriageReturn = 0x0d
const lineFeed = 0x0a
const dot = 0x2e

/** True when a single dot stands between line ends of which at least one is a bare CR or a bare LF. */
export function hasBareDotLine(raw: Uint8Array): boolean {
  for (let at = raw.indexOf(dot); at >= 0; at = raw.indexOf(dot, at + 1)) {
    const before = raw[at - 1]
    const after = raw[at + 1]
    if (before !== carriageReturn && before !== lineFeed) continue
    if (after !== carriageReturn && after !== lineFeed) continue
    const wellBefore = before === lineFeed && raw[at - 2] === carriageReturn
    const wellAfter = after === carriageReturn && raw[at + 2] === lineFeed
    if (!wellBefore || !wellAfter) return true
  }
  return false
}
