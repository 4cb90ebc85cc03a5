// Words for tests of the assistant: a quiet ticket, a small help center, a configuration that may answer alone, and one run over them.
import { readCase, decideCase, type Case, type Considered } from '#assistant/consider.ts'
import { standardConfig, type AssistantConfig } from '#assistant/config.ts'
import { freshTicket, type Standing } from '#assistant/gate.ts'
import type { Incoming } from '#assistant/normalise.ts'
import type { Procedure } from '#assistant/procedure.ts'
import { considerRecorded } from '#assistant/procedure-case.ts'
import { retrievalOf, retrieve } from '#assistant/retrieval.ts'
import { documentOf, sectionsOf, type Section } from '#assistant/sections.ts'
import type { PastAnswer } from '#assistant/answerable.ts'

export const returns = 5

export const quiet: Standing = {
  ...freshTicket,
  ticketId: 1042,
  brandId: 1,
  channel: 'email',
  categoryId: returns,
}

export const answersAlone: AssistantConfig = {
  ...standardConfig,
  otherwise: 'suggest',
  holdout: 0,
  rows: [{ brandId: null, channel: null, categoryId: returns, mode: 'auto', share: 1 }],
  thresholds: { [returns]: { from: 0.95, n: 300, bound: 0.01 } },
}

/** A step that asks for the number of an order. */
export const asksForOrder = {
  kind: 'ask',
  only: [],
  fact: 'order',
  as: 'code',
  example: 'LU-12345',
  choices: [],
  text: { en: 'Which?' },
} as const satisfies Procedure['steps'][number]

/** A calibration that says the same of every answer. */
export function saysAlways(share: number): AssistantConfig['calibration'] {
  const none = { means: [], scales: [], weights: [], bias: 0 }
  return { n: 300, ...none, steps: [{ from: 0, share }] }
}

export function article(articleId: number, title: string, body: string): Section[] {
  const path = `/help/en/${articleId}`
  return sectionsOf({ articleId, version: 1, title, body, language: 'en', path })
}

export const helpCenter: readonly Section[] = [
  ...article(
    1,
    'Returning a lamp',
    '<p>Send it back within 30 days. We pay for the parcel.</p><h2>Money back</h2><p>It arrives five days after the parcel.</p>',
  ),
  ...article(2, 'Warranty', '<p>Lamps are replaced for two years. Keep the receipt.</p>'),
  ...article(3, 'Resetting your password', '<p>Ask for a link on the page where you sign in.</p>'),
  ...article(4, 'When it arrives', '<p>The courier writes to you. Parcels take three days.</p>'),
]

export const asks: Incoming = {
  subject: 'Returning a lamp',
  text: 'How can I return my lamp?',
  quoted: null,
  attachmentNames: [],
  spoken: ['en'],
}

export type Told = {
  readonly standing?: Partial<Standing>
  readonly incoming?: Partial<Incoming>
  readonly config?: Partial<AssistantConfig> | null
  readonly guesses?: Case['guesses']
  readonly articles?: readonly Section[]
  readonly past?: readonly PastAnswer[]
  /** How likely the best article answers; of these few it is likely. */
  readonly answerable?: number
  readonly today?: string
}

/** One run. */
export function consider(told: Told = {}): Considered {
  const config = told.config === null ? null : { ...answersAlone, ...told.config }
  const standing = { ...quiet, ...told.standing }
  const each = { standing, incoming: { ...asks, ...told.incoming }, config, guesses: told.guesses ?? [] }
  const read = readCase(each)
  if ('decision' in read || config === null) return read as Considered
  const gone = considerRecorded({ ...each, config }, read, told.today ?? '2026-06-15')
  if (gone !== null) return gone
  const articles = told.articles ?? helpCenter
  const byId = new Map(articles.map((section) => [section.id, section]))
  const { ranked } = retrieve(retrievalOf(articles.map(documentOf)), read.normal.question, 5)
  const sections = ranked.flatMap(({ id, score }) => {
    const section = byId.get(id)
    return section === undefined ? [] : [{ ...section, score }]
  })
  const { answerable = 0.8 } = told
  const known = { history: 0.5, baseUrl: 'https://desk.example' }
  return decideCase({ ...each, config }, read, { sections, past: told.past ?? [], answerable }, known)
}
