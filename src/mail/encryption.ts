// Whether a mail is encrypted or signed by S/MIME or PGP. Nothing is decrypted: the parts are kept as they came.
import { signedContent } from '#mail/signed-data.ts'
import type { Mail } from '#mail/mail.ts'

/** The kind of encryption, or null for a mail that can be read. */
export function encryption(mail: Mail): 'S/MIME' | 'PGP' | null {
  const type = (mail.headers.get('content-type')?.[0] ?? '').toLowerCase()
  if (
    /multipart\/encrypted/.test(type) ||
    mail.attachments.some((part) => part.type === 'application/pgp-encrypted')
  )
    return 'PGP'
  if (/-----BEGIN PGP MESSAGE-----/.test((mail.text ?? '').slice(0, 2_000))) return 'PGP'
  const enveloped = /application\/(?:x-)?pkcs7-mime/
  if (!enveloped.test(type) && !mail.attachments.some((part) => enveloped.test(part.type))) return null
  if (mail.attachments.some(isOpaque)) return null
  return /smime-type\s*=\s*"?signed-data/.test(type) ? null : 'S/MIME'
}

/** The kind of signature, or null. */
export function signatureKind(mail: Mail): 'S/MIME' | 'PGP' | null {
  const type = (mail.headers.get('content-type')?.[0] ?? '').toLowerCase()
  if (mail.attachments.some((part) => part.type === 'application/pgp-signature')) return 'PGP'
  if (/smime-type\s*=\s*"?signed-data/.test(type)) return 'S/MIME'
  return mail.attachments.some(
    (part) => /application\/(?:x-)?pkcs7-signature/.test(part.type) || isOpaque(part),
  )
    ? 'S/MIME'
    : null
}

/** A signature that encloses what it signs. */
function isOpaque({ type, bytes }: Mail['attachments'][number]): boolean {
  return /application\/(?:x-)?pkcs7-mime/.test(type) && signedContent(bytes) !== null
}
