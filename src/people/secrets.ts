// Passwords and random secrets: argon2id for what people choose, SHA-256 for what we draw ourselves (256 bits).
import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { generateSecret } from 'otplib'

/** OWASP's setting for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** A hash that no password has, so that an unknown address costs the same time as a known one. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGL3swxpxQ'

/** Hashes a password for keeping. Takes about 0.1 s; two run at a time. */
export function hashPassword(password: string): Promise<string> {
  return twoAtATime(() => hash(password, COST))
}

/** Whether the password is the kept one; a null hash costs the same and is always false. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const same = await twoAtATime(() => verify(kept ?? NOBODY, password))
  return same && kept !== null
}

/** A new secret of 256 bits, as URL-safe text. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret that we drew. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** A new secret for an authenticator app: 160 bits in base32. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 })
}

/** Crockford's base32: no letter that is taken for another, or for a digit. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten recovery codes of 80 bits, as `XXXX-XXXX-XXXX-XXXX`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const letters = Array.from(randomBytes(16), (byte) => LETTERS[byte & 31]).join('')
    return letters.replace(/(.{4})(?=.)/g, '$1-')
  })
}

/** A recovery code as it was made, however it was typed. */
export function readRecoveryCode(typed: string): string {
  const letters = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

let running = 0
const waiting: (() => void)[] = []

/** Hashing is made to be slow: more than two at once would let sign-ins starve everything else. */
async function twoAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= 2) await new Promise<void>((go) => waiting.push(go))
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}
