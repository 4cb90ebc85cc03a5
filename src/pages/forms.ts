// Forms that open a ticket: no script needed, sent twice it is one ticket, and the acknowledgement repeats nothing of what was
// typed, so that it cannot be used to write to strangers.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fileTypeFromBuffer } from 'file-type'
import { problemOf } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import type { TicketId } from '#kit/ids.ts'
import { setAside } from '#desk/inbound/set-aside.ts'
import { canonicalAddress, type Address } from '#mail/address.ts'
import { frameFiles, frameHead, letFrame, type Framed } from '#pages/form-frame.ts'
import { keepFiles, MOST_FORM_BYTES, withBytes, withForm, type File } from '#api/http/form-files.ts'
import { accentCss, page, pageStyles, sendPage } from '#pages/page.ts'
import { formHtml, thanksHtml, TRAP, type Shown, type WaysOn } from '#pages/form-html.ts'
import { wordsIn, type Saying } from '#pages/form-words.ts'
import { formScript } from '#pages/form-script.ts'
import { ticketOfForm } from '#pages/form-ticket.ts'
import { openLanguages } from '#knowledge/public-store.ts'
import { answering } from '#pages/help/answering.ts'
import { baseOf } from '#pages/help/center.ts'
import { markIn, noteWritten } from '#pages/help/search-log.ts'
import { keepTicketOf, keyOfContent, takeOnce } from '#pages/once-store.ts'
import { mintOnce, wasShown } from '#pages/puzzle.ts'
import { isSolved } from '#kit/puzzle.ts'
import { spokenBy } from '#pages/spoken.ts'
import { identify } from '#people/person-store.ts'
import { askedBy, readAnswers, type Answers, type Asked, type Filled, type Form } from '#setup/form.ts'
import { findForm } from '#setup/form-store.ts'

export async function formPages(app: FastifyInstance, desk: Desk): Promise<void> {
  pageStyles(app)
  formScript(app)
  frameFiles(app)
  brandFiles(app, desk)
  suggestions(app, desk)
  const options = { config: { access: 'anyone' as const }, schema: { hide: true } }
  app.get('/forms/:key', options, async (request, reply) => {
    const shown = await shownFor(desk, request, reply)
    if (shown === null) return reply
    const once = mintOnce(desk.secret, shown.form.key, Date.parse(desk.clock.now()))
    return sendPage(reply, formHtml(shown, {}, {}, { once, from: markIn(request.query) }))
  })
  const limited = {
    ...options,
    bodyLimit: MOST_FORM_BYTES,
    errorHandler: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      notTaken(desk, error, request, reply),
    config: {
      access: 'anyone' as const,
      asStranger: true,
      rateLimit: { max: 10, timeWindow: '1 minute' },
    },
  }
  app.post('/forms/:key', limited, async (request, reply) => {
    const shown = await shownFor(desk, request, reply)
    if (shown === null) return reply
    return withForm(request, desk.blobs, shown.form.files, async (filled, files) => {
      const { answers, faults } = readAnswers(shown.asked, filled)
      if (Object.keys(faults).length > 0)
        return reply
          .status(422)
          .type('text/html')
          .send(formHtml(shown, filled, faults, { once: filled['once']?.[0] ?? '', from: fromIn(filled) }))
      const number = await take(desk, shown, { answers, files, filled, remoteAddress: request.ip })
      await noteWritten(desk, fromIn(filled), number)
      return reply.type('text/html').send(thanksHtml(shown, number, await waysOn(desk, shown)))
    })
  })
}

/** Articles that may answer what is being typed into a form. */
function suggestions(app: FastifyInstance, desk: Desk): void {
  const options = {
    config: { access: 'anyone' as const, asStranger: true, rateLimit: { max: 40, timeWindow: '1 minute' } },
    schema: { hide: true },
  }
  app.get('/forms/:key/articles', options, async (request, reply) => {
    const form = await findForm(desk.database, keyOf(request))
    const { about } = request.query as { about?: unknown }
    const text =
      typeof about === 'string' ? about.replaceAll('\0', '').toWellFormed().trim().slice(0, 300) : ''
    if (form === null || form.archived) return reply.status(404).send({ items: [] })
    const language = spokenBy(request) ?? (await desk.setup.now()).desk.language
    const { found } =
      text === '' ? { found: [] } : await answering(desk, text, { brandId: form.brandId, language })
    reply.header('cache-control', 'private, max-age=300').header('vary', 'accept-language')
    return { items: found.map(({ title, path, language: written }) => ({ title, path, language: written })) }
  })
}

/** Where whoever has written can go: what is there to read, and what became of their requests. */
async function waysOn(desk: Desk, { form, brand }: Shown): Promise<WaysOn> {
  const { brands } = await desk.setup.now()
  const hasHelp = (await openLanguages(desk.database)).length > 0
  return {
    again: `/forms/${form.key}`,
    help: hasHelp ? baseOf(brands, form.brandId) : null,
    requests: brand?.portal === true ? `/portal/${brand.id}` : null,
  }
}

/** The search that led to a form. */
const fromIn = (filled: Filled): string => markIn({ from: filled['from']?.[0] })

const keyOf = (request: FastifyRequest): string => (request.params as { key: string }).key

