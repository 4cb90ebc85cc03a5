// A company's own page with a widget in it, on an origin of its own, under a policy as strict as such pages have.
import { createServer } from 'node:http'
import { freePort } from './desk.ts'

export type HostPage = {
  readonly origin: string
  readonly close: () => void
  /** The address of a page that shows the widget; `more` stands in its tag, `before` is called before it has come. */
  readonly with: (key: string, more?: { tag?: string; html?: string; script?: string }) => string
}

/** Starts it: nothing inline, Trusted Types, scripts and connections only to the desk. */
export async function startHostPage(desk: string): Promise<HostPage> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const policy = `default-src 'none'; script-src 'self' ${desk}; connect-src ${desk}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'`
  const server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '/', origin)
    if (pathname === '/own.js')
      return void response.setHeader('content-type', 'text/javascript').end(searchParams.get('script') ?? '')
    response.setHeader('content-type', 'text/html').setHeader('content-security-policy', policy)
    const own = searchParams.get('script') ?? ''
    response.end(`<!doctype html><html lang="en" ${searchParams.get('html') ?? ''}><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title>
${own === '' ? '' : `<script src="/own.js?script=${encodeURIComponent(own)}"></script>`}
<script src="${desk}/widget.js" data-key="${searchParams.get('key') ?? ''}" ${searchParams.get('tag') ?? ''} defer></script>
</head><body><main><h1>Shop</h1><p>We sell things.</p><a href="#">A link</a></main></body></html>`)
  })
  await new Promise<void>((done) => server.listen(port, 'localhost', done))
  return {
    origin,
    close: () => void server.close(),
    with: (key, more = {}) => `${origin}/?${new URLSearchParams({ key, ...more }).toString()}`,
  }
}
