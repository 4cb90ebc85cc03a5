// Credentials at rest: AES-256-GCM under a key derived from DOCKET_SECRET, bound to the row they stand in. Older keys still open,
// so that a new secret can take over row by row; a wrong key or a changed byte never opens.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export type Sealed = { readonly keyId: string; readonly sealed: Buffer }

export type Seal = {
  /** The key that seals now. */
  readonly keyId: string
  /** Seals a text for one place (`mailbox_secret|7|imap_password`); it opens nowhere else. */
  readonly close: (text: string, place: string) => Sealed
  /** The text, or a throw that says which key is missing. */
  readonly open: (found: Sealed, place: string) => string
}

type Key = { readonly id: string; readonly bytes: Buffer }

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A seal with the secret of today and those that may still have sealed something. */
export function createSeal(secret: string, olderSecrets: readonly string[] = []): Seal {
  const now = keyOf(secret)
  const keys = new Map([now, ...olderSecrets.map(keyOf)].map((key) => [key.id, key]))
  return {
    keyId: now.id,
    close: (text, place) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', now.bytes, nonce).setAAD(Buffer.from(place))
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return { keyId: now.id, sealed }
    },
    open: ({ keyId, sealed }, place) => {
      const key = keys.get(keyId)
      if (key === undefined)
        throw new Error(
          `A credential was sealed with another DOCKET_SECRET (key ${keyId}). Name that secret in DOCKET_OLD_SECRETS and run ./docket secrets rotate.`,
        )
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(0, NONCE_BYTES))
      decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-TAG_BYTES))
      const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES))
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    },
  }
}

/** The id is derived apart from the key, so that it can be shown. */
function keyOf(secret: string): Key {
  const derive = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, 'docket', purpose, bytes))
  return { id: derive('credentials: key id', 6).toString('hex'), bytes: derive('credentials: key', 32) }
}
