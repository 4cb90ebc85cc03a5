// What a mail with a way into the portal says. Pure.
import { LINK_PLACE } from '#desk/mail-links.ts'

/** Subject and text in a language such as `de` or `de-AT`; English where there is no other. */
export function signInWords(language: string, brand: string): { subject: string; text: string } {
  return /^de\b/i.test(language)
    ? {
        subject: `Ihre Anmeldung bei ${brand}`,
        text: `Mit diesem Link sehen Sie Ihre Anfragen:\n\n${LINK_PLACE}\n\nEr gilt 15 Minuten und ein Mal. Haben Sie ihn nicht angefordert, brauchen Sie nichts zu tun.`,
      }
    : {
        subject: `Sign in to ${brand}`,
        text: `This link shows you your requests:\n\n${LINK_PLACE}\n\nIt is good for 15 minutes, and once. If you did not ask for it, there is nothing to do.`,
      }
}
