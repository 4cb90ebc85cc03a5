// A plain web form that opens a ticket: no script needed, sent twice it is one ticket, and its acknowledgement repeats
// nothing of what was typed, so that it cannot be used to write to strangers.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import { open, type Content } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { asRequester } from '#desk/receive-message.ts'
import type { BrandId, MessageId, SubjectRevisionId } from '#kit/ids.ts'
import { canonicalAddress } from '#mail/address.ts'
import { page, pageStyles, escapeHtml } from '#pages/page.ts'
import { identify } from '#people/person-store.ts'
import { isSolved, puzzleScript } from '#pages/puzzle.ts'
import { rememberOnce } from '#pages/once-store.ts'
import type { NewAttachmentRow } from '#tickets/message-write-store.ts'

type Filled = {
  name: string
  email: string
  subject: string
  message: string
  once: string
  answer: string
  trap: string
}
type Errors = Partial<Record<keyof Filled, string>>

const MOST_FILES = 5
const MOST_BYTES = 10_000_000

/** The one form there is so far. */
const KEY = 'contact'

export async function formPages(app: FastifyInstance, desk: Desk): Promise<void> {
  pageStyles(app)
  puzzleScript(app)
  const options = { config: { access: 'anyone' as const }, schema: { hide: true } }
  app.get(`/forms/${KEY}`, options, async (_, reply) => {
    const empty = { name: '', email: '', subject: '', message: '', once: randomUUID(), answer: '', trap: '' }
    return reply
      .type('text/html')
      .header('cache-control', 'no-store')
      .send(await formPage(desk, empty, {}))
  })
  const limited = {
    ...options,
    config: { access: 'anyone' as const, rateLimit: { max: 10, timeWindow: '1 minute' } },
  }
  app.post(`/forms/${KEY}`, limited, async (request, reply) => {
    const { filled, files } = await read(request)
    const errors = errorsIn(filled)
    if (Object.keys(errors).length > 0) {
      return reply
        .status(422)
        .type('text/html')
        .send(await formPage(desk, filled, errors))
    }
    const number = filled.trap === '' ? await openTicket(desk, filled, files) : null
    return reply.type('text/html').send(await thanksPage(desk, number))
  })
}

type File = { readonly name: string; readonly type: string; readonly bytes: Buffer }

