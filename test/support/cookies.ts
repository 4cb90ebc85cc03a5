// A browser without a page, as far as cookies go: what a server sets is sent back to it, and redirects are for whoever asks to follow.

export type WithCookies = (url: string, body?: URLSearchParams) => Promise<Response>

/** Asks with the cookies that were set before; `body` is posted as a form. */
export function withCookies(): WithCookies {
  const cookies = new Map<string, string>()
  return async (url, body) => {
    const answer = await fetch(url, {
      redirect: 'manual',
      method: body === undefined ? 'GET' : 'POST',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body === undefined ? {} : { body }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
}
