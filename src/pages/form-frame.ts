// A form in a frame of somebody else's page: which pages may show it, and the scripts by which the frame takes its height. Needs no
// cookies, which browsers keep from frames.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import type { Form } from '#setup/form.ts'

/** What a page in a frame has more: the origins of the pages around it that may ask for its height. Null: it stands alone. */
export type Framed = { readonly parents: readonly string[] } | null

/**
 * Lets the pages that a form names show it at `?embed`, and the desk's own at `?embed=preview`. Without origins, and for
 * everything else, the policy of all pages stands: no frame anywhere.
 */
export function letFrame(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  form: Form | null,
): Framed {
  const { embed } = request.query as { embed?: string | string[] }
  if (embed === undefined) return null
  const isPreview = embed === 'preview'
  const parents = isPreview ? [new URL(desk.baseUrl).origin] : (form?.origins ?? [])
  if (parents.length === 0) return { parents }
  const policy = String(reply.getHeader('content-security-policy'))
  const ancestors = `frame-ancestors ${isPreview ? `'self'` : parents.join(' ')}`
  void reply.header('content-security-policy', policy.replace(`frame-ancestors 'none'`, ancestors))
  void reply.removeHeader('x-frame-options')
  return { parents }
}

/** What stands in the head of a page in a frame. */
export function frameHead(framed: Framed): string {
  if (framed === null) return ''
  const parents = escaped(framed.parents.join(' '))
  return `
<link rel="stylesheet" href="/forms-frame.css">
<script src="/forms-frame.js" data-parents="${parents}" defer></script>`
}

/** Around a page in a frame there is a page already, which is light unless it says otherwise. */
const css = `:root { color-scheme: light; } main { max-inline-size: none; padding: 4px; }`

/** Runs in the frame. Who is around it is known once they greet: only then, and only to them, is a height told. */
const inFrame = `'use strict'
const parents = document.currentScript.dataset.parents.split(' ')
const main = document.querySelector('main')
let greetedBy = null
const tellHeight = () => parent.postMessage({ docketForm: 'height', page: performance.timeOrigin,
  height: main.getBoundingClientRect().height }, greetedBy)
addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || !parents.includes(origin) || data?.docketForm !== 'hello') return
  if (greetedBy === null) new ResizeObserver(() => tellHeight()).observe(main)
  greetedBy = origin
  if (/\\bdark\\b/.test(data.scheme)) document.documentElement.style.colorScheme = data.scheme
  tellHeight()
})
`

/** Runs in the page around it, whose policy may be strict: no style and no markup is written, only a height. */
const around = `'use strict'
{
  const desk = new URL(document.currentScript.src).origin
  const isForm = (each) => each instanceof HTMLIFrameElement && each.src.startsWith(desk + '/forms/')
  const greet = (frame) => frame.contentWindow.postMessage(
    { docketForm: 'hello', scheme: getComputedStyle(frame).colorScheme }, desk)
  const pages = new WeakMap()
  // A load does not bubble, but it passes here on its way down: frames that are put in later are greeted as well.
  document.addEventListener('load', ({ target }) => { if (isForm(target)) greet(target) }, true)
  for (const each of document.querySelectorAll('iframe'))
    // Whoever cannot be looked into is there already.
    if (isForm(each) && each.contentDocument === null) greet(each)
  addEventListener('message', ({ source, origin, data }) => {
    if (origin !== desk || data?.docketForm !== 'height' || !(data.height > 0 && data.height < 20000)) return
    const frame = [...document.querySelectorAll('iframe')].find((each) => each.contentWindow === source)
    if (!isForm(frame)) return
    frame.height = Math.ceil(data.height)
    const before = pages.get(frame)
    pages.set(frame, data.page)
    // What answers a long form begins at its top, above of what is seen.
    if (before !== undefined && before !== data.page && frame.getBoundingClientRect().top < 0) frame.scrollIntoView()
  })
}
`

/** Serves the sheet and the scripts. */
export function frameFiles(app: FastifyInstance): void {
  const serve = (path: string, type: string, text: string) =>
    app.get(path, { config: { access: 'anyone' }, schema: { hide: true } }, async (_, reply) =>
      reply
        .type(type)
        .header('cache-control', 'public, max-age=3600')
        // Pages of other sites load what is meant for them.
        .header('cross-origin-resource-policy', path === '/forms-embed.js' ? 'cross-origin' : 'same-origin')
        .send(text),
    )
  serve('/forms-frame.css', 'text/css', css)
  serve('/forms-frame.js', 'text/javascript', inFrame)
  serve('/forms-embed.js', 'text/javascript', around)
}
