// The pages by which people read the data that is given out to them. They stand alone: no script, nothing from elsewhere. Pure.
import { escaped } from '#kit/escaped.ts'
import type { Instant } from '#kit/time.ts'
import { germanValues } from '#rules/german.ts'
import type { Status } from '#tickets/vocabulary.ts'

export type ReadTicket = {
  readonly id: number
  readonly subject: string
  readonly status: Status
  readonly openedAt: Instant
  readonly askedByThem: boolean
  /** Personal values by the label of their field. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly messages: readonly {
    readonly at: Instant
    readonly from: string
    readonly byThem: boolean
    /** Null: it was taken away. */
    readonly text: string | null
    readonly files: readonly string[]
  }[]
}

/** What the pages say, in the languages that they are written in. */
const words = {
  en: {
    tickets: 'Requests',
    name: 'Name',
    addresses: 'Addresses',
    phone: 'Telephone',
    organization: 'Organisation',
    language: 'Language',
    timeZone: 'Time zone',
    knownSince: 'Known since',
    signedIn: 'Signed in',
    since: 'Since',
    lastSeen: 'Last seen',
    ratings: 'Ratings',
    ticket: 'Request',
    at: 'When',
    score: 'Rating',
    of: 'Out of',
    comment: 'Comment',
    wantsNoSurveys: 'Wants no surveys',
    searches: 'Searches',
    query: 'Looked for',
    chats: 'Chats',
    begun: 'Begun',
    page: 'Page',
    cameFrom: 'Came from',
    gone: 'taken away',
  },
  de: {
    tickets: 'Anfragen',
    name: 'Name',
    addresses: 'Adressen',
    phone: 'Telefon',
    organization: 'Organisation',
    language: 'Sprache',
    timeZone: 'Zeitzone',
    knownSince: 'Bekannt seit',
    signedIn: 'Angemeldet',
    since: 'Seit',
    lastSeen: 'Zuletzt gesehen',
    ratings: 'Bewertungen',
    ticket: 'Anfrage',
    at: 'Wann',
    score: 'Bewertung',
    of: 'Höchste Bewertung',
    comment: 'Kommentar',
    wantsNoSurveys: 'Möchte keine Umfragen',
    searches: 'Suchen',
    query: 'Gesucht',
    chats: 'Chats',
    begun: 'Begonnen',
    page: 'Seite',
    cameFrom: 'Kam von',
    gone: 'entfernt',
  },
} as const
export type PageLanguage = keyof typeof words

const statusWords: Readonly<Record<PageLanguage, Readonly<Record<Status, string>>>> = {
  en: {
    new: 'New',
    open: 'Open',
    pending: 'Pending',
    on_hold: 'On hold',
    resolved: 'Resolved',
    closed: 'Closed',
  },
  de: germanValues,
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}dt{font-weight:600}dd{margin:0 0 .5rem}article{border-top:1px solid #8884;padding:1rem 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.5rem 0}small{opacity:.75}`

/** What the desk knows of them, and a way to each ticket. */
export function indexPage(
  self: Readonly<Record<string, unknown>>,
  tickets: readonly ReadTicket[],
  at: Instant,
  language: PageLanguage,
): string {
  const list = tickets.map(
    ({ id, subject, openedAt, status }) =>
      `<li><a href="tickets/${id}.html">#${id} ${escaped(subject || '–')}</a> <small>${day(openedAt)}, ${statusWords[language][status]}</small></li>`,
  )
  return page(
    language,
    String(self['name'] || (self['addresses'] as string[])[0] || 'Data'),
    `<p><small>${day(at)} · <a href="person.json">person.json</a></small></p>${facts(self, words[language])}<h2>${words[language].tickets}</h2><ul>${list.join('')}</ul>`,
  )
}

/** One conversation, as its customers read it. */
export function ticketPage(
  { id, subject, openedAt, status, fields, messages }: ReadTicket,
  language: PageLanguage,
): string {
  const said = messages.map(({ at, from, text, files }) => {
    const links = files.map(
      (path) =>
        `<li><a href="../${path.split('/').map(encodeURIComponent).join('/')}">${escaped(path.split('/').at(-1) ?? '')}</a></li>`,
    )
    return `<article><strong>${escaped(from)}</strong> <small>${moment(at)}</small><pre>${text === null ? `(${words[language].gone})` : escaped(text)}</pre>${
      links.length === 0 ? '' : `<ul>${links.join('')}</ul>`
    }</article>`
  })
  return page(
    language,
    `#${id} ${subject}`,
    `<p><small>${day(openedAt)}, ${statusWords[language][status]} · <a href="../index.html">←</a></small></p>${facts(fields, {})}${said.join('')}`,
  )
}

type Labels = Readonly<Record<string, string>>

function facts(values: Readonly<Record<string, unknown>>, labels: Labels): string {
  const rows = Object.entries(values)
    .filter(
      ([, value]) =>
        value !== null && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0),
    )
    .map(([key, value]) => `<dt>${escaped(labels[key] ?? key)}</dt><dd>${shown(value, labels)}</dd>`)
  return rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`
}

function shown(value: unknown, labels: Labels): string {
  if (Array.isArray(value))
    return `<ul>${value.map((each) => `<li>${shown(each, labels)}</li>`).join('')}</ul>`
  if (typeof value === 'object' && value !== null) return facts(value as Record<string, unknown>, labels)
  return value === true ? '✓' : escaped(String(value))
}

const day = (at: string) => at.slice(0, 10)
const moment = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`

function page(language: PageLanguage, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${body}</body></html>\n`
}
