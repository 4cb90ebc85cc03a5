// What a survey's mail says: a link for each answer, which leads to a page whose button counts. Repeats nothing of what was written.
import { htmlOfText } from '#mail/sanitise.ts'
import { scoresOf } from '#tickets/survey.ts'

type Words = {
  readonly subject: string
  readonly ask: (brand: string) => string
  readonly scores: Readonly<Record<2 | 5, Readonly<Record<number, string>>>>
  readonly more: string
  readonly open: string
  readonly stop: string
}

const five = (best: string, good: string, middle: string, poor: string, worst: string) => ({
  5: best,
  4: good,
  3: middle,
  2: poor,
  1: worst,
})

const english: Words = {
  subject: 'Did we help?',
  ask: (brand) => `Your request to ${brand} was resolved. How was our help?`,
  scores: {
    2: { 5: 'Good', 1: 'Bad' },
    5: five('Very good', 'Good', 'So-so', 'Bad', 'Very bad'),
  },
  more: 'The page that opens asks for one more click, and has room for a word.',
  open: 'If something is still open, answer this mail, and it comes back to us.',
  stop: 'Ask me no more',
}
const german: Words = {
  subject: 'Konnten wir helfen?',
  ask: (brand) => `Ihre Anfrage an ${brand} wurde gelöst. Wie war unsere Hilfe?`,
  scores: {
    2: { 5: 'Gut', 1: 'Schlecht' },
    5: five('Sehr gut', 'Gut', 'Mittel', 'Schlecht', 'Sehr schlecht'),
  },
  more: 'Die Seite, die sich öffnet, bittet um einen weiteren Klick und hat Platz für ein Wort.',
  open: 'Ist noch etwas offen, antworten Sie auf diese Mail, und sie kommt zu uns zurück.',
  stop: 'Nicht mehr fragen',
}

/** The words of a survey in a language such as `de` or `de-AT`. */
export const surveyWordsIn = (language: string): Words => (/^de\b/i.test(language) ? german : english)

type Asked = {
  readonly language: string
  readonly brand: string
  readonly scale: 2 | 5
  /** The address of the page that takes the answer. */
  readonly url: string
  readonly signature: string
}

/** The mail. */
export function surveyMail({ language, brand, scale, url, signature }: Asked): {
  readonly subject: string
  readonly text: string
  readonly html: string
} {
  const words = surveyWordsIn(language)
  const links = scoresOf(scale).map((score) => ({
    name: words.scores[scale][score] ?? String(score),
    href: `${url}?score=${score}`,
  }))
  const paragraphs = [words.ask(brand), words.more, words.open]
  const [ask = '', ...rest] = paragraphs
  const text = [
    ask,
    links.map(({ name, href }) => `${name}: ${href}`).join('\n'),
    ...rest,
    ...(signature === '' ? [] : [`-- \n${signature}`]),
    `${words.stop}: ${url}/stop`,
  ].join('\n\n')
  const buttons = links.map(
    ({ name, href }) =>
      `<a href="${href}" style="display:inline-block;margin:0 8px 8px 0;padding:10px 18px;border:1px solid #777;border-radius:6px;color:inherit;text-decoration:none">${name}</a>`,
  )
  const small = `<p style="margin:0 0 1em;font-size:13px"><a href="${url}/stop">${words.stop}</a></p>`
  const html = [
    htmlOfText(ask),
    `<p style="margin:0 0 1em">${buttons.join('')}</p>`,
    ...rest.map(htmlOfText),
    ...(signature === '' ? [] : [htmlOfText(`-- \n${signature}`)]),
    small,
  ].join('\n')
  return { subject: words.subject, text, html }
}
