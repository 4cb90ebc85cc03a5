// What Request Tracker keeps of a mail's parts: bytes as they are, or written in letters, or elsewhere. Pure.
import { Fault } from '#kit/fault.ts'

/** The bytes of a content that is kept by an encoding; a fault when they lie elsewhere. */
export function bytesIn(content: unknown, encoding: unknown): Buffer {
  const kept = Buffer.isBuffer(content) ? content : Buffer.from(typeof content === 'string' ? content : '')
  switch (String(encoding ?? 'none').toLowerCase()) {
    case '':
    case 'none':
      return kept
    case 'base64':
      return Buffer.from(kept.toString('latin1'), 'base64')
    case 'quoted-printable':
      return unquoted(kept.toString('latin1'))
    case 'external':
      throw new Fault('it lies in a storage outside of the database', { retryable: false })
    default:
      throw new Fault(`nobody knows how it is kept: ${String(encoding).slice(0, 40)}`, { retryable: false })
  }
}

/** RFC 2045, section 6.7. */
function unquoted(text: string): Buffer {
  return Buffer.from(
    text
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/gi, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      ),
    'latin1',
  )
}
