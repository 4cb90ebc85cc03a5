// What a mail with a way into the portal says, and one that shows whose an address is. Pure.
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

/** The same of a mail by which a visitor of a chat shows an address to be theirs. It says nothing that anybody typed. */
export function confirmWords(language: string, brand: string): { subject: string; text: string } {
  return /^de\b/i.test(language)
    ? {
        subject: `Ihre Adresse im Chat mit ${brand}`,
        text: `Jemand hat diese Adresse in unserem Chat angegeben. Waren Sie das, dann bestätigen Sie sie hier mit der Zahl, die der Chat zeigt:\n\n${LINK_PLACE}\n\nDer Link gilt 15 Minuten und ein Mal. Waren Sie es nicht, brauchen Sie nichts zu tun: Ohne Sie sieht dort niemand etwas von Ihnen.`,
      }
    : {
        subject: `Your address in the chat with ${brand}`,
        text: `Somebody gave this address in our chat. If it was you, confirm it here with the number that the chat shows:\n\n${LINK_PLACE}\n\nThe link is good for 15 minutes, and once. If it was not you, there is nothing to do: without you nobody sees anything of yours there.`,
      }
}
