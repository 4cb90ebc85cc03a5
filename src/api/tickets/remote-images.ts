// Images on other servers, fetched by this one when an agent asks to see them: the sender learns neither who looked nor from where.
// Only addresses that this desk signed are fetched, only over the egress, only raster images, only so large.
import type { FastifyInstance } from 'fastify'
import { fileTypeFromBuffer } from 'file-type'
import { z } from 'zod'
import { SHOWN } from '#api/tickets/attachments.ts'
import { decline } from '#api/http/problem.ts'
import { isSigned, signature } from '#api/http/signed-url.ts'
import type { Egress } from '#channels/egress.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'

const MOST_BYTES = 5_000_000
const MOST_REDIRECTS = 3
const query = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(4_000),
  until: z.coerce.number().int(),
  signature: z.string().max(100),
})

/** A message's HTML with its remote images fetched through this server. */
export function withRemoteImages(desk: Desk, html: string): string {
  return html.replace(
    /data-remote-src="([^"]*)"/g,
    (_, written: string) => `src="${proxied(desk, plain(written))}"`,
  )
}

function proxied(desk: Desk, url: string): string {
  const { until, signature: signed } = signature(desk, `image\0${url}`)
  return `/api/v1/remote-images?url=${encodeURIComponent(url)}&amp;until=${until}&amp;signature=${signed}`
}

/** An attribute's value as it was meant: the sanitiser wrote these four signs as entities. */
function plain(written: string): string {
  return written
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

export function remoteImageRoutes(app: FastifyInstance, desk: Desk): void {
  app.get(
    '/api/v1/remote-images',
    {
      // A sandboxed frame has no cookies: what opens an image is the signature, which only agents are given.
      config: { access: 'anyone', rateLimit: { max: 300, timeWindow: '1 minute' } },
      schema: {
        summary: 'One image of a mail from another server',
        tags: ['attachments'],
        security: [],
        querystring: query,
      },
    },
    async (request, reply) => {
      const { url, until, signature: given } = request.query as z.output<typeof query>
      if (!isSigned(desk, `image\0${url}`, until, given))
        return decline('not-found', 'This link has expired.')
      const bytes = await fetchImage(desk.egress, url)
      const type = bytes === null ? undefined : (await fileTypeFromBuffer(bytes))?.mime
      if (bytes === null || type === undefined || !SHOWN.has(type))
        return decline('not-found', 'There is no image at this address, or it cannot be shown.')
      return reply
        .header('content-type', type)
        .header('content-security-policy', `sandbox; default-src 'none'`)
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, max-age=3600')
        .send(bytes)
    },
  )
}

/** The bytes at an address, through a few redirects, each of which goes through the egress; null when there are none to be had. */
async function fetchImage(egress: Egress, first: string): Promise<Buffer | null> {
  let url = first
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    try {
      const answer = await egress.fetch(url, {
        headers: { accept: 'image/*', 'user-agent': 'Docket image proxy' },
        timeoutMs: 8_000,
        mostBytes: MOST_BYTES,
      })
      const location = answer.headers.get('location')
      if (answer.status < 300 || answer.status > 399 || location === null)
        return answer.status === 200 ? answer.bytes : null
      const next = new URL(location, url)
      if (!/^https?:$/.test(next.protocol)) return null
      url = next.href
    } catch (error) {
      // Unreachable, inside, too large or no address at all: there is no image, whatever the reason.
      if (error instanceof Fault || error instanceof TypeError) return null
      throw error
    }
  }
  return null
}
