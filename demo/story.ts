// One ticket's life as a script: who says or does what, and when. Pure: seed in, steps out.
import { categories, people, products, tags, teams, agents, type TeamName } from './company.ts'
import { randomOf, type Random } from './random.ts'
import { slugOf } from '#knowledge/article.ts'
import * as texts from './texts.ts'
import type { Language } from './texts.ts'

export type Step =
  | {
      readonly at: number
      readonly does: 'triage'
      readonly agent: number
      readonly category: string
      readonly priority: 'low' | 'normal' | 'high' | 'urgent'
      readonly tags: readonly string[]
      readonly team: TeamName
      /** Leaves what a rule has set, unless it is one that people know to be wrong. */
      readonly agrees: boolean
    }
  | { readonly at: number; readonly does: 'assign'; readonly agent: number; readonly to: number }
  | {
      readonly at: number
      readonly does: 'reply'
      readonly agent: number
      readonly text: string
      readonly status: 'pending' | 'resolved' | 'on_hold' | 'open'
    }
  | { readonly at: number; readonly does: 'note'; readonly agent: number; readonly text: string }
  | {
      readonly at: number
      readonly does: 'customer'
      readonly text: string
      readonly quoted: string | null
      readonly thanks: boolean
    }
  | { readonly at: number; readonly does: 'cc'; readonly text: string }
  | { readonly at: number; readonly does: 'bounce'; readonly hard: boolean }
  | { readonly at: number; readonly does: 'merge'; readonly agent: number }
  | { readonly at: number; readonly does: 'snooze'; readonly agent: number; readonly until: number }
  | { readonly at: number; readonly does: 'spam'; readonly agent: number }
  | { readonly at: number; readonly does: 'ask' }
  | { readonly at: number; readonly does: 'rate'; readonly score: number; readonly comment: string }

export type Story = {
  readonly at: number
  readonly channel: 'email' | 'form' | 'portal' | 'chat'
  /** On which page a chat began, and whether it is known with whom; null for what is none. */
  readonly chat: { readonly page: string; readonly isKnown: boolean } | null
  readonly requester: Someone
  /** Who is copied on the first mail. */
  readonly cc: Someone | null
  readonly subject: string
  readonly text: string
  /** Written in a mail program that sends HTML. */
  readonly html: boolean
  readonly attachment: boolean
  readonly fields: { readonly orderNumber: string; readonly product: string }
  /** The same question asked again a little later, in a new mail; merged when somebody sees it. */
  readonly again: { readonly at: number; readonly text: string } | null
  readonly steps: readonly Step[]
}

type Someone = { readonly name: string; readonly email: string }

const HOUR = 3_600_000
const DAY = 24 * HOUR
export const HISTORY_DAYS = 180
/** The category that the rule “Refunds to Billing” sets for whatever speaks of an invoice: wrong on purpose, people always sort anew. */
export const DOUBTED = 'billing/refund'
/** How often whoever sorts leaves what the rules have set. */
const AGREES = 0.93

/** The stories of a company's last half year up to `until` (ms), in order of their beginning. */
export function stories(count: number, seed: number, until: number): Story[] {
  const random = randomOf(seed)
  const starts = Array.from({ length: count }, () => startOf(random, until)).toSorted((a, b) => a - b)
  return starts.map((at, index) => storyOf(randomOf(seed * 1_000_003 + index), at, until, count))
}

/** Mornings and Mondays are busy, nights and Sundays quiet, and the weeks before a holiday busier. */
function startOf(random: Random, until: number): number {
  for (;;) {
    const at = until - random.next() ** 1.15 * HISTORY_DAYS * DAY
    const date = new Date(at)
    const byDay = [0.25, 1.3, 1.05, 1, 0.95, 0.9, 0.4][date.getUTCDay()] ?? 1
    const hour = date.getUTCHours()
    const byHour = hour < 6 ? 0.08 : hour < 9 ? 0.6 : hour < 12 ? 1.3 : hour < 18 ? 1 : hour < 22 ? 0.5 : 0.2
    const season = date.getUTCMonth() >= 10 ? 1.3 : 1
    if (random.next() * 2.3 < byDay * byHour * season) return Math.round(at)
  }
}

