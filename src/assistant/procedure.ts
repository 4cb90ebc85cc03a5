// Procedures: what is done about one matter, step by step, by code alone. A procedure is started by what was found of a ticket; it asks the
// customer for what is missing, one thing a message, looks up what the desk knows, and ends with an answer in its own words, a proposal
// that a person approves, or with people. Steps go on in their order and each is taken only where what it asks for holds. Pure.
import {
  filled,
  allOf,
  holds,
  isDistinct,
  readFact,
  sayer,
  type Only,
  type Wanted,
} from '#assistant/procedure-fact.ts'
import { outsideOf, type LookedUp, type Wish } from '#assistant/look-up.ts'
import { isAnswered, type Decision, type StepOutcome } from '#assistant/words.ts'

/** The same words in each of the procedure's languages, by its two letters. */
export type Texts = Readonly<Record<string, string>>

export type ProcedureStep = { readonly only: readonly Only[] } & (
  | ({ readonly kind: 'ask'; readonly fact: string; readonly text: Texts } & Wanted)
  /** `from`: of words.ts `deskFacts`, `field.KEY`, or `outside.KEY.ANSWER` of a look-up in another system. */
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
  /** Where it looked and found nothing; absent in runs of before. */
  readonly nowhere?: readonly string[]
  /** What was asked of other systems, and what came of it. */
  readonly outside?: readonly LookedUp[]
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
  /** What other systems have said of it by now, and whether they may be asked. */
  readonly outside: Outside
  /** The day at the desk, as 2026-05-31. */
  readonly today: string
}

export type Outside = { readonly recorded: readonly LookedUp[]; readonly asks: boolean }

export type Proceeded = {
  readonly run: ProcedureRun
  readonly end: 'ask' | 'answer' | 'close' | 'propose' | 'hand_over' | 'repeat' | 'failed' | 'commanded'
  /** What is said to the customer. */
  readonly text: string | null
}

/** The procedure that a matter starts; the first that fits. */
export function startedBy(procedures: readonly Procedure[], matter: Matter): Procedure | null {
  const isSaid = sayer(matter.question)
  const fits = <Value>(asked: Value | null, is: Value | null) => asked === null || asked === is
  return (
    procedures.find(
      ({ categoryId, brandId, languages, phrases }) =>
        fits(categoryId, matter.categoryId) &&
        fits(brandId, matter.brandId) &&
        languages.includes(matter.language) &&
        (phrases.length === 0 || phrases.some(isSaid)),
    ) ?? null
  )
}

/** What procedures did on a ticket since people last had it. */
export type SoFar = {
  /** What the next message goes on with. */
  readonly pending: ProcedureRun | null
  /** The keys of those that have come to their end: they do not begin again by themselves. */
  readonly ended: readonly string[]
}

export type Earlier = {
  readonly run: ProcedureRun
  readonly decision: Decision
  /** The customer had its words before the message that is looked at. */
  readonly hasLeft: boolean
  /** People did what it proposed, or called it wrong. */
  readonly isDecided: boolean
}

/** What is to be gone on with, of the runs of procedures, the newest first. */
export function soFarOf(runs: readonly Earlier[]): SoFar {
  const ended = runs.filter(isOver).map(({ run }) => run.key)
  const [newest] = runs
  if (newest === undefined || isOver(newest)) return { pending: null, ended }
  const { run, decision, hasLeft } = newest
  if (run.asked === null) return { pending: run.macroId === null ? null : run, ended }
  // What the customer was not asked is neither answered nor counted.
  const unasked = { ...run, asked: null, questions: Math.max(0, run.questions - 1) }
  return { pending: decision === 'ask' && hasLeft ? run : unasked, ended }
}

function isOver({ run, decision, hasLeft, isDecided }: Earlier): boolean {
  return isDecided || (run.asked === null && run.macroId === null && hasLeft && isAnswered(decision))
}

/** It cannot go on before another system was asked. */
export type Wishing = { readonly wants: Wish }

