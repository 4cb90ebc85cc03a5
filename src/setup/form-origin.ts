// Which pages elsewhere may show a form: an origin as a browser writes it, and as the policy of a page can name it.

/** A word for each thing that is no origin here, by what is wrong with it. */
const problems = {
  unread: 'is not an origin such as https://www.example.org',
  wildcard: 'stands for more than one origin: name each',
  rest: 'has more than a scheme, a name and a port: leave out the path and what follows',
  http: 'is not https: other pages can be read and changed on their way',
  number: 'has a number for a name, which browsers do not match: use a name',
  name: 'has a name that browsers do not match: use letters, digits and hyphens',
} as const

export type OriginRead = { readonly origin: string } | { readonly problem: string }

const NAME = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/
const NUMBER = /^(\[|\d+\.\d+\.\d+\.\d+$)/

/**
 * Reads an origin: https, or http at localhost, with its port, in the letters that browsers compare (WHATWG URL, IDNA). What a
 * policy could read as something else, such as `*` or `;`, is refused, and so is what CSP 3 (6.7.2.8) lets no browser match.
 */
export function readOrigin(text: string): OriginRead {
  const given = text.trim()
  const [, authority = null, rest = ''] = /^https?:\/\/([^\s\p{Cc}/?#\\]+)(.*)$/isu.exec(given) ?? []
  if (authority === null || /[\s\p{Cc}]/u.test(given)) return { problem: problems.unread }
  if (authority.includes('*')) return { problem: problems.wildcard }
  if (authority.includes('@') || !['', '/'].includes(rest)) return { problem: problems.rest }
  if (!URL.canParse(given)) return { problem: problems.unread }
  const { protocol, hostname, origin } = new URL(given)
  if (NUMBER.test(hostname)) return { problem: problems.number }
  if (hostname.length > 253 || !NAME.test(hostname)) return { problem: problems.name }
  if (protocol === 'http:' && hostname !== 'localhost') return { problem: problems.http }
  return { origin }
}