function storyOf(random: Random, at: number, until: number, count: number): Story {
  const language: Language = random.chance(0.62) ? 'en' : random.pick(['de', 'de', 'fr', 'es'] as const)
  const branch = random.pick(Object.keys(categories))
  const { team, below } = categories[branch] ?? { team: 'Front line' as const, below: ['other'] }
  const leaf = random.pick(below)
  const requester = requesterOf(random, language, count)
  const { fill, fields } = slotsOf(random, leaf)
  const said =
    language === 'en' ? random.pick(texts.complaints[branch] ?? []) : random.pick(texts.elsewhere[language])
  const sign = random.chance(0.2) ? `\n\n${random.pick(texts.phones)}` : ''
  const text = [
    random.pick(texts.openings[language]),
    fill(said),
    `${random.pick(texts.closings[language])}\n${requester.name}`,
  ]
  const byMail = random.chance(0.85)
  // Some who do not write mails have found the portal.
  const channel = byMail ? 'email' : at % 3 === 0 ? 'portal' : 'form'
  const cc = channel === 'email' && random.chance(0.07) ? requesterOf(random, language, count) : null
  const againAt = at + random.whole(4, 50) * 60_000
  const again = random.chance(0.02) && againAt < until ? againAt : null
  const article = texts.articleFor[branch]?.[texts.complaints[branch]?.indexOf(said) ?? -1] ?? null
  const path = `${branch}/${leaf}`
  const plot = { at, until, language, team, path, fill, copied: cc !== null, again, article }
  return {
    at,
    channel,
    chat: null,
    requester,
    cc: cc?.email === requester.email ? null : cc,
    subject: fill(random.pick(texts.subjects[language])),
    text: `${text.filter((part) => part !== '').join('\n\n')}${sign}`,
    html: channel === 'email' && random.chance(0.4),
    attachment: random.chance(0.12),
    fields,
    again: again === null ? null : { at: again, text: fill(random.pick(texts.reminders[language])) },
    steps: stepsOf(random, plot),
  }
}

function requesterOf(random: Random, language: Language, count: number) {
  const { first, last, domains } = people[language]
  const name = `${random.pick(first)} ${random.pick(last)}`
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(' ', '.')
  return {
    name,
    email: `${plain}${random.whole(1, Math.max(3, Math.ceil(count / 300)))}@${random.pick(domains)}`,
  }
}

function slotsOf(random: Random, leaf: string) {
  const order = `LL-${random.whole(20_000, 89_999)}`
  const product = random.pick(products)
  const amount = `${random.whole(12, 240)}.${random.pick(['00', '50', '90', '95'])} €`
  const weekday = random.pick([0, 1, 2, 3])
  const date = random.whole(1, 28)
  const fill = (text: string) =>
    text
      .replaceAll('{o}', order)
      .replaceAll('{p}', product)
      .replaceAll('{a}', amount)
      .replaceAll('{d}', dayIn('en', weekday, date))
      .replaceAll(/\{d:(de|fr|es)\}/g, (_, language: Language) => dayIn(language, weekday, date))
      .replaceAll('{c}', leaf)
  return { fill, fields: { orderNumber: order, product } }
}

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Thursday', 'Friday'],
  de: ['Montag', 'Dienstag', 'Donnerstag', 'Freitag'],
  fr: ['lundi', 'mardi', 'jeudi', 'vendredi'],
  es: ['lunes', 'martes', 'jueves', 'viernes'],
}

/** A day as it is said: "Monday the 2nd", "Montag, dem 2.", "lundi 2". */
function dayIn(language: Language, weekday: number, date: number): string {
  const name = weekdays[language][weekday] ?? ''
  if (language === 'en')
    return `${name} the ${date}${ordinals[date % 10 === 0 || (date > 10 && date < 14) ? 0 : date % 10] ?? 'th'}`
  return language === 'de' ? `${name}, dem ${date}.` : `${name} ${date}`
}
const ordinals = ['th', 'st', 'nd', 'rd']

type Plot = {
  at: number
  until: number
  language: Language
  team: TeamName
  path: string
  fill: (text: string) => string
  copied: boolean
  again: number | null
  /** The title of the article that answers it. */
  article: string | null
}

