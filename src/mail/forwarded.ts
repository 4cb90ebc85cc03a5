// Who wrote a mail that somebody forwarded to us. A hint for an agent to confirm, never an identity.
import { announcement, headerBlockAt } from '#mail/header-block.ts'
import { canonicalAddress } from '#mail/address.ts'
import { cleanName } from '#mail/clean.ts'
import { enclosedHeaders } from '#mail/dsn.ts'
import type { Mail, Party } from '#mail/mail.ts'

const subjects =
  /^\s*(?:\[[^\]]{0,60}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|doorst|vb|vs|vl|videresend|pd|továbbítás|[iİ]\u0307?lt|πρ(?:θ|ώθ|οώθ)\p{L}*|הועבר|إعادة توجيه|پیام هدایت‌شده|转发|轉寄|転送|전달)\s?[:：]/iu

// eM Client writes its block without colons.
const unlabelled = /^[\s>]*(?:from|von|de|da|van|od|от)\s+(?=[^\n]{0,200}<[^<>\s@]{1,80}@)/i

/** Whether a mail says of itself that it was forwarded. */
export function looksForwarded(mail: Mail): boolean {
  return subjects.test(mail.subject)
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
  const enclosed = subjects.test(mail.subject) ? enclosedHeaders(mail)?.get('from') : undefined
  return enclosed === undefined ? null : partyOf(enclosed)
}

function partyOf(from: string): Party | null {
  const text = from.slice(0, 500).replace(/[*_]{1,2}$/, '')
  const email = /(?:mailto:)?([^\s<>@"'()[\];,:]{1,80}@[^\s<>@"'()[\];,]{2,200})/i.exec(text)
  if (email === null) return null
  const name = text.slice(0, email.index).replace(/[<[("'*]+|mailto:|["'\])*]+\s*$/gi, ' ')
  const address = (email[1] ?? '').replace(/\.+$/, '')
  return { email: address, name: cleanName(name.trim()), address: canonicalAddress(address) }
}
