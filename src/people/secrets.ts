// Passwords and random secrets: argon2id for what people choose, SHA-256 for what we draw ourselves (256 bits).
import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

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
