// The machine-readable parts of reports: fields of message/delivery-status (RFC 3464) and of
// message/feedback-report (RFC 5965), and the headers of the mail a report is about.
import type { DeliveryStatus } from '#mail/delivery-status.ts'
import { cleanLine, cleanText } from '#mail/clean.ts'
import { sesStatus } from '#mail/ses-notification.ts'
import type { Mail, MailAttachment } from '#mail/mail.ts'

export type Fields = ReadonlyMap<string, string>

const mostBytes = 256 * 1024
const mostRecipients = 100

/** One entry per recipient of every delivery-status part, or what SES tells instead; empty when the mail has none. */
export function deliveryStatuses(mail: Mail): readonly DeliveryStatus[] {
  const blocks = mail.attachments
    .filter(({ type }) => type === 'message/delivery-status' || type === 'message/global-delivery-status')
    .flatMap((part) => fieldBlocks(textOf(part)))
  const told = sesStatus(mail.text ?? '')
  if (told !== null) return [told]
  const refused = refusalOf(mail)
  if (refused !== null)
    return [{ ...statusOf(refused), action: 'failed', diagnostic: cleanLine(mail.text?.slice(0, 500) ?? '') }]
  return blocks.filter(isRecipient).slice(0, mostRecipients).map(statusOf)
}

/** The server that reports, as it names itself. */
export function reportingServer(mail: Mail): string | null {
  const part = mail.attachments.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type))
  const named = part === undefined ? undefined : fieldBlocks(textOf(part))[0]?.get('reporting-mta')
  return named === undefined ? null : typed(named).toLowerCase()
}

/** The disposition (RFC 8098) that says a recipient's rules refused the mail (Sieve's reject, RFC 5429); null for a receipt. */
function refusalOf(mail: Mail): Fields | null {
  const part = mail.attachments.find(({ type }) => type === 'message/disposition-notification')
  const fields = part === undefined ? undefined : fieldBlocks(textOf(part))[0]
  const isAutomatic = /^automatic-action\/.{1,60};\s?(?:deleted|denied|failed)/i.test(
    fields?.get('disposition') ?? '',
  )
  if (fields === undefined || !isAutomatic) return null
  const submitted = mail.headers.get('auto-submitted')?.[0] ?? ''
  const says =
    /^rejected\b/i.test(mail.subject) ||
    /automatically (?:rejected|refused)/i.test(mail.text?.slice(0, 2000) ?? '')
  return /\(rejected\)/i.test(submitted) || says ? fields : null
}

/** Whether a mail says that a recipient's own rules refused ours. */
export function isRefusal(mail: Mail): boolean {
  return refusalOf(mail) !== null
}

/** The fields of an abuse report, or null when the mail is none. */
export function feedbackReport(mail: Mail): Fields | null {
  const part = mail.attachments.find(({ type }) => type === 'message/feedback-report')
  return part === undefined ? null : (fieldBlocks(textOf(part))[0] ?? new Map())
}

/** The headers of the mail that a report encloses, as far as they are there. */
export function enclosedHeaders(mail: Mail): Fields | null {
  const part = mail.attachments.find(({ type }) =>
    [
      'message/rfc822',
      'text/rfc822-headers',
      'message/global',
      'message/global-headers',
      'message/rfc822-headers',
    ].includes(type),
  )
  return part === undefined ? null : headersOf(part)
}

/** The headers of an attached mail. */
export function headersOf(part: MailAttachment): Fields {
  return fieldBlocks(textOf(part))[0] ?? new Map()
}

/** Blocks of `Name: value` lines parted by blank lines; folded lines are joined, names lower-cased, the first wins. */
export function fieldBlocks(text: string): readonly Fields[] {
  const blocks: Map<string, string>[] = []
  let block = new Map<string, string>()
  let last = ''
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      if (block.size > 0) blocks.push(block)
      block = new Map()
      last = ''
    } else if (/^[ \t]/.test(line) && last !== '') {
      block.set(last, `${block.get(last) ?? ''} ${line.trim()}`)
    } else {
      const colon = line.indexOf(':')
      const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
      last = colon > 0 && !block.has(name) ? name : ''
      if (last !== '') block.set(name, cleanLine(line.slice(colon + 1)))
    }
  }
  if (block.size > 0) blocks.push(block)
  return blocks
}

function textOf(part: MailAttachment): string {
  return cleanText(new TextDecoder().decode(part.bytes.subarray(0, mostBytes)))
}

function isRecipient(fields: Fields): boolean {
  return ['final-recipient', 'original-recipient', 'action', 'status'].some((name) => fields.has(name))
}

function statusOf(fields: Fields): DeliveryStatus {
  const recipient =
    fields.get('original-recipient') ?? fields.get('final-recipient') ?? fields.get('x-actual-recipient')
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0]
  return {
    recipient: recipient === undefined ? null : typed(recipient).replace(/^<|>$/g, ''),
    action: (fields.get('action') ?? '').toLowerCase().split(/[\s(;]/, 1)[0] ?? '',
    status: status ?? null,
    diagnostic: typed(fields.get('diagnostic-code') ?? ''),
  }
}

// RFC 3464 §2.1.2: `rfc822; user@domain`, `smtp; 550 …`.
function typed(value: string): string {
  return value.replace(/^[A-Za-z0-9-]{1,30}\s*;\s*/, '').trim()
}
