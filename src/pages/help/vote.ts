// "Did this help?": a button's press counts, one of each reader and version; a look at the page records nothing.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createHash, randomBytes } from 'node:crypto'
import { decline } from '#api/http/problem.ts'
import { networkOf } from '#api/people/sign-in-budget.ts'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import type { Title } from '#knowledge/shelf.ts'
import { putVote } from '#knowledge/vote-store.ts'
import { pathIn, type Center } from '#pages/help/center.ts'
import { helpPage } from '#pages/help/frame.ts'
import { quota } from '#pages/help/quota.ts'
import { helpWordsIn } from '#pages/help/words.ts'
import { withForm } from '#api/http/form-files.ts'
import { sendPage } from '#pages/page.ts'
import { form } from '#pages/portal/frame.ts'
import { isOwnPage } from '#pages/portal/gate.ts'
import type { Filled } from '#setup/form.ts'

const COOKIE = 'docket_reader'
const KEPT_SECONDS = 365 * 86_400
/** Of one network for one article, words that follow a vote among them: offices share an address, and so do robots. */
const MOST_A_DAY = 50
const MOST_LETTERS = 1_000
const MOST_BYTES = 10_000

type None = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
export type Voted = { readonly center: Center; readonly title: Title }

/** Takes votes below a path of articles. */
export function votes(
  app: FastifyInstance,
  desk: Desk,
  base: string,
  votedOn: (request: FastifyRequest) => Promise<Voted | null>,
  none: None,
): void {
  const config = {
    access: 'anyone' as const,
    asStranger: true,
    rateLimit: { max: 20, timeWindow: '1 minute' },
  }
  const isLeft = quota(MOST_A_DAY, 86_400_000)
  const options = { config, schema: { hide: true }, bodyLimit: MOST_BYTES }
  app.post(`${base}/:language/:slug/helpful`, options, async (request, reply) => {
    const voted = isOwnPage(desk, request) ? await votedOn(request) : null
    if (voted === null) return none(request, reply)
    return withForm(request, desk.blobs, false, async (filled) => {
      const said = readVote(filled)
      if (said === null) return none(request, reply)
      const from = `${networkOf(request.ip)} ${voted.title.id}`
      if (!isLeft(from, Date.parse(desk.clock.now())))
        decline('too-many', 'There were too many votes from here today. Tomorrow yours counts again.')
      return take(desk, request, reply, voted, said, none)
    })
  })
}

async function take(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { center, title }: Voted,
  said: Said,
  none: None,
): Promise<FastifyReply> {
  const reader = readerIn(request.cookies[COOKIE]) ?? said.reader ?? randomBytes(16).toString('base64url')
  const voter = createHash('sha256').update(`${title.id} ${reader}`).digest('base64url').slice(0, 22)
  const vote = { helpful: said.helpful, comment: said.comment, at: desk.clock.now() }
  if (!(await putVote(desk.database, { id: title.id, version: said.version }, voter, vote)))
    return none(request, reply)
  const secure = desk.baseUrl.startsWith('https:')
  reply.setCookie(COOKIE, reader, {
    path: '/help',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: KEPT_SECONDS,
  })
  return sendPage(reply, thanksHtml(center, title, said, reader))
}

type Said = {
  readonly helpful: boolean
  readonly version: number
  readonly comment: string
  readonly reader: string | null
}

function readVote(filled: Filled): Said | null {
  const text = (name: string) => (filled[name]?.[0] ?? '').trim()
  const helpful = text('helpful')
  const version = /^\d{1,9}$/.test(text('version')) ? Number(text('version')) : 0
  if ((helpful !== 'yes' && helpful !== 'no') || version === 0) return null
  const comment = text('comment').slice(0, MOST_LETTERS)
  return { helpful: helpful === 'yes', version, comment, reader: readerIn(text('reader')) }
}

/** A reader's mark as we make them; cookies and fields come from outside. */
const readerIn = (given = ''): string | null => (/^[\w-]{22}$/.test(given) ? given : null)

/** Says thanks; to a bare press with room for a word. */
function thanksHtml(center: Center, title: Title, said: Said, reader: string): string {
  const words = helpWordsIn(center.language)
  const path = pathIn(center, title)
  const hidden = { helpful: said.helpful ? 'yes' : 'no', version: String(said.version), reader }
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`,
  )
  const more =
    said.comment === ''
      ? `<p>${said.helpful ? words.thanksYes : words.thanksNo}</p>${form(`${path}/helpful`, `${fields.join('')}<label>${words.comment}<textarea name="comment" maxlength="${MOST_LETTERS}" required></textarea></label><button>${words.send}</button>`)}`
      : `<p>${words.taken}</p>`
  const body = `<h1>${words.thanks}</h1>${more}<p><a href="${path}">${words.back}: ${escaped(title.title)}</a></p>`
  return helpPage(center, { title: words.thanks, body, path: null })
}