/** The form that is asked for; null when there is none, which is said already. */
async function shownFor(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<Shown | null> {
  const form = await findForm(desk.database, keyOf(request))
  const framed = letFrame(desk, request, reply, form)
  if (form === null || form.archived) {
    await sayOnly(desk, request, reply.status(404), form === null ? 'gone' : 'closed', framed)
    return null
  }
  const { desk: settings, fields, brands } = await desk.setup.now()
  return {
    form,
    framed,
    asked: askedBy(form, fields),
    brand: brands.find(({ id }) => id === form.brandId) ?? null,
    deskName: settings.deskName,
    language: spokenBy(request) ?? settings.language,
  }
}

/** A page with one sentence. */
async function sayOnly(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  word: Saying,
  framed: Framed,
): Promise<FastifyReply> {
  const { desk: settings } = await desk.setup.now()
  const { deskName } = settings
  const language = spokenBy(request) ?? settings.language
  const said = wordsIn(language)[word]
  return sendPage(reply, page(`${said} · ${deskName}`, language, `<h1>${said}</h1>`, [], frameHead(framed)))
}

/** What a person can mend is said to them on a page, in its frame too. */
async function notTaken(desk: Desk, error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const { status } = problemOf(error)
  const word = ({ 413: 'tooLarge', 429: 'tooMany', 503: 'tooMany' } as const)[status]
  if (word === undefined) throw error
  const framed = letFrame(desk, request, reply, await findForm(desk.database, keyOf(request)))
  return sayOnly(desk, request, reply.status(status), word, framed)
}

/** A brand's colour as a style sheet, and its logo. */
function brandFiles(app: FastifyInstance, desk: Desk): void {
  const options = { config: { access: 'anyone' as const }, schema: { hide: true } }
  const brandOf = async (request: FastifyRequest) => {
    const { brands } = await desk.setup.now()
    return brands.find(({ id }) => String(id) === (request.params as { id: string }).id) ?? null
  }
  app.get('/forms/brand/:id.css', options, async (request, reply) => {
    const brand = await brandOf(request)
    reply.type('text/css').header('cache-control', 'public, max-age=3600')
    return reply.send(brand?.color == null ? '' : accentCss(brand.color))
  })
  app.get('/forms/logo/:id', options, async (request, reply) => {
    const brand = await brandOf(request)
    if (brand?.logoSha256 == null) return reply.status(404).send()
    const logo = await desk.blobs.open(brand.logoSha256)
    return reply
      .type((await fileTypeFromBuffer(logo.head))?.mime ?? 'application/octet-stream')
      .header('content-length', logo.size)
      .header('content-security-policy', `sandbox; default-src 'none'`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'public, max-age=86400')
      .send(logo.read())
  })
}

type Sent = {
  readonly answers: Answers
  readonly files: readonly File[]
  readonly filled: Filled
  readonly remoteAddress: string
}

/** Keeps what was sent, whatever it is: as a ticket, whose number it returns, or in quarantine. */
async function take(desk: Desk, { form, asked }: Shown, sent: Sent): Promise<TicketId | null> {
  const { answers, files, filled, remoteAddress } = sent
  const one = (key: string) => filled[key]?.[0] ?? ''
  const once = one('once')
  const isProven =
    wasShown(desk.secret, form.key, once, Date.parse(desk.clock.now())) && isSolved(once, one('answer'))
  // People's browsers and password managers fill in fields that nobody sees: whoever did the work is no program that guesses.
  if (one(TRAP) !== '' && !isProven) {
    const submission = {
      form: form.title,
      name: answers.name,
      email: canonicalAddress(answers.email) ?? (answers.email as Address),
      subject: answers.subject || form.title,
      text: textOf(asked, answers),
      remoteAddress,
    }
    await withBytes(files, (read) =>
      desk.database.transaction((tx) => setAside(desk, tx, { ...submission, files: read })),
    )
    return null
  }
  return openTicket(desk, form, { answers, files, once, isProven })
}

/** All that was answered, for who reads it as a mail. */
function textOf(asked: readonly Asked[], { message, fields }: Answers): string {
  const others = asked.flatMap(({ field, label }) => {
    const value = field === null ? undefined : fields[field.key]
    return value === undefined ? [] : [`${label || field?.label}: ${[value].flat().join(', ')}`]
  })
  return [message.replace(/\r\n?/g, '\n'), others.join('\n')].filter((part) => part !== '').join('\n\n')
}

async function openTicket(
  desk: Desk,
  form: Form,
  {
    answers,
    files,
    once,
    isProven,
  }: { answers: Answers; files: readonly File[]; once: string; isProven: boolean },
): Promise<TicketId | null> {
  const email = canonicalAddress(answers.email)
  if (email === null) throw new Error('Bug: a form took an address that cannot be written to')
  const attachments = await keepFiles(desk, files)
  const key = keyOfContent(once, answers, files)
  return desk.database.transaction(async (tx) => {
    const at = desk.clock.now()
    const { first, kept } = once === '' ? { first: true, kept: null } : await takeOnce(tx, key, at)
    if (!first) return kept
    // The work was done for one mail.
    const mayBeMailed = isProven && (await takeOnce(tx, once, at)).first
    const requesterId = await identify(tx, email, answers.name)
    const ticketId = await ticketOfForm(desk, tx, form, {
      requesterId,
      email,
      answers,
      attachments,
      channel: 'form',
      // Nobody proved that the address is theirs: who wants it mailed has done some work for it.
      acknowledgeTo: mayBeMailed ? { name: '', email } : null,
    })
    if (once !== '') await keepTicketOf(tx, key, ticketId)
    return ticketId
  })
}
