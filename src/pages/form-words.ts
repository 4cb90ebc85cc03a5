// What a form says around its questions, in the languages that pages speak; English where there is no other.
import type { Fault } from '#setup/form.ts'

type Words = {
  /** What the form says that every desk begins with, for as long as nobody has written it anew. */
  readonly title: string
  readonly intro: string
  readonly ask: Readonly<Record<string, string>>
  readonly fault: Readonly<Record<Fault, string>>
  readonly files: string
  readonly sending: string
  /** The line broke. */
  readonly lost: string
  /** It broke when all of it was there, before an answer came. */
  readonly unsure: string
  /** Something on the way, or the desk, took it for too large; had too much to do; said no. */
  readonly large: string
  readonly busy: string
  readonly refused: string
  readonly much: string
  readonly send: string
  readonly choose: string
  readonly trap: string
  readonly optional: string
  readonly thanks: string
  readonly have: string
  readonly number: string
  readonly answer: string
  /** Over articles that may answer what is being typed. */
  readonly fitting: string
  readonly requests: string
  readonly help: string
  readonly again: string
  readonly gone: string
  readonly closed: string
  readonly tooLarge: string
  readonly tooMany: string
  /** Before what a question hangs on. */
  readonly shown: string
  readonly required: string
}

const en: Words = {
  title: 'Contact us',
  intro: 'Write to us; we answer by mail.',
  ask: { name: 'Your name', email: 'Your e-mail address', subject: 'Subject', message: 'Message' },
  fault: {
    missing: 'This is needed.',
    address: 'Enter an address that we can write to.',
    option: 'Choose one of these.',
    number: 'Enter a number.',
    date: 'Enter a date such as 2026-01-31.',
    url: 'Enter a web address that begins with https://.',
  },
  files: 'Files (up to 5, 10 MB each)',
  sending: 'Sending …',
  lost: 'It was not sent: the connection broke. Nothing is lost; send it again.',
  unsure:
    'Perhaps it was not sent: the connection broke before an answer came. Nothing is lost; send it again, and it counts once.',
  large: 'It was not sent: it is too large. Nothing is lost; send fewer or smaller files.',
  busy: 'It was not sent: too much is being sent just now. Nothing is lost; wait a minute, and send it again.',
  refused: 'It was not sent: the server did not take it. Nothing is lost; send it again later.',
  much: 'At most 5 files go along, of 10 MB each.',
  send: 'Send message',
  choose: 'Choose…',
  trap: 'Leave this empty',
  optional: 'optional',
  thanks: 'Thank you',
  have: 'We have your message.',
  number: 'Its number is',
  answer: 'We answer by mail.',
  fitting: 'This may answer it already',
  requests: 'Your requests',
  help: 'Help center',
  again: 'Write something else',
  gone: 'There is no form here',
  closed: 'This form is closed, and takes no more messages',
  tooLarge: 'That was too large. Go back and send fewer or smaller files',
  tooMany: 'Too much was sent at once. Go back, wait a minute, and send it again',
  shown: 'Only for',
  required: 'Needed for',
}

const de: Words = {
  title: 'Kontakt',
  intro: 'Schreiben Sie uns, wir antworten per E-Mail.',
  ask: { name: 'Ihr Name', email: 'Ihre E-Mail-Adresse', subject: 'Betreff', message: 'Nachricht' },
  fault: {
    missing: 'Das wird gebraucht.',
    address: 'Geben Sie eine Adresse an, an die wir schreiben können.',
    option: 'Wählen Sie eines davon.',
    number: 'Geben Sie eine Zahl ein.',
    date: 'Geben Sie ein Datum wie 2026-01-31 ein.',
    url: 'Geben Sie eine Webadresse ein, die mit https:// beginnt.',
  },
  files: 'Dateien (bis zu 5, je 10 MB)',
  sending: 'Wird gesendet …',
  lost: 'Nicht gesendet: Die Verbindung ist abgebrochen. Nichts ist verloren, senden Sie es noch einmal.',
  unsure:
    'Vielleicht nicht gesendet: Die Verbindung ist abgebrochen, bevor eine Antwort kam. Nichts ist verloren; senden Sie es noch einmal, es zählt nur einmal.',
  large: 'Nicht gesendet: Es ist zu groß. Nichts ist verloren, senden Sie weniger oder kleinere Dateien.',
  busy: 'Nicht gesendet: Gerade wird zu viel gesendet. Nichts ist verloren, warten Sie eine Minute und senden Sie es noch einmal.',
  refused:
    'Nicht gesendet: Der Server hat es nicht angenommen. Nichts ist verloren, senden Sie es später noch einmal.',
  much: 'Höchstens 5 Dateien gehen mit, je 10 MB.',
  send: 'Nachricht senden',
  choose: 'Wählen …',
  trap: 'Lassen Sie das leer',
  optional: 'freiwillig',
  thanks: 'Danke',
  have: 'Wir haben Ihre Nachricht.',
  number: 'Ihre Nummer ist',
  answer: 'Wir antworten per E-Mail.',
  fitting: 'Das beantwortet es vielleicht schon',
  requests: 'Ihre Anfragen',
  help: 'Hilfe',
  again: 'Noch etwas schreiben',
  gone: 'Hier ist kein Formular',
  closed: 'Dieses Formular ist geschlossen und nimmt keine Nachrichten mehr an',
  tooLarge: 'Das war zu groß. Gehen Sie zurück und senden Sie weniger oder kleinere Dateien',
  tooMany:
    'Es wurde zu viel auf einmal gesendet. Gehen Sie zurück, warten Sie eine Minute und senden Sie es noch einmal',
  shown: 'Nur für',
  required: 'Nötig für',
}

/** What a page can say alone. */
export type Saying = 'gone' | 'closed' | 'tooLarge' | 'tooMany'

/** The words of a page in a language such as `de` or `de-AT`. */
export const wordsIn = (language: string): Words => (/^de\b/i.test(language) ? de : en)

/** A form's own words; those that every desk begins with, in the reader's language. */
export const wordsOf = ({ title, intro }: { title: string; intro: string }, language: string) => ({
  title: title === en.title ? wordsIn(language).title : title,
  intro: intro === en.intro ? wordsIn(language).intro : intro,
})
