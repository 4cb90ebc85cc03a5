// What is wrong with procedures as somebody wrote them, before they are kept. Pure.
import { namedIn } from '#assistant/procedure-fact.ts'
import type { Procedure, ProcedureStep, Texts } from '#assistant/procedure.ts'

export type ProcedureProblem = { readonly path: string; readonly why: string }

/** Everything that would make a procedure stop in the middle: all of it, with where it stands. */
export function problemsOf(procedures: readonly Procedure[]): ProcedureProblem[] {
  return procedures.flatMap((procedure, at) => [
    ...(procedures.findIndex(({ key }) => key === procedure.key) < at
      ? [{ path: `${at}.key`, why: 'is another procedure’s' }]
      : []),
    ...problemsIn(procedure).map(({ path, why }) => ({ path: `${at}.${path}`, why })),
  ])
}

function problemsIn({ categoryId, phrases, languages, steps }: Procedure): ProcedureProblem[] {
  const known = new Set<string>()
  const problems: ProcedureProblem[] = []
  if (categoryId === null && phrases.length === 0)
    problems.push({ path: 'phrases', why: 'a procedure is started by a category, by words, or by both' })
  for (const [at, step] of steps.entries()) {
    const say = (field: string, why: string) => problems.push({ path: `steps.${at}.${field}`, why })
    for (const { fact, is, value } of step.only) {
      if (!known.has(fact)) say('only', `“${fact}” is neither asked for nor looked up before this step`)
      if ((is === 'more' || is === 'less') && !isNumber(value)) say('only', `“${value}” is no number`)
    }
    problemsOfStep(step, languages, known, say)
    if (step.kind === 'ask' || step.kind === 'look_up') known.add(step.fact)
  }
  const last = steps.at(-1)
  if (last !== undefined && (last.kind === 'ask' || last.kind === 'look_up'))
    problems.push({
      path: `steps.${steps.length - 1}.kind`,
      why: 'ends without an answer, a proposal or people',
    })
  return problems
}

function problemsOfStep(
  step: ProcedureStep,
  languages: readonly string[],
  known: ReadonlySet<string>,
  say: (field: string, why: string) => void,
): void {
  if (step.kind === 'ask' && step.as === 'code' && !/\d|\*/.test(step.example))
    say('example', 'shows how it looks, with a digit at least')
  if (step.kind === 'ask' && step.as === 'choice' && step.choices.length < 2)
    say('choices', 'are two at least')
  if (step.kind !== 'ask' && step.kind !== 'answer') return
  for (const language of languages) {
    const text = wordsIn(step.text, language)
    if (text === '') say(`text.${language}`, 'is missing')
    for (const name of step.kind === 'answer' ? namedIn(text) : [])
      if (!known.has(name)) say(`text.${language}`, `“${name}” is neither asked for nor looked up before`)
    if (step.kind === 'ask' && namedIn(text).length > 0)
      say(`text.${language}`, 'a question has no placeholders')
    if (step.kind === 'ask' && (text.match(/[?？؟]/gu) ?? []).length > 1)
      say(`text.${language}`, 'asks for one thing a message')
  }
}

const wordsIn = (text: Texts, language: string) => (text[language] ?? '').trim()
const isNumber = (value: string) => value.trim() !== '' && Number.isFinite(Number(value))
