// Procedures: what is done about one matter, step by step, by code alone. A procedure is started by what was found of a ticket; it asks the
// customer for what is missing, one thing a message, looks up what the desk knows, and ends with an answer in its own words, a proposal
// that a person approves, or with people. Steps go on in their order and each is taken only where what it asks for holds. Pure.
import {
  filled,
  holds,
  isDistinct,
  readFact,
  says,
  type Only,
  type Wanted,
} from '#assistant/procedure-fact.ts'
import type { StepOutcome } from '#assistant/words.ts'
import type { Instant } from '#kit/time.ts'

/** The same words in each of the procedure's languages, by its two letters. */
export type Texts = Readonly<Record<string, string>>

export type ProcedureStep = { readonly only: readonly Only[] } & (
  | ({ readonly kind: 'ask'; readonly fact: string; readonly text: Texts } & Wanted)
  /** `from`: of words.ts `deskFacts`, or `field.KEY`. */
  | { readonly kind: 'look_up'; readonly fact: string; readonly from: string }
  | { readonly kind: 'answer'; readonly text: Texts; readonly closes: boolean }
  | { readonly kind: 'propose'; readonly macroId: number }
  | { readonly kind: 'hand_over' }
)

export type Procedure = {
  /** What scenarios and runs know it by; its name may change. */
  readonly key: string
  readonly name: string
  /** Null: of any. */
  readonly categoryId: number | null
  readonly brandId: number | null
  readonly languages: readonly string[]
  /** One of them must be said; none: the category alone starts it. */
  readonly phrases: readonly string[]
  readonly mostQuestions: number
  readonly steps: readonly ProcedureStep[]
}

export type KnownFact = {
  readonly fact: string
  readonly value: string | null
  /** Where the desk looked it up; null: the customer said it. */
  readonly from: string | null
}

/** How far a procedure has come on a ticket. */
export type ProcedureRun = {
  readonly key: string
  readonly name: string
  readonly language: string
  /** A customer's words, which go when theirs go. */
  readonly facts: readonly KnownFact[]
  /** What its last message asks for. */
  readonly asked: string | null
  readonly questions: number
  /** By the number of the step, from 1; without any words of a customer's. */
  readonly trace: readonly {
    readonly step: number
    readonly kind: ProcedureStep['kind'] | null
    readonly did: StepOutcome
    readonly fact: string | null
  }[]
  /** What it proposes to be done. */
  readonly macroId: number | null
}

/** What a procedure is asked about. */
export type Matter = {
  readonly categoryId: number | null
  readonly brandId: number
  /** Subject and text; and the text alone, which may answer a question. */
  readonly question: string
  readonly text: string
  readonly language: string
  /** The text is long enough to say its language. */
  readonly saysLanguage: boolean
  /** What the desk knows, by where it is looked up; what is not in it cannot be known here. */
  readonly deskFacts: Readonly<Record<string, string | null>>
  readonly at: Instant
}

export type Proceeded = {
  readonly run: ProcedureRun
  readonly end: 'ask' | 'answer' | 'close' | 'propose' | 'hand_over'
  /** What is said to the customer. */
  readonly text: string | null
}

/** The procedure that a matter starts; the first that fits. */
export function startedBy(procedures: readonly Procedure[], matter: Matter): Procedure | null {
  const fits = <Value>(asked: Value | null, is: Value | null) => asked === null || asked === is
  return (
    procedures.find(
      ({ categoryId, brandId, languages, phrases }) =>
        fits(categoryId, matter.categoryId) &&
        fits(brandId, matter.brandId) &&
        languages.includes(matter.language) &&
        (phrases.length === 0 || phrases.some((phrase) => says(matter.question, phrase))),
    ) ?? null
  )
}

