// Calls the API as somebody who signed in with a password: what tokens may not do.
export async function signedIn(url: string, { email, password }: { email: string; password: string }) {
  const call = (method: string, path: string, body?: unknown, cookie = '', headers = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-docket-csrf': '1', cookie, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const session = await call('POST', '/session', { email, password })
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    status: session.status,
    cookie,
    call: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      call(method, path, body, cookie, headers),
  }
}
