// What people get when the assistant hands over: what it is about, what was asked, what is missing, what was tried, what it found, where it
// belongs, and why it does not answer. As the text of a note, in the desk's language; and whether it is whole. Pure.
import { linkOf } from '#assistant/answer-text.ts'
import type { Considered } from '#assistant/consider.ts'
import { short, summaryOf } from '#assistant/summary.ts'
import type { EscalationReason, PackagePart } from '#assistant/words.ts'

const words = {
  en: {
    reasons: {
      no_evidence: 'No article answers this.',
      low_confidence: 'The best article is not likely enough to be right.',
      conflict: 'Two articles say different things.',
      policy_hard: 'This is for people by the hard list.',
      customer_asked: 'The customer asks for a person.',
      tool_failed: 'Something that had to be done or looked up failed.',
      repeat: 'The customer came back after an automatic answer.',
      language: 'There are no words for this language.',
      out_of_scope: 'This is outside of what the assistant answers.',
      injection: 'A text tries to command the assistant.',
      budget: 'The day’s answers are used up.',
      provider_down: 'The model cannot be reached.',
      superseded: 'Something newer came in between.',
      attachment_only: 'There is a file, and no words.',
    },
    handed: 'The assistant hands this over.',
    refused: 'The model’s words did not hold to the articles. The suggestion is an article’s own.',
    draft: 'The assistant suggests an answer.',
    about: 'In short',
    asked: 'Asked',
    missing: 'Missing',
    tried: 'Tried',
    searched: 'an article for the question',
    notSearched: 'nothing, this goes to people before anything is looked up',
    before: (n: number) => `${n} automatic ${n === 1 ? 'answer' : 'answers'} before`,
    questions: (n: number) => `${n} ${n === 1 ? 'question' : 'questions'} asked`,
    worded: 'a model’s words, which did not hold to the articles',
    outside: (key: string) => `the look-up “${key}”`,
    problems: {
      gone: 'is not for this ticket',
      missing: 'was not done: something it asks for is not known',
      unproven: 'was not done: nothing proves who the customer is',
      not_allowed: 'leads where the desk may not go',
      unreachable: 'could not be reached',
      timeout: 'did not answer in time',
      key_refused: 'refuses its key',
      refused: 'gave an error',
      too_large: 'answered more than can be read',
      unreadable: 'answered with what cannot be read',
      shape: 'answered with something else than expected',
      commands: 'answered with a text that tries to command the assistant',
    },
    looked: 'Looked at',
    nothing: 'nothing that fits',
    sure: 'Chance to be right',
    byProcedure: 'Procedure',
    notFound: 'not known',
    proposal: 'Proposed, beside the ticket to be approved',
    suggested: 'Suggested answer',
    category: 'Suggested category',
    team: 'Suggested team',
    queue: 'Suggested queue',
    noQueue: 'none takes it',
    skills: 'Suggested skills',
  },
  de: {
    reasons: {
      no_evidence: 'Kein Artikel beantwortet das.',
      low_confidence: 'Der beste Artikel stimmt nicht wahrscheinlich genug.',
      conflict: 'Zwei Artikel sagen Verschiedenes.',
      policy_hard: 'Das gehört nach der festen Liste zu Menschen.',
      customer_asked: 'Der Kunde möchte einen Menschen.',
      tool_failed: 'Etwas, das zu tun oder nachzusehen war, ist gescheitert.',
      repeat: 'Der Kunde kam nach einer automatischen Antwort zurück.',
      language: 'Für diese Sprache fehlen die Worte.',
      out_of_scope: 'Das liegt außerhalb dessen, was der Assistent beantwortet.',
      injection: 'Ein Text versucht, den Assistenten zu steuern.',
      budget: 'Die Antworten des Tages sind verbraucht.',
      provider_down: 'Das Modell ist nicht erreichbar.',
      superseded: 'Inzwischen kam etwas Neueres.',
      attachment_only: 'Es gibt eine Datei und keine Worte.',
    },
    handed: 'Der Assistent übergibt.',
    refused: 'Die Worte des Modells hielten sich nicht an die Artikel. Der Vorschlag ist der eines Artikels.',
    draft: 'Der Assistent schlägt eine Antwort vor.',
    about: 'In Kürze',
    asked: 'Gefragt',
    missing: 'Es fehlt',
    tried: 'Versucht',
    searched: 'ein Artikel zur Frage',
    notSearched: 'nichts, das geht an Menschen, bevor etwas gesucht wird',
    before: (n: number) => `vorher ${n} automatische ${n === 1 ? 'Antwort' : 'Antworten'}`,
    questions: (n: number) => `${n} ${n === 1 ? 'Frage' : 'Fragen'} gestellt`,
    worded: 'die Worte eines Modells, die sich nicht an die Artikel hielten',
    outside: (key: string) => `die Abfrage „${key}“`,
    problems: {
      gone: 'ist nicht für dieses Ticket',
      missing: 'unterblieb: etwas, das sie verlangt, ist nicht bekannt',
      unproven: 'unterblieb: nichts belegt, wer die anfragende Person ist',
      not_allowed: 'führt dorthin, wohin der Desk nicht darf',
      unreachable: 'war nicht erreichbar',
      timeout: 'antwortete nicht rechtzeitig',
      key_refused: 'lehnt ihren Schlüssel ab',
      refused: 'ergab einen Fehler',
      too_large: 'ergab mehr, als gelesen werden kann',
      unreadable: 'ergab etwas Unlesbares',
      shape: 'ergab etwas anderes als erwartet',
      commands: 'ergab einen Text, der den Assistenten zu steuern versucht',
    },
    looked: 'Angesehen',
    nothing: 'nichts, was passt',
    sure: 'Wahrscheinlichkeit',
    byProcedure: 'Ablauf',
    notFound: 'nicht bekannt',
    proposal: 'Vorgeschlagen, neben dem Ticket freizugeben',
    suggested: 'Vorschlag',
    category: 'Vorgeschlagene Kategorie',
    team: 'Vorgeschlagenes Team',
    queue: 'Vorgeschlagene Warteschlange',
    noQueue: 'keine nimmt es',
    skills: 'Vorgeschlagene Fähigkeiten',
  },
} as const

