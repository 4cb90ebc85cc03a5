// Who wrote a mail that somebody forwarded to us. A hint for an agent to confirm, never an identity.
import { announcement, headerBlockAt } from '#mail/header-block.ts'
import { canonicalAddress } from '#mail/address.ts'
import { cleanName } from '#mail/clean.ts'
import { headersOf } from '#mail/dsn.ts'
import { joinedIn } from '#mail/encoded-words.ts'
import { readFrom } from '#mail/sender.ts'
import type { Mail, MailAttachment, Party } from '#mail/mail.ts'

const subjects =
  /^\s*(?:\[[^\]]{0,60}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|doorst|vb|vs|vl|videresend|pd|továbbítás|[iİ]\u0307?lt|πρ(?:θ|ώθ|οώθ)\p{L}*|הועבר|إعادة توجيه|پیام هدایت‌شده|转发|轉寄|転送|전달)\s?[:：]/iu

// eM Client writes its block without colons.
const unlabelled = /^[\s>]*(?:from|von|de|da|van|od|от)\s+(?=[^\n]{0,200}<[^<>\s@]{1,80}@)/i

// mutt and Emacs: "[ada@desk.example: Lamp]" or "[Ada] Lamp", with the mail attached.
const bracketed = /^\s*\[[^\]\s]{1,80}@[^\]\s:]{2,200}:?[^\]]{0,900}\]?/

/** Whether a mail says of itself that it was forwarded, or is a mail around another one. */
export function looksForwarded(mail: Mail): boolean {
  return subjects.test(mail.subject) || enclosedSender(mail) !== null
}

/** Who wrote the one mail that is attached; null for reports, and where there is none or several. */
function enclosedSender(mail: Mail): Party | null {
  const attached = mail.attachments.filter(isMail)
  const isReport = mail.attachments.some(({ type }) => /^message\/(?!rfc822|global$)/.test(type))
  const isMarked = subjects.test(mail.subject) || bracketed.test(mail.subject)
  if (isReport || attached.length === 0 || (attached.length > 1 && !isMarked)) return null
  if (
    !isMarked &&
    (mail.inReplyTo !== null || /multipart\/report/i.test(mail.headers.get('content-type')?.[0] ?? ''))
  )
    return null
  const [first] = attached
  const from = first === undefined ? undefined : headersOf(first).get('from')
  return from === undefined ? null : (readFrom(new Map([['from', [joinedIn(from)]]])).party ?? null)
}

// Some programs attach a mail as a mere file.
function isMail({ type, name }: MailAttachment): boolean {
  if (type === 'message/rfc822' || type === 'message/global') return true
  return /\.eml$/i.test(name) && ['application/octet-stream', 'text/plain'].includes(type)
}

/** The sender of the innermost forwarding's first mail, or null when nothing was forwarded. */
export function originalSender(mail: Mail, text: string): Party | null {
  const lines = text.slice(0, 200_000).split('\n')
  const announced = lines.findIndex((line) => announcement(line) === 'forwarded')
  const begins = announced >= 0 ? announced : subjects.test(mail.subject) ? 0 : -1
  if (begins >= 0) {
    for (let index = begins; index < Math.min(lines.length, begins + 400); index++) {
      const from = headerBlockAt(lines, index)?.from
      if (from !== undefined && from !== null) return partyOf(from)
    }
  }
  const bare =
    announced < 0
      ? undefined
      : lines.slice(announced + 1, announced + 4).find((line) => unlabelled.test(line))
  if (bare !== undefined) return partyOf(bare.replace(unlabelled, ''))
  return enclosedSender(mail)
}

function partyOf(from: string): Party | null {
  const text = from.slice(0, 500).replace(/[*_]{1,2}$/, '')
  const email = /(?:mailto:)?([^\s<>@"'()[\];,:]{1,80}@[^\s<>@"'()[\];,]{2,200})/i.exec(text)
  if (email === null) return null
  const name = text.slice(0, email.index).replace(/[<[("'*]+|mailto:|["'\])*]+\s*$/gi, ' ')
  const address = (email[1] ?? '').replace(/\.+$/, '')
  return { email: address, name: cleanName(name.trim()), address: canonicalAddress(address) }
}