/** Goes on with what was asked for, or starts what fits; null where no procedure is for this. */
export function proceed(
  procedures: readonly Procedure[],
  pending: ProcedureRun | null,
  matter: Matter,
): Proceeded | null {
  if (pending === null) {
    const procedure = startedBy(procedures, matter)
    return procedure === null ? null : walk(procedure, freshRun(procedure, matter.language), matter)
  }
  const procedure = procedures.find(({ key }) => key === pending.key)
  const language = matter.saysLanguage ? matter.language : pending.language
  const gone: Proceeded = {
    run: { ...pending, asked: null, trace: [{ step: 0, kind: null, did: 'gone', fact: null }] },
    end: 'hand_over',
    text: null,
  }
  // Who changes to a language that it has no words in gets people.
  if (procedure === undefined || !procedure.languages.includes(language)) return gone
  return walk(procedure, { ...pending, language }, matter)
}

function freshRun({ key, name }: Procedure, language: string): ProcedureRun {
  return { key, name, language, facts: [], asked: null, questions: 0, trace: [], macroId: null }
}

/** From the first step on: what is known by now is not asked for again, and what is looked up is as it is now. */
function walk(procedure: Procedure, before: ProcedureRun, matter: Matter): Proceeded {
  const said = before.facts.filter(({ from }) => from === null)
  const facts = new Map<string, KnownFact>(said.map((each) => [each.fact, each]))
  const trace: ProcedureRun['trace'][number][] = []
  const values = () => new Map([...facts].map(([fact, { value }]) => [fact, value]))
  const run = (more: Partial<ProcedureRun> = {}): ProcedureRun => ({
    ...before,
    name: procedure.name,
    facts: [...facts.values()],
    asked: null,
    trace,
    ...more,
  })
  const over = (): Proceeded => ({ run: run(), end: 'hand_over', text: null })
  for (const [at, step] of procedure.steps.entries()) {
    const note = (did: StepOutcome, fact: string | null = null) =>
      trace.push({ step: at + 1, kind: step.kind, did, fact })
    if (!holds(step.only, values(), matter.at)) {
      note('left_out', 'fact' in step ? step.fact : null)
      continue
    }
    switch (step.kind) {
      case 'ask': {
        if (facts.has(step.fact)) {
          note('known', step.fact)
          continue
        }
        const isAnswered = before.asked === step.fact
        const value = readFact(step, isAnswered ? matter.text : isDistinct(step) ? matter.question : '')
        if (value !== null) {
          facts.set(step.fact, { fact: step.fact, value, from: null })
          note('read', step.fact)
          continue
        }
        if (before.questions >= procedure.mostQuestions) {
          note('enough_asked', step.fact)
          return over()
        }
        note(isAnswered ? 'asked_again' : 'asked', step.fact)
        const asking = { asked: step.fact, questions: before.questions + 1 }
        return { run: run(asking), end: 'ask', text: step.text[before.language] ?? null }
      }
      case 'look_up': {
        const value = matter.deskFacts[step.from]
        if (value === undefined) {
          note('unknown', step.fact)
          return over()
        }
        facts.set(step.fact, { fact: step.fact, value, from: step.from })
        note(value === null ? 'found_nothing' : 'looked_up', step.fact)
        continue
      }
      case 'answer': {
        const text = filled(step.text[before.language] ?? '', values())
        note(text === null ? 'hole' : 'answered')
        return text === null ? over() : { run: run(), end: step.closes ? 'close' : 'answer', text }
      }
      case 'propose':
        note('proposed')
        return { run: run({ macroId: step.macroId }), end: 'propose', text: null }
      case 'hand_over':
        note('handed_over')
        return over()
    }
  }
  trace.push({ step: procedure.steps.length + 1, kind: null, did: 'ended', fact: null })
  return over()
}

/** Where the steps of procedures look things up. */
export function lookedUpBy(procedures: readonly Procedure[]): string[] {
  const all = procedures.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'look_up' ? [step.from] : [])),
  )
  return [...new Set(all)]
}

/** What the desk had found on a run, by where: looked at again, a ticket meets the same. */
export function recordedOf(facts: readonly KnownFact[]): Record<string, string | null> {
  return Object.fromEntries(facts.flatMap(({ from, value }) => (from === null ? [] : [[from, value]])))
}
