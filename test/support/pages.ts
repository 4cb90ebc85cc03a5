// A customer's browser without scripts: it keeps cookies, sends the forms of a page with what is hidden in them, and goes where it is
// sent. Each comes from an address of its own, which a desk believes that trusts a proxy at 127.0.0.1.
import assert from 'node:assert/strict'

export type Shown = {
  readonly status: number
  readonly html: string
  readonly path: string
  readonly headers: Headers
}
export type Reader = {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Shown>
  /** Sends the form of a page whose action ends so. */
  readonly send: (
    shown: Shown,
    action: string,
    fields?: Readonly<Record<string, string>>,
    files?: readonly File[],
  ) => Promise<Shown>
  /** Sends what no page of ours would. */
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Record<string, string>,
  ) => Promise<Shown>
  readonly cookies: Map<string, string>
}

let readers = 0

/** A browser that has been nowhere yet. */
export function reader(url: string, language = 'en'): Reader {
  const cookies = new Map<string, string>()
  const from = `10.9.${readers >> 8}.${readers++ & 255}`
  const ask = async (path: string, init: RequestInit, more: Record<string, string>): Promise<Shown> => {
    const answer = await fetch(url + path, {
      ...init,
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'accept-language': language,
        'x-forwarded-for': from,
        ...more,
      },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to !== null) return ask(to, { method: 'GET' }, {})
    return { status: answer.status, html: await answer.text(), path, headers: answer.headers }
  }
  const post: Reader['post'] = (path, fields, headers = {}) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return ask(path, { method: 'POST', body }, headers)
  }
  return {
    cookies,
    get: (path, headers = {}) => ask(path, { method: 'GET' }, headers),
    post,
    send: (shown, action, fields = {}, files = []) => {
      const found = [...shown.html.matchAll(/<form [^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].find(
        ([, to = '']) => to.endsWith(action),
      )
      assert.ok(found !== undefined, `no form to ${action} on ${shown.path}: ${shown.html.slice(0, 2_000)}`)
      const body = new FormData()
      for (const [, name = '', value = ''] of (found[2] ?? '').matchAll(
        /type="hidden" name="([^"]+)" value="([^"]*)"/g,
      ))
        if (!(name in fields)) body.append(name, value)
      for (const [name, value] of Object.entries(fields)) body.append(name, value)
      for (const file of files) body.append('files', file)
      return ask(found[1] ?? '', { method: 'POST', body }, { 'sec-fetch-site': 'same-origin' })
    },
  }
}
