// A page with nothing on it but a widget, for the administration's preview: as another company's page would show it.
import type { FastifyInstance } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import { page, sendPage } from '#pages/page.ts'
import { findWidget } from '#setup/widget-store.ts'

/** Serves the page, in frames of the desk's own pages alone. */
export async function widgetPreview(app: FastifyInstance, desk: Desk): Promise<void> {
  const options = { config: { access: 'anyone' as const }, schema: { hide: true } }
  app.get('/widget-preview/:key', options, async (request, reply) => {
    const widget = await findWidget(desk.database, (request.params as { key: string }).key)
    if (widget === null || widget.archived) return reply.status(404).send()
    const policy = String(reply.getHeader('content-security-policy'))
    void reply.header(
      'content-security-policy',
      policy.replace(`frame-ancestors 'none'`, `frame-ancestors 'self'`),
    )
    void reply.removeHeader('x-frame-options')
    const script = `\n<script src="/widget.js" data-key="${escaped(widget.key)}" defer></script>`
    const { language } = (await desk.setup.now()).desk
    const body = `<h1>${escaped(widget.name)}</h1>`
    return sendPage(reply, page(widget.name, language, body, [], script))
  })
}