async function read(request: FastifyRequest): Promise<{ filled: Filled; files: File[] }> {
  const values: Record<string, string> = {}
  const files: File[] = []
  for await (const part of request.parts({
    limits: { files: MOST_FILES, fileSize: MOST_BYTES, fields: 10, parts: 10 + MOST_FILES },
  })) {
    if (part.type === 'field') values[part.fieldname] = clean(String(part.value))
    else {
      const bytes = await part.toBuffer()
      if (bytes.length > 0)
        files.push({ name: clean(part.filename).slice(0, 200) || 'file', type: part.mimetype, bytes })
    }
  }
  const value = (name: string) => values[name]?.trim() ?? ''
  const filled = {
    name: value('name').slice(0, 200),
    email: value('email').slice(0, 254),
    subject: value('subject').slice(0, 500),
    message: value('message').slice(0, 100_000),
    once: value('once').slice(0, 100),
    answer: value('answer').slice(0, 21),
    trap: value('website'),
  }
  return { filled, files }
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

function errorsIn({ email, subject, message }: Filled): Errors {
  return {
    ...(canonicalAddress(email) === null ? { email: 'Enter an address that we can write to.' } : {}),
    ...(subject === '' ? { subject: 'Say in a few words what it is about.' } : {}),
    ...(message === '' ? { message: 'Write your message.' } : {}),
  }
}

async function openTicket(desk: Desk, filled: Filled, files: readonly File[]): Promise<number | null> {
  const email = canonicalAddress(filled.email)
  if (email === null) return null
  const { mailboxes } = await desk.rules.now()
  const attachments: NewAttachmentRow[] = []
  for (const { name, type, bytes } of files) {
    const sha256 = await desk.blobs.put(bytes)
    attachments.push({ sha256, name, type, size: bytes.length, contentId: null, inline: false })
  }
  return desk.database.transaction(async (tx) => {
    const at = desk.clock.now()
    if (!(await rememberOnce(tx, filled.once, at))) return null
    const requesterId = await identify(tx, email, filled.name)
    const subjectRevisionId = (await desk.ids.next()) as SubjectRevisionId
    const messageId = (await desk.ids.next()) as MessageId
    const brandId = (mailboxes.find(({ isDefault }) => isDefault)?.brandId ?? 1) as BrandId
    const about = {
      messageId,
      messageKind: 'reply',
      direction: 'inbound',
      requesterId,
      brandId,
      channel: 'form',
    } as const
    const content: Content = {
      messages: [
        {
          id: messageId,
          kind: 'reply',
          direction: 'inbound',
          authorId: requesterId,
          authorType: 'requester',
          channel: 'form',
          at,
          bodyText: filled.message.replace(/\r\n?/g, '\n'),
          bodyHtml: null,
          quotedText: null,
          recipients: { to: [], cc: [] },
          rfcMessageId: null,
          rfcReferences: [],
          rawMailId: null,
          attachments,
          uploadIds: [],
        },
      ],
      subject: { id: subjectRevisionId, text: filled.subject },
      // Nobody proved that the address is theirs: who wants it mailed has done some work for it.
      acknowledgeTo: isSolved(filled.once, filled.answer) ? { name: '', email } : null,
    }
    const outcome = await open(
      desk,
      tx,
      { kind: 'open', ...about, set: { subjectRevisionId } },
      asRequester(requesterId),
      content,
    )
    return outcome.ok ? outcome.ticket.id : null
  })
}

async function formPage(desk: Desk, filled: Filled, errors: Errors): Promise<string> {
  const { deskName, language } = (await desk.rules.now()).desk
  const field = (name: keyof Filled, label: string, input: string) =>
    `<label>${label}${errors[name] === undefined ? '' : `<span class="error" role="alert">${escapeHtml(errors[name])}</span>`}${input}</label>`
  const value = (name: keyof Filled) => `name="${name}" value="${escapeHtml(filled[name])}"`
  const invalid = (name: keyof Filled) => (errors[name] === undefined ? '' : ' aria-invalid="true"')
  return page(
    `Contact ${deskName}`,
    language,
    `<h1>Contact ${escapeHtml(deskName)}</h1>
<p>Write to us; we answer by mail.</p>
<form method="post" enctype="multipart/form-data" data-puzzle>
<input type="hidden" ${value('once')}><input type="hidden" name="answer">
<label class="trap" aria-hidden="true">Leave this empty<input name="website" tabindex="-1" autocomplete="off"></label>
${field('name', 'Your name', `<input ${value('name')} autocomplete="name">`)}
${field('email', 'Your e-mail address', `<input type="email" ${value('email')} autocomplete="email" required${invalid('email')}>`)}
${field('subject', 'Subject', `<input ${value('subject')} required maxlength="500"${invalid('subject')}>`)}
${field('message', 'Message', `<textarea name="message" required${invalid('message')}>${escapeHtml(filled.message)}</textarea>`)}
<label>Files (up to ${MOST_FILES}, 10 MB each)<input type="file" name="files" multiple></label>
<button>Send message</button>
</form>
<script src="/forms.js" defer></script>`,
  )
}

async function thanksPage(desk: Desk, number: number | null): Promise<string> {
  const { deskName, language } = (await desk.rules.now()).desk
  const said = number === null ? 'We have your message.' : `We have your message. Its number is #${number}.`
  return page(
    `Message received · ${deskName}`,
    language,
    `<h1>Thank you</h1><p>${said} We answer by mail.</p>`,
  )
}
