// Raw bytes of a stranger → Mail, or a typed failure: never a throw. Runs in a worker thread (parser.ts), since
// even a message within the limits can take long.
import PostalMime, { type Email } from 'postal-mime'
import { attachmentsOf, inText, unpacked, withShown } from '#mail/attachments.ts'
import { safeHtmlOf } from '#mail/body.ts'
import { cleanLine, cleanText } from '#mail/clean.ts'
import { encryption, signatureKind } from '#mail/encryption.ts'
import { withWholeWords } from '#mail/encoded-words.ts'
import { useDecoding } from '#mail/decode.ts'
import { useUnflow } from '#mail/flowed.ts'
import { headerEnd, withReadableBytes, withoutMojibake } from '#mail/charset.ts'
import { lighten, restored } from '#mail/large-parts.ts'
import { limits, overLimit, tooLarge } from '#mail/limits.ts'
import { signedContent } from '#mail/signed-data.ts'
import { messageIdOf, messageIdsOf } from '#mail/message-id.ts'
import { isPlaceholder } from '#mail/placeholder.ts'
import { withoutUuencoded } from '#mail/uuencode.ts'
import { instant, type Instant } from '#kit/time.ts'
import { partiesOf, readFrom, type From } from '#mail/sender.ts'
import type { Headers, Mail, Parsed, ParseFailure } from '#mail/mail.ts'

useUnflow()
useDecoding()

/**
 * Reads one RFC 5322 message. Fails with `too_large` over the limits of limits.ts and with `unparseable` when there
 * is nothing in it; everything else is repaired and named in `problems`.
 */
export async function parse(raw: Uint8Array): Promise<Parsed> {
  const refusal = overLimit(raw)
  if (refusal !== null) return refusal
  try {
    const { raw: light, taken } = lighten(raw)
    if (light.length > limits.readBytes) return tooLarge(`${light.length} bytes of text`)
    const readable = withReadableBytes(withWholeWords(light))
    const email = restored(await read(readable.raw), taken)
    if (email === null) return tooLarge('large files that do not stand where files do')
    if (readable.raw.length === 0) return { ok: false, reason: 'unparseable', detail: 'empty' }
    return { ok: true, mail: toMail(email, readable.raw, readable.repaired) }
  } catch (error) {
    return failure(error)
  }
}

async function read(raw: Uint8Array, depth = 0): Promise<Email> {
  const options = { maxNestingDepth: limits.depth, maxHeadersSize: limits.headerBytes }
  // An attached message stays an attachment: its text is not what this sender wrote.
  const email = await PostalMime.parse(raw, { ...options, forceRfc822Attachments: true })
  const plain = isForeignText(email) ? asPlainText(raw) : null
  if (plain !== null) return read(plain, depth)
  const sealed = depth < 3 ? enclosed(email) : null
  if (sealed !== null) return withEnclosed(email, await read(sealed, depth + 1))
  const embeddedOnly = !email.text && !email.html && email.attachments.some(isMessage)
  if (!embeddedOnly) return email
  const opened = await PostalMime.parse(raw, { ...options, maxRfc822NestingDepth: 3 })
  return { ...email, text: opened.text, html: opened.html }
}

/** Text that is meant for other programs than one for mail. */
const TEXT_FILES =
  /^text\/(?:plain|html|calendar|csv|tab-separated-values|(?:x-)?vcard|directory|rtf|css|xml|javascript)$/

/** A mail that is one text of a kind that nobody knows: plain text (RFC 2046 §4.1.4). The reader takes it for a file (postal-mime 4.0.0). */
function isForeignText({ attachments: [only, ...others], text, html }: Email): boolean {
  if (only === undefined || others.length > 0 || text !== undefined || html !== undefined) return false
  const isNamed = only.disposition === 'attachment' || Boolean(only.filename)
  return only.mimeType.startsWith('text/') && !isNamed && !TEXT_FILES.test(only.mimeType)
}