const SECTIONS = 3

export type PackageFacts = {
  /** The customer's messages, without secrets, the oldest first. */
  readonly said: readonly string[]
  readonly language: string
  readonly baseUrl: string
  /** The names of the category and the team that it guesses. */
  readonly category: string | null
  readonly team: string | null
  /** Of the macro that a procedure proposes. */
  readonly proposal: string | null
  /** What has to be known before the ticket can be resolved, and is not. */
  readonly missing: readonly string[]
  /** The queue that would take it; null: none. Absent on a desk that does not route. */
  readonly queue: string | null | undefined
  readonly skills: readonly string[]
  /** Its own answers to this customer before. */
  readonly answersBefore: number
}

/** The note of a hand-over or of a draft. */
export function packageText(considered: Considered, facts: PackageFacts): string {
  const say = facts.language.startsWith('de') ? words.de : words.en
  const { decision, reason, answer, pCorrect, procedure } = considered
  const isHandOver = decision === 'escalate'
  const reasons: Readonly<Record<EscalationReason, string>> = say.reasons
  const why = isHandOver && reason !== null && reason in reasons
  const { lines, asked } = summaryOf(facts.said)
  return [
    isHandOver ? say.handed : say.draft,
    ...(wasRefused(considered) ? [say.refused] : why ? [reasons[reason as EscalationReason]] : []),
    ...listed(say.about, lines),
    ...listed(say.asked, asked),
    ...listed(say.missing, missingOf(considered, facts)),
    '',
    ...(procedure === null
      ? lookedAt(considered, say, facts.baseUrl)
      : [
          `${say.byProcedure}: ${procedure.name}`,
          ...procedure.facts.map(({ fact, value }) => `- ${fact}: ${short(value ?? say.notFound)}`),
          ...(facts.proposal === null ? [] : [`${say.proposal}: ${facts.proposal}`]),
        ]),
    ...(isHandOver ? [`${say.tried}: ${triedOf(considered, facts, say).join('; ')}`] : []),
    ...(facts.category === null ? [] : [`${say.category}: ${facts.category}`]),
    ...(facts.team === null ? [] : [`${say.team}: ${facts.team}`]),
    ...(facts.queue === undefined ? [] : [`${say.queue}: ${facts.queue ?? say.noQueue}`]),
    ...(facts.skills.length === 0 ? [] : [`${say.skills}: ${facts.skills.join(', ')}`]),
    ...(pCorrect === null ? [] : [`${say.sure}: ${Math.round(pCorrect * 100)} %`]),
    ...(answer === null ? [] : ['', `${say.suggested}:`, '', answer]),
  ].join('\n')
}

/** What a package lacks that people would have to find out by themselves; nothing: it is whole. */
export function lacksOf(
  { reason, evidence, answer }: Considered,
  { said, queue }: PackageFacts,
): PackagePart[] {
  return [
    ...(reason !== 'attachment_only' && summaryOf(said).asked.length === 0 ? (['asked'] as const) : []),
    ...(queue === null ? (['queue'] as const) : []),
    // What it found and thought too little of is still where an answer begins.
    ...(reason === 'low_confidence' && evidence.length > 0 && answer === null ? (['reply'] as const) : []),
  ]
}

/** What a procedure asked for or looked up in vain, and what the desk wants to know of every ticket. */
function missingOf({ procedure }: Considered, { missing }: PackageFacts): string[] {
  const known = procedure?.facts.filter(({ value }) => value !== null).map(({ fact }) => fact) ?? []
  const tried = procedure?.trace.flatMap(({ fact }) => fact ?? []) ?? []
  const left = tried.filter((fact) => !known.includes(fact))
  return [...new Set([...left, ...missing])]
}

function wasRefused({ decision, steps }: Considered): boolean {
  return decision === 'escalate' && steps.some(({ step }) => step === 'model')
}

type Say = (typeof words)['en' | 'de']

function triedOf(considered: Considered, { answersBefore }: PackageFacts, say: Say): string[] {
  const { steps, procedure } = considered
  const tried = [
    ...(answersBefore === 0 ? [] : [say.before(answersBefore)]),
    ...(procedure === null || procedure.questions === 0 ? [] : [say.questions(procedure.questions)]),
    ...(procedure?.outside ?? []).map(({ key, failed }) =>
      failed === null ? say.outside(key) : `${say.outside(key)} ${say.problems[failed]}`,
    ),
    ...(steps.some(({ step }) => step === 'retrieve') ? [say.searched] : []),
    ...(wasRefused(considered) ? [say.worded] : []),
  ]
  return tried.length === 0 ? [say.notSearched] : tried
}

function listed(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${head}:`, ...lines.map((line) => `- ${line}`)]
}

function lookedAt(
  { evidence, steps }: Considered,
  say: { readonly looked: string; readonly nothing: string },
  baseUrl: string,
): string[] {
  if (evidence.length === 0 && !steps.some(({ step }) => step === 'retrieve')) return []
  return [
    `${say.looked}: ${evidence.length === 0 ? say.nothing : ''}`.trimEnd(),
    ...evidence.slice(0, SECTIONS).map((each) => {
      const title = each.heading === '' ? each.title : `${each.title}: ${each.heading}`
      return `- ${title} ${linkOf(each, baseUrl)}`
    }),
  ]
}
