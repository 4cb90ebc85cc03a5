// The key of a desk behind a passphrase, for backups that must be enough by themselves: scrypt (RFC 7914) and AES-256-GCM.
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import type { Manifest } from '#store/backup/manifest.ts'

type Sealed = NonNullable<Manifest['sealedSecret']>

const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 }
const TAG_BYTES = 16

/** Seals a secret. */
export function sealSecret(secret: string, passphrase: string): Sealed {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, COST), nonce)
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { salt: salt.toString('base64'), nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

/** The secret again; null when it is not the passphrase. */
export function openSecret({ salt, nonce, sealed }: Sealed, passphrase: string): string | null {
  const bytes = Buffer.from(sealed, 'base64')
  const key = scryptSync(passphrase, Buffer.from(salt, 'base64'), 32, COST)
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()])
    return text.toString('utf8')
  } catch {
    return null
  }
}