function asPlainText(raw: Uint8Array): Uint8Array | null {
  const end = headerEnd(raw)
  const head = Buffer.from(raw.subarray(0, end)).toString('latin1')
  const plain = head.replace(/^(content-type:\s{0,100})text\/[a-z0-9!#$&^_.+-]{1,100}/im, '$1text/plain')
  return plain === head ? null : Buffer.concat([Buffer.from(plain, 'latin1'), raw.subarray(end)])
}

/** The message inside an opaque S/MIME signature; beside other words, a list's footer for one, only what has a message's headers. */
function enclosed({ attachments, text, html }: Email): Uint8Array | null {
  const part = attachments.find(
    ({ mimeType, filename }) => /pkcs7-mime/.test(mimeType) || /^smime\.p7m$/i.test(filename ?? ''),
  )
  if (part === undefined || typeof part.content === 'string') return null
  const signed = signedContent(new Uint8Array(part.content))
  const isAlone = !text?.trim() && !html?.trim()
  return signed !== null && (isAlone || hasHeaders(signed)) ? signed : null
}

function hasHeaders(message: Uint8Array): boolean {
  const start = Buffer.from(message.subarray(0, 2000)).toString('latin1')
  return /^(?:[A-Za-z-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)*content-type:/i.test(start)
}

/** What was signed stands first, then the words around it. */
function withEnclosed({ text, html, ...outer }: Email, inner: Email): Email {
  const words = [inner.text, text].filter((each) => each?.trim())
  const shown = inner.html ?? (inner.text?.trim() ? undefined : html)
  return {
    ...outer,
    ...(words.length === 0 ? {} : { text: words.join('\n\n') }),
    ...(shown === undefined ? {} : { html: shown }),
    attachments: [...inner.attachments, ...outer.attachments],
  }
}

function isMessage(attachment: { readonly mimeType: string }): boolean {
  return attachment.mimeType === 'message/rfc822'
}

function failure(error: unknown): ParseFailure {
  const detail = error instanceof Error ? error.message.slice(0, 200) : 'unknown'
  return detail.startsWith('Maximum ') ? tooLarge(detail) : { ok: false, reason: 'unparseable', detail }
}

function toMail(email: Email, raw: Uint8Array, repaired: boolean): Mail {
  const headers = headersOf(email)
  const addresses = { left: limits.addresses }
  const from = readFrom(headers)
  const bodies = bodiesOf(email, raw)
  const files = unpacked(attachmentsOf(email.attachments))
  const date = dateOf(headers.get('date')?.[0])
  const plain = withoutUuencoded(bodies.text?.trim() ? bodies.text : (files.text ?? bodies.text ?? ''))
  const html = bodies.html ?? (bodies.text?.trim() ? null : files.html)
  const safeHtml = mayShow(files.attachments, html) ? safeHtmlOf(html) : null
  const mail = {
    from: from.party,
    sender: partiesOf(email.sender, addresses)[0] ?? null,
    replyTo: partiesOf(email.replyTo, addresses),
    to: partiesOf(email.to, addresses),
    cc: partiesOf(email.cc, addresses),
    subject: cleanLine(withoutMojibake(email.subject ?? ''))
      .slice(0, 2000)
      .toWellFormed(),
    messageId: messageIdOf(headers.get('message-id')?.[0]),
    inReplyTo: messageIdOf(headers.get('in-reply-to')?.join(' ')),
    references: messageIdsOf(headers.get('references')?.join(' ')),
    date,
    text: bodies.text === null && files.text === null ? null : plain.text,
    html,
    ...(safeHtml === null ? {} : { safeHtml }),
    headers,
    attachments: withShown([...files.attachments, ...inText(plain.files)], safeHtml),
  }
  const problems = problemsOf(mail, headers, from)
  if (files.packed) problems.push('packed by Outlook (winmail.dat)')
  if (repaired) problems.push('text in an undeclared character set')
  if (bodies.salvaged) problems.push('its parts could not be told apart; the body is shown as it came')
  if (addresses.left <= 0) problems.push(`more than ${limits.addresses} addresses; the rest are left out`)
  const [sealed, signed] = [encryption({ ...mail, problems }), signatureKind({ ...mail, problems })]
  if (sealed !== null) problems.push(`encrypted (${sealed}); kept as it came`)
  if (signed !== null) problems.push(`signed (${signed}); the signature is kept, not checked`)
  return { ...mail, problems }
}

/** Whether the HTML may show one of the files: cleaning it costs more than all other reading. */
function mayShow(files: Mail['attachments'], html: string | null): html is string {
  return html !== null && /\bcid:/i.test(html) && files.some(({ contentId }) => contentId !== null)
}

function headersOf(email: Email): Headers {
  const headers = new Map<string, string[]>()
  for (const { key, value } of email.headers) {
    const name = cleanLine(key)
    const values = headers.get(name)
    if (values === undefined) headers.set(name, [cleanLine(value)])
    else values.push(cleanLine(value))
  }
  return headers
}

function bodiesOf(
  email: Email,
  raw: Uint8Array,
): { text: string | null; html: string | null; salvaged: boolean } {
  const text = email.text === undefined ? null : cleanText(withoutMojibake(email.text))
  const html = email.html === undefined ? null : cleanText(withoutMojibake(email.html))
  const empty = !text?.trim() && !html?.trim() && email.attachments.length === 0
  const headless = !email.headers.some(({ value }) => value !== '')
  const body =
    empty || headless ? new TextDecoder().decode(headless ? raw : raw.subarray(headerEnd(raw))).trim() : ''
  // A multipart whose boundary never comes has no parts for the reader, but its words must not be lost.
  if (body !== '' && !/^--\S+$/.test(body)) return { text: cleanText(body), html: null, salvaged: true }
  const isEmpty = text !== null && html !== null && isPlaceholder(text, html)
  return { text: isEmpty ? null : text, html, salvaged: false }
}

function dateOf(value: string | undefined): Instant | null {
  if (value === undefined) return null
  const plain = value.replace(/\([^()]{0,100}\)/g, '').trim()
  const withoutZone = plain.replace(/\s+[A-Za-z]{2,5}$/, ' +0000')
  for (const text of [value, plain, withoutZone]) {
    const time = Date.parse(text)
    if (!Number.isNaN(time) && time > -2_208_988_800_000 && time < 253_402_300_800_000) return instant(time)
  }
  return null
}

function problemsOf(mail: Omit<Mail, 'problems'>, headers: Headers, from: From): string[] {
  const problems: string[] = []
  if (mail.from === null) problems.push('no sender')
  else if (mail.from.address === null) problems.push('the sender address cannot be used')
  if (from.problem !== null) problems.push(from.problem)
  if (from.several) problems.push('more than one sender')
  for (const name of ['from', 'subject', 'date', 'message-id', 'to']) {
    if ((headers.get(name)?.length ?? 0) > 1) problems.push(`more than one ${name} header`)
  }
  if (mail.messageId === null) problems.push('no message id')
  if (mail.date === null) problems.push(headers.has('date') ? 'an impossible date' : 'no date')
  if (!mail.text?.trim() && !mail.html?.trim() && mail.attachments.length === 0) problems.push('empty')
  return problems
}
