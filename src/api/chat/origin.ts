// Which pages may speak with a widget's routes: those of its origins, and the desk's own for the preview. Browsers are told by CORS;
// whoever says to come from elsewhere is refused here as well.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { findWidget } from '#setup/widget-store.ts'
import type { Widget } from '#setup/widget.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The widget of the address, on its routes. */
    widget: Widget | null
  }
}

const ROUTES = /^\/api\/v1\/chat\/([\w-]{10,40})(?:[/?]|$)/
/** Browsers keep the answer so long, and ask once for each address. */
const KEPT_SECONDS = 7_200

/** Looks at where a request comes from before anything else does, so that a page can read its refusals too. */
export function boundOrigins(app: FastifyInstance, desk: Desk): void {
  app.decorateRequest('widget', null)
  app.addHook('onRequest', async (request, reply) => {
    const key = ROUTES.exec(request.url)?.[1]
    if (key === undefined) return
    const widget = await findWidget(desk.database, key)
    if (widget === null || widget.archived) return decline('not-found', 'There is no such widget.')
    request.widget = widget
    letIn(desk, widget, request, reply)
  })
}

/** What browsers ask before they send a header of ours. */
export function preflightRoutes(app: FastifyInstance): void {
  const options = { config: { access: 'anyone' as const, asStranger: true }, schema: { hide: true } }
  for (const path of ['/api/v1/chat/:key', '/api/v1/chat/:key/*'])
    app.options(path, options, (_, reply) => permit(reply))
}

function permit(reply: FastifyReply) {
  return reply
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-allow-headers', 'content-type, x-docket-visitor')
    .header('access-control-max-age', String(KEPT_SECONDS))
    .status(204)
    .send()
}

function letIn(desk: Desk, widget: Widget, request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers
  reply.header('vary', 'Origin')
  if (origin === undefined) return
  if (!mayShow(desk, widget, origin))
    decline('forbidden', `${origin} may not show this widget. Name it among the widget's pages.`)
  reply.header('access-control-allow-origin', origin).header('cross-origin-resource-policy', 'cross-origin')
}

/** Whether a page may show a widget. */
export function mayShow(desk: Desk, widget: Widget, origin: string): boolean {
  return origin === new URL(desk.baseUrl).origin || widget.origins.includes(origin)
}

/** The widget of a request that passed above. */
export function widgetOf(request: FastifyRequest): Widget {
  return request.widget ?? decline('not-found', 'There is no such widget.')
}
