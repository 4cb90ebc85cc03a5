// What people get when the assistant hands over: what was asked, what was tried, what it found, and why it does not answer. As the
// text of a note, in the desk's language.
import { linkOf } from '#assistant/answer-text.ts'
import type { Considered } from '#assistant/consider.ts'
import { sentencesOf } from '#assistant/verify.ts'
import type { EscalationReason } from '#assistant/words.ts'

const words = {
  en: {
    reasons: {
      no_evidence: 'No article answers this.',
      low_confidence: 'The best article is not likely enough to be right.',
      conflict: 'Two articles say different things.',
      policy_hard: 'This is for people by the hard list.',
      customer_asked: 'The customer asks for a person.',
      tool_failed: 'An action failed.',
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
    asked: 'Asked',
    looked: 'Looked at',
    nothing: 'nothing that fits',
    sure: 'Chance to be right',
    byProcedure: 'Procedure',
    notFound: 'not known',
    proposal: 'Proposed, beside the ticket to be approved',
    suggested: 'Suggested answer',
    category: 'Suggested category',
    team: 'Suggested team',
  },
  de: {
    reasons: {
      no_evidence: 'Kein Artikel beantwortet das.',
      low_confidence: 'Der beste Artikel stimmt nicht wahrscheinlich genug.',
      conflict: 'Zwei Artikel sagen Verschiedenes.',
      policy_hard: 'Das gehört nach der festen Liste zu Menschen.',
      customer_asked: 'Der Kunde möchte einen Menschen.',
      tool_failed: 'Eine Aktion ist gescheitert.',
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
    asked: 'Gefragt',
    looked: 'Angesehen',
    nothing: 'nichts, was passt',
    sure: 'Wahrscheinlichkeit',
    byProcedure: 'Ablauf',
    notFound: 'nicht bekannt',
    proposal: 'Vorgeschlagen, neben dem Ticket freizugeben',
    suggested: 'Vorschlag',
    category: 'Vorgeschlagene Kategorie',
    team: 'Vorgeschlagenes Team',
  },
} as const

const [LINES, SECTIONS, LONGEST_LINE] = [3, 3, 240]

/** The note of a hand-over or of a draft. */
export function packageText(
  considered: Considered,
  asked: {
    readonly question: string
    readonly language: string
    readonly baseUrl: string
    /** The name of the category it guesses. */
    readonly category: string | null
    /** And of the team. */
    readonly team: string | null
    /** And of the macro that a procedure proposes. */
    readonly proposal: string | null
  },
): string {
  const say = asked.language.startsWith('de') ? words.de : words.en
  const { decision, reason, evidence, answer, pCorrect, steps, procedure } = considered
  const isHandOver = decision === 'escalate'
  const reasons: Readonly<Record<EscalationReason, string>> = say.reasons
  const isRefused = isHandOver && steps.some(({ step }) => step === 'model')
  const why = isHandOver && reason !== null && reason in reasons
  return [
    isHandOver ? say.handed : say.draft,
    ...(isRefused ? [say.refused] : why ? [reasons[reason as EscalationReason]] : []),
    '',
    `${say.asked}:`,
    ...sentencesOf(asked.question)
      .slice(0, LINES)
      .map((each) => `- ${short(each)}`),
    '',
    ...(procedure === null
      ? []
      : [
          `${say.byProcedure}: ${procedure.name}`,
          ...procedure.facts.map(({ fact, value }) => `- ${fact}: ${short(value ?? say.notFound)}`),
          ...(asked.proposal === null ? [] : [`${say.proposal}: ${asked.proposal}`]),
        ]),
    ...(procedure === null ? lookedAt(evidence, say, asked.baseUrl) : []),
    ...(asked.category === null ? [] : [`${say.category}: ${asked.category}`]),
    ...(asked.team === null ? [] : [`${say.team}: ${asked.team}`]),
    ...(pCorrect === null ? [] : [`${say.sure}: ${Math.round(pCorrect * 100)} %`]),
    ...(answer === null ? [] : ['', `${say.suggested}:`, '', answer]),
  ].join('\n')
}

function lookedAt(
  evidence: Considered['evidence'],
  say: { readonly looked: string; readonly nothing: string },
  baseUrl: string,
): string[] {
  return [
    `${say.looked}: ${evidence.length === 0 ? say.nothing : ''}`.trimEnd(),
    ...evidence.slice(0, SECTIONS).map((each) => {
      const title = each.heading === '' ? each.title : `${each.title}: ${each.heading}`
      return `- ${title} ${linkOf(each, baseUrl)}`
    }),
  ]
}

function short(sentence: string): string {
  return sentence.length <= LONGEST_LINE ? sentence : `${sentence.slice(0, LONGEST_LINE)} …`
}
