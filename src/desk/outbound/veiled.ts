// A secret in a mail, such as the end of a link that opens an account: whoever reads the outbox, a backup or the database must not have
// it. What is kept is a random name; the secret follows from it and the desk's own, and stands in the mail only as it leaves.
import { createHmac } from 'node:crypto'
import type { Desk } from '#desk/desk.ts'
import { newSecret } from '#people/secrets.ts'

const VEILED = /\[\[secret:([\w-]{43})\]\]/g

/** A new secret, and what stands for it in a text that is kept. */
export function newVeiledSecret(desk: Desk): { readonly secret: string; readonly veiled: string } {
  const name = newSecret()
  return { secret: secretOf(desk, name), veiled: `[[secret:${name}]]` }
}

/** The text as its recipient reads it. */
export const unveiled = (desk: Desk, text: string): string =>
  text.replace(VEILED, (_, name: string) => secretOf(desk, name))

/** The text as others read it. */
export const covered = (text: string): string => text.replace(VEILED, '…')

function secretOf(desk: Desk, name: string): string {
  return createHmac('sha256', desk.secret).update(`veiled\0${name}`).digest('base64url')
}
