// What an alert says, in the languages that agents read. Pure.
import type { Instant } from '#kit/time.ts'

type Words = { readonly subject: string; readonly text: string }
type FailingMailbox = { address: string; since: string; failure: string; url: string }
type LostReply = { ticketId: number; recipient: string; detail: string; url: string }
export type AlertWords = {
  /** A moment as readers of the language write it, in the desk's time zone. */
  readonly moment: (at: Instant, timeZone: string) => string
  readonly mailbox: (about: FailingMailbox) => Words
  readonly undelivered: (about: LostReply) => Words
}

const english: AlertWords = {
  moment: momentIn('en-GB'),
  mailbox: ({ address, since, failure, url }) => ({
    subject: `The mailbox ${address} is failing`,
    text: `${address} has been failing since ${since}. Its server says:\n\n${failure}\n\nWhat to do about it: ${url}`,
  }),
  undelivered: ({ ticketId, recipient, detail, url }) => ({
    subject: `Your reply on ticket #${ticketId} did not reach ${recipient}`,
    text: `The other server says:\n\n${detail}\n\n${url}`,
  }),
}

const german: AlertWords = {
  moment: momentIn('de'),
  mailbox: ({ address, since, failure, url }) => ({
    subject: `Das Postfach ${address} ist gestört`,
    text: `${address} ist gestört seit ${since}. Sein Server sagt:\n\n${failure}\n\nWas zu tun ist: ${url}`,
  }),
  undelivered: ({ ticketId, recipient, detail, url }) => ({
    subject: `Ihre Antwort zu Ticket #${ticketId} hat ${recipient} nicht erreicht`,
    text: `Der andere Server sagt:\n\n${detail}\n\n${url}`,
  }),
}

const known: Readonly<Record<string, AlertWords>> = { en: english, de: german }

/** The words in the first of these languages that alerts speak; in English when they speak none of them. */
export function alertWords(...languages: readonly (string | null)[]): AlertWords {
  const tags = languages.map((language) => language?.slice(0, 2).toLowerCase() ?? '')
  return known[tags.find((tag) => tag in known) ?? 'en'] ?? english
}

function momentIn(language: string): AlertWords['moment'] {
  return (at, timeZone) =>
    new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(at),
    )
}
