// How long a server asks to be left alone.

/** Milliseconds that Retry-After asks for (RFC 9110, 10.2.3: seconds or a date); null where it says nothing. */
export function waitMsOf(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null || retryAfter.trim() === '') return null
  const ms = /^\s*\d+\s*$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}
