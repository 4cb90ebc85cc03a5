// Message ids as they stand in Message-ID, In-Reply-To and References, without angle brackets. An empty or
// blank one is none: two mails with empty ids are never the same mail.

const longest = 998
const most = 1000

/** The first usable id of a header value, or null. Accepts ids without brackets when they have an at sign. */
export function messageIdOf(value: string | null | undefined): string | null {
  return messageIdsOf(value)[0] ?? null
}

/** All usable ids of a header value in order, without repetition; of very long lists the first and the newest. */
export function messageIdsOf(value: string | null | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  const bracketed = [...value.matchAll(/<([^<>]{1,2000})>/g)].map((match) => clean(match[1] ?? ''))
  const ids =
    bracketed.length > 0
      ? bracketed
      : value
          .split(/[\s,;"]+/)
          .map(clean)
          .filter((id) => id.includes('@'))
  const usable = [...new Set(ids.filter((id) => id.length > 0 && id.length <= longest))]
  return usable.length <= most ? usable : [...usable.slice(0, 1), ...usable.slice(1 - most)]
}

// Some relays fold or pad inside the brackets.
function clean(id: string): string {
  return id.replace(/[\s\p{Cc}<>]+/gu, '').toWellFormed()
}
