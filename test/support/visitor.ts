// A browser without a screen: it keeps its cookies, as they are set and taken away. Each comes from an address of its own, which a
// desk believes that trusts a proxy at 127.0.0.1.
import type { Answer } from './desk.ts'

export type Visitor = ((method: string, path: string, body?: unknown) => Promise<Answer>) & {
  readonly cookie: (name: string) => string | undefined
  /** All of them, as a request carries them. */
  readonly cookies: () => string
}

let visitors = 0

/** A browser that has been nowhere yet. */
export function visitor(url: string, headers: Readonly<Record<string, string>> = {}): Visitor {
  const jar = new Map<string, string>()
  const address = `10.0.${visitors >> 8}.${visitors++ & 255}`
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'x-docket-csrf': '1',
        cookie: cookies(),
        'x-forwarded-for': address,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(name.length + 1)
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const read = isJson && text !== '' ? JSON.parse(text) : text
    return { status: response.status, body: read, headers: response.headers }
  }
  return Object.assign(call, { cookie: (name: string) => jar.get(name), cookies })
}