/** Goes on with what was begun, or starts what fits; null where no procedure is for this. */
export function proceed(
  procedures: readonly Procedure[],
  { pending, ended }: SoFar,
  matter: Matter,
): Proceeded | Wishing | null {
  if (pending === null) {
    const procedure = startedBy(procedures, matter)
    if (procedure === null) return null
    const fresh = freshRun(procedure, matter.language)
    if (!ended.includes(procedure.key)) return walk(procedure, fresh, matter)
    // Who writes again after its end was not helped by it.
    const trace = [{ step: 0, kind: null, did: 'repeated', fact: null }] as const
    return { run: { ...fresh, trace }, end: 'repeat', text: null }
  }
  const procedure = procedures.find(({ key }) => key === pending.key)
  const language = matter.saysLanguage ? matter.language : pending.language
  const gone: Proceeded = {
    run: {
      ...pending,
      asked: null,
      macroId: null,
      trace: [{ step: 0, kind: null, did: 'gone', fact: null }],
    },
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
function walk(procedure: Procedure, before: ProcedureRun, matter: Matter): Proceeded | Wishing {
  const said = before.facts.filter(({ from }) => from === null)
  const facts = new Map<string, KnownFact>(said.map((each) => [each.fact, each]))
  const trace: ProcedureRun['trace'][number][] = []
  const nowhere: string[] = []
  const outside = new Set<LookedUp>()
  const values = () => new Map([...facts].map(([fact, { value }]) => [fact, value]))
  const run = (more: Partial<ProcedureRun> = {}): ProcedureRun => ({
    ...before,
    name: procedure.name,
    facts: [...facts.values()],
    nowhere,
    outside: [...outside],
    asked: null,
    macroId: null,
    trace,
    ...more,
  })
  const over = (): Proceeded => ({ run: run(), end: 'hand_over', text: null })
  for (const [at, step] of procedure.steps.entries()) {
    const note = (did: StepOutcome, fact: string | null = null) =>
      trace.push({ step: at + 1, kind: step.kind, did, fact })
    if (!holds(step.only, values(), matter.today)) {
      note('left_out', 'fact' in step ? step.fact : null)
      continue
    }
    switch (step.kind) {
      case 'ask': {
        const { did, value } = answerTo(procedure, step, { known: facts.get(step.fact), before, matter })
        note(did, step.fact)
        if (value !== null) facts.set(step.fact, { fact: step.fact, value, from: null })
        if (did === 'known' || did === 'read') continue
        if (did !== 'asked' && did !== 'asked_again') return over()
        const asking = { asked: step.fact, questions: before.questions + 1 }
        return { run: run(asking), end: 'ask', text: step.text[before.language] ?? null }
      }
      case 'look_up': {
        const found = lookedUp(step.from, values(), matter)
        if ('wants' in found) return found
        const { value, by } = found
        if (by !== undefined) outside.add(by)
        const did = didOf(found)
        note(did, step.fact)
        if (did === 'failed')
          return { run: run(), end: by?.failed === 'commands' ? 'commanded' : 'failed', text: null }
        if (value === undefined) return over()
        if (value === null) nowhere.push(step.from)
        // What the customer said is not lost where the desk knows nothing.
        if (value !== null || !facts.has(step.fact))
          facts.set(step.fact, { fact: step.fact, value, from: step.from })
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

type Found = { readonly value: string | null | undefined; readonly by?: LookedUp }

/** What stands at a place: what the desk knows, or what another system said of just this; what is to be asked there first. */
function lookedUp(
  from: string,
  facts: ReadonlyMap<string, string | null>,
  { deskFacts, outside }: Matter,
): Found | Wishing {
  const value = deskFacts[from]
  const place = outsideOf(from)
  if (value !== undefined || place === null) return { value }
  const by = outside.recorded.findLast(
    ({ key, given }) =>
      key === place.key && Object.entries(given).every(([name, told]) => isSame(name, told)),
  )
  if (by !== undefined) return { value: by.answers[place.name], by }
  return outside.asks
    ? { wants: { key: place.key, known: { ...deskFacts, ...Object.fromEntries(facts) } } }
    : { value: undefined }
  function isSame(name: string, told: string) {
    const now = facts.has(name) ? facts.get(name) : deskFacts[name]
    // Looked at again, the desk's own facts of then are not all written down.
    return now === undefined || now?.trim() === told
  }
}

function didOf({ value, by }: Found): StepOutcome {
  if (by !== undefined && by.failed !== null) return 'failed'
  return value === undefined ? 'unknown' : value === null ? 'found_nothing' : 'looked_up'
}

type Asking = Extract<ProcedureStep, { kind: 'ask' }>

/** What becomes of a question, and the value that the message gives. */
function answerTo(
  procedure: Procedure,
  step: Asking,
  { known, before, matter }: { known: KnownFact | undefined; before: ProcedureRun; matter: Matter },
): { readonly did: StepOutcome; readonly value: string | null } {
  if (known !== undefined && known.value !== null) {
    const others = known.from === null ? corrections(procedure, step, known.value, matter.text) : []
    if (others.length > 1) return { did: 'handed_over', value: null }
    const [value = null] = others
    return { did: value === null ? 'known' : 'read', value }
  }
  const isAsked = before.asked === step.fact
  const value = readFact(step, isAsked ? matter.text : isDistinct(step) ? matter.question : '')
  if (value !== null) return { did: 'read', value }
  if (before.questions >= procedure.mostQuestions) return { did: 'enough_asked', value }
  return { did: isAsked ? 'asked_again' : 'asked', value }
}

/** What a customer says now in place of a value; nothing where it may be meant for another step. */
function corrections({ steps }: Procedure, step: Asking, known: string, text: string): string[] {
  if (!isDistinct(step)) return []
  const isElse = steps.some(
    (each) =>
      each.kind === 'ask' && each.as === 'code' && each.fact !== step.fact && allOf(each, text).length > 0,
  )
  return isElse ? [] : allOf(step, text).filter((value) => value !== known)
}

/** Where the steps of procedures look things up. */
export function lookedUpBy(procedures: readonly Procedure[]): string[] {
  const all = procedures.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'look_up' ? [step.from] : [])),
  )
  return [...new Set(all)]
}

export type Recorded = Pick<ProcedureRun, 'facts' | 'nowhere' | 'outside'>

/** What the desk had found on a run, by where: looked at again, a ticket meets the same. */
export function recordedOf({ facts, nowhere = [] }: Recorded): Record<string, string | null> {
  const found = facts.flatMap(({ from, value }) => (from === null ? [] : [[from, value] as const]))
  return Object.fromEntries([...nowhere.map((from) => [from, null] as const), ...found])
}
