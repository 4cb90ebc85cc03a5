// A new request: what it is about, articles that may answer it, then a form of the brand, whose address nobody has to type.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Desk } from '#desk/desk.ts'
import { escaped } from '#kit/escaped.ts'
import type { TicketId } from '#kit/ids.ts'
import { excerptOf, marked } from '#knowledge/reading.ts'
import { answering } from '#pages/help/answering.ts'
import { tongueMark } from '#pages/help/lists-html.ts'
import { sendPage } from '#pages/page.ts'
import { keepFiles, MOST_FORM_BYTES, withForm, type File } from '#api/http/form-files.ts'
import { arrived, controlsHtml, paragraphs, type Shown } from '#pages/form-html.ts'
import { wordsOf } from '#pages/form-words.ts'
import { ticketOfForm } from '#pages/form-ticket.ts'
import { keepTicketOf, keyOfContent, takeOnce } from '#pages/once-store.ts'
import { form as formTag, markIn, pathIn, portalPage, problem } from '#pages/portal/frame.ts'
import { hasMark, insideHere, isOwnPage, open, sent, type Inside } from '#pages/portal/gate.ts'
import { nothingHere, notTaken, say } from '#pages/portal/saying.ts'
import { portalWordsIn } from '#pages/portal/words.ts'
import { mintOnce } from '#pages/puzzle.ts'
import { markIn as markOfSearch, noteLooked, noteWritten } from '#pages/help/search-log.ts'
import { addressKey, type Address } from '#mail/address.ts'
import { askedBy, readAnswers, type Answers, type Ask, type Fault, type Filled } from '#setup/form.ts'
import { findForm, listForms } from '#setup/form-store.ts'

const MOST_FORMS = 50

type With = { readonly inside: Inside; readonly shown: Shown }

export function newRequestPages(app: FastifyInstance, desk: Desk): void {
  app.get('/portal/:brand/new', open, async (request, reply) => {
    const inside = await insideHere(desk, request, reply)
    return inside === null ? nothingHere(desk, request, reply) : begin(desk, request, reply, inside)
  })
  app.get('/portal/:brand/new/:form', open, async (request, reply) => {
    const found = await withShown(desk, request, reply)
    if (found === null) return nothingHere(desk, request, reply)
    return show(
      desk,
      reply,
      found,
      { subject: [topicIn(request)], from: [markOfSearch(request.query)] },
      {},
      '',
    )
  })
  const options = { ...sent(10), bodyLimit: MOST_FORM_BYTES, errorHandler: notTaken(desk) }
  app.post('/portal/:brand/new/:form', options, async (request, reply) => {
    const found = isOwnPage(desk, request) ? await withShown(desk, request, reply) : null
    if (found === null) return nothingHere(desk, request, reply)
    const { inside, shown } = found
    return withForm(request, desk.blobs, shown.form.files, async (filled, files) => {
      if (!hasMark(desk, inside.visitor, filled['mark']?.[0] ?? ''))
        return show(desk, reply.status(403), found, filled, {}, portalWordsIn(inside.language).forged)
      const { answers, faults } = readAnswers(shown.asked, filled)
      if (Object.keys(faults).length > 0) return show(desk, reply.status(422), found, filled, faults, '')
      const once = (filled['once']?.[0] ?? '').slice(0, 100)
      const number = await take(desk, found, answers, files, once)
      await noteWritten(desk, markOfSearch({ from: filled['from']?.[0] }), number)
      const words = portalWordsIn(inside.language)
      const to = `<p>${words.have} <a href="${pathIn(inside, `/tickets/${number}`)}">#${number}</a>.</p>`
      return say(reply, inside, words.thanks, `${to}${paragraphs(shown.form.thanks)}${arrived}`)
    })
  })
}

/** What the request is about, in the customer's words. */
function topicIn(request: FastifyRequest): string {
  const { about } = request.query as { about?: unknown }
  return typeof about === 'string' ? about.replaceAll('\0', '').toWellFormed().trim().slice(0, 200) : ''
}

async function begin(desk: Desk, request: FastifyRequest, reply: FastifyReply, inside: Inside) {
  const words = portalWordsIn(inside.language)
  const about = topicIn(request)
  const { html, mark } = await articles(desk, request, inside, about)
  const body = `<h1>${words.newTitle}</h1><p>${words.newAbout}</p>
<form class="search" role="search" action="${pathIn(inside, '/new')}"><label class="unseen" for="about">${words.newTitle}</label>
<input id="about" name="about" maxlength="200" value="${escaped(about)}"><button>${words.next}</button></form>
${html}${await formLinks(desk, inside, about, mark)}`
  // Who comes back from an article has not asked for a second time.
  const kept = about === '' ? 'no-store' : 'private, max-age=300'
  return sendPage(reply, portalPage(inside, words.write, body, 'write')).header('cache-control', kept)
}