function stepsOf(random: Random, plot: Plot): Step[] {
  const { until, language, team, path, fill } = plot
  const steps: Step[] = []
  let now = plot.at
  const later = (medianHours: number, spread = 1) =>
    Math.round((now += Math.max(60_000, random.around(medianHours * HOUR, spread))))
  const inTeam = agents.flatMap((agent, index) =>
    agent.team === team && agent.role !== 'viewer' ? [index] : [],
  )
  const owner = random.pick(inTeam)
  const first = random.pick(
    agents.flatMap((agent, index) => (agent.team === teams[0] && agent.role !== 'viewer' ? [index] : [])),
  )
  if (random.chance(0.02))
    return [{ at: later(3), does: 'spam' as const, agent: first }].filter((step) => step.at < until)

  const priority = random.pick(['low', 'normal', 'normal', 'normal', 'normal', 'high', 'urgent'] as const)
  const chosen = random.chance(0.5)
    ? [random.pick(tags), ...(random.chance(0.3) ? [random.pick(tags)] : [])]
    : []
  steps.push({
    at: later(0.4, 1.2),
    does: 'triage',
    agent: first,
    category: path,
    priority,
    tags: [...new Set(chosen)],
    team,
    agrees: random.chance(AGREES),
  })
  if (plot.again !== null) {
    now = Math.max(now, plot.again)
    steps.push({ at: later(0.3), does: 'merge', agent: first })
  }
  steps.push({ at: later(0.6, 1.2), does: 'assign', agent: first, to: owner })
  if (random.chance(0.3))
    steps.push({ at: later(1), does: 'note', agent: owner, text: fill(random.pick(texts.notes)) })
  const quote = (text: string) =>
    random.chance(0.4) ? `On that day, Lumen & Lark wrote:\n> ${text.replaceAll('\n', '\n> ')}` : null
  for (let round = random.pick([0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 4, 9]); round > 0; round--) {
    const asked = fill(random.pick(texts.questions[language]))
    steps.push({
      at: later(4),
      does: 'reply',
      agent: owner,
      text: asked,
      status: random.chance(0.15) ? 'on_hold' : 'pending',
    })
    steps.push({
      at: later(14, 1.1),
      does: 'customer',
      text: fill(random.pick(texts.followUps[language])),
      quoted: quote(asked),
      thanks: false,
    })
    if (plot.copied && random.chance(0.4))
      steps.push({ at: later(3), does: 'cc', text: fill(random.pick(texts.bystanders[language])) })
  }
  if (random.chance(0.03))
    steps.push({
      at: later(1),
      does: 'snooze',
      agent: owner,
      until: Math.round(now + random.whole(1, 6) * DAY),
    })
  const answer = withArticle(plot.article, fill(random.pick(texts.answers[language])))
  steps.push({ at: later(7), does: 'reply', agent: owner, text: answer, status: 'resolved' })
  if (random.chance(0.015)) steps.push({ at: now + 90_000, does: 'bounce', hard: random.chance(0.4) })
  if (random.chance(0.22))
    steps.push({
      at: later(3),
      does: 'customer',
      text: random.pick(texts.thanks[language]),
      quoted: null,
      thanks: true,
    })
  if (random.chance(0.07)) {
    steps.push({
      at: later(20),
      does: 'customer',
      text: fill(random.pick(texts.followUps[language])),
      quoted: quote(answer),
      thanks: false,
    })
    steps.push({
      at: later(5),
      does: 'reply',
      agent: owner,
      text: fill(random.pick(texts.answers[language])),
      status: 'resolved',
    })
  }
  return [...steps, ...rated(random, plot, now)].filter((step) => step.at < until)
}

/** Customers are asked a working day after the resolve; some answer, most of them well. */
function rated(random: Random, { language }: Plot, resolvedAt: number): Step[] {
  const askedAt = resolvedAt + random.whole(24, 30) * HOUR
  const isWell = random.chance(0.84)
  const comment = random.chance(0.4) ? random.pick(texts.ratings[language][isWell ? 'good' : 'bad']) : ''
  const asked: Step = { at: askedAt, does: 'ask' }
  if (!random.chance(0.34)) return [asked]
  const score = isWell ? 5 : 1
  return [asked, { at: askedAt + random.whole(1, 40) * HOUR, does: 'rate', score, comment }]
}

/** An answer with the link to the article that says more. */
function withArticle(title: string | null, answer: string): string {
  if (title === null) return answer
  return `${answer}\n\n${title}: https://help.lumenandlark.example/help/en/${slugOf(title, 'en')}`
}