/** What may answer a request before it is written; the mark leads on to what comes of it. */
async function articles(
  desk: Desk,
  request: FastifyRequest,
  { language, brand, visitor }: Inside,
  about: string,
): Promise<{ html: string; mark: string }> {
  if (about === '') return { html: '', mark: '' }
  const { language: asked, words, found } = await answering(desk, about, { brandId: brand.id, language })
  const { personId } = visitor.requester
  const looked = { brandId: brand.id, language: asked, source: 'portal', personId } as const
  const mark = await noteLooked(desk, request, about, { ...looked, found: found.length })
  if (found.length === 0) return { html: '', mark }
  const from = mark === '' ? '' : `?from=${mark}`
  const items = found.map(
    ({ path, title, text, language: written }) =>
      `<li lang="${escaped(written)}"><a href="${path}${from}">${marked(title, words)}</a>${tongueMark({ language: asked }, { language: written })}<p>${excerptOf(text, words)}</p></li>`,
  )
  return { html: `<h2>${portalWordsIn(language).fitting}</h2><ol class="found">${items.join('')}</ol>`, mark }
}

async function formLinks(desk: Desk, inside: Inside, about: string, mark: string): Promise<string> {
  const words = portalWordsIn(inside.language)
  const all = await listForms(desk.database, { q: '', archived: false, limit: MOST_FORMS, after: '' })
  const forms = all.filter(({ brandId }) => brandId === inside.brand.id)
  if (forms.length === 0) return `<p>${words.noForm}</p>`
  const carried = { ...(about === '' ? {} : { about }), ...(mark === '' ? {} : { from: mark }) }
  const query = about === '' ? '' : `?${new URLSearchParams(carried).toString()}`
  const links = forms.map(
    ({ key, title }) =>
      `<li><a href="${pathIn(inside, `/new/${key}`)}${escaped(query)}">${escaped(title)}</a></li>`,
  )
  return `<h2>${words.notThat}</h2><ul class="choices">${links.join('')}</ul>`
}

async function withShown(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<With | null> {
  const inside = await insideHere(desk, request, reply)
  if (inside === null) return null
  const form = await findForm(desk.database, (request.params as { form: string }).form)
  if (form === null || form.archived || form.brandId !== inside.brand.id) return null
  const { desk: settings, fields } = await desk.setup.now()
  // Who they are is known.
  const asked = askedBy(form, fields).filter(({ ask }) => ask !== 'name' && ask !== 'email')
  const { brand, language } = inside
  return { inside, shown: { form, framed: null, asked, brand, deskName: settings.deskName, language } }
}

function show(
  desk: Desk,
  reply: FastifyReply,
  { inside, shown }: With,
  filled: Filled,
  faults: Readonly<Record<Ask, Fault>>,
  wrong: string,
): FastifyReply {
  const words = portalWordsIn(inside.language)
  const { form } = shown
  const { title, intro } = wordsOf(form, inside.language)
  const once = filled['once']?.[0] ?? mintOnce(desk.secret, form.key, Date.parse(desk.clock.now()))
  const from = markOfSearch({ from: filled['from']?.[0] })
  const controls = `<input type="hidden" name="once" value="${escaped(once)}"><input type="hidden" name="from" value="${from}">${controlsHtml(shown, filled, faults)}`
  const body = `<h1>${escaped(title)}</h1>${paragraphs(intro)}${wrong === '' ? '' : problem(wrong)}
<p class="meta">${words.inNewForm} ${escaped(inside.visitor.email)}</p>
${formTag(pathIn(inside, `/new/${form.key}`), controls, markIn(desk, inside))}<script src="/forms.js" defer></script>`
  return sendPage(reply, portalPage(inside, title, body, 'write'))
}

/** Sent twice, by an impatient click or a reload, it is one ticket. */
async function take(
  desk: Desk,
  { inside: { visitor }, shown: { form } }: With,
  answers: Answers,
  files: readonly File[],
  once: string,
): Promise<TicketId> {
  const { personId: requesterId } = visitor.requester
  const email = addressKey(visitor.email as Address)
  const attachments = await keepFiles(desk, files)
  const key = `portal:${requesterId}:${keyOfContent(once, answers, files)}`
  return desk.database.transaction(async (tx) => {
    const { first, kept } = await takeOnce(tx, key, desk.clock.now())
    if (once !== '' && !first && kept !== null) return kept
    const ticketId = await ticketOfForm(desk, tx, form, {
      requesterId,
      email,
      answers,
      attachments,
      channel: 'portal',
      acknowledgeTo: { name: visitor.name, email },
    })
    await keepTicketOf(tx, key, ticketId)
    return ticketId
  })
}
