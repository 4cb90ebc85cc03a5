// Forms that customers fill in: what is asked in which order, and what an answer may be. Knows no HTML and no HTTP.
import type { BrandId, CategoryId, FormId, TeamId } from '#kit/ids.ts'
import { mendedAddress } from '#mail/address.ts'
import { never } from '#kit/never.ts'
import type { Field } from '#setup/taxonomy-store.ts'

/** `name`, `email`, `subject`, `message`, or `field.KEY` for a field of the desk. */
export type Ask = string
export type Question = {
  readonly ask: Ask
  /** Null: the field's own label, or the page's word for it. */
  readonly label: string | null
  readonly help: string | null
  readonly required: boolean
  /** Asked, or required, only when an earlier question has one of these answers; `on` is a ticked box. */
  readonly when?: When | null
}
export type When = {
  readonly ask: Ask
  readonly is: readonly string[]
  readonly makes: 'shown' | 'required'
}
export type Form = {
  readonly id: FormId
  readonly key: string
  readonly title: string
  readonly intro: string
  readonly brandId: BrandId
  readonly teamId: TeamId | null
  readonly categoryId: CategoryId | null
  readonly questions: readonly Question[]
  readonly files: boolean
  readonly thanks: string
  /** The pages elsewhere that may show it in a frame. */
  readonly origins: readonly string[]
  readonly archived: boolean
}

/** What a browser sends: each name with its values, in order. */
export type Filled = Readonly<Record<string, readonly string[]>>
/** Why an answer does not do. */
export type Fault = 'missing' | 'address' | 'option' | 'number' | 'date' | 'url'
export type Answers = {
  readonly name: string
  readonly email: string
  readonly subject: string
  readonly message: string
  /** By the field's key. */
  readonly fields: Record<string, string | number | boolean | string[]>
}

/** A form's question with the field it asks for; questions for fields that are gone are left out. */
export type Asked = Question & { readonly field: Field | null; readonly when: When | null }

/** The questions as they are asked today. */
export function askedBy(form: Pick<Form, 'questions'>, fields: readonly Field[]): Asked[] {
  const fieldOf = (ask: Ask) =>
    fields.find(({ key, archived }) => `field.${key}` === ask && !archived) ?? null
  return form.questions.flatMap((question): Asked[] => {
    const field = fieldOf(question.ask)
    // What hung on a field that is gone is asked of everybody.
    const when = question.when != null && fieldOf(question.when.ask) !== null ? question.when : null
    return question.ask.startsWith('field.') && field === null ? [] : [{ ...question, field, when }]
  })
}

/** Why the questions cannot hang on each other as they do; null when they can. */
export function whenProblem(questions: readonly Question[], fields: readonly Field[]): string | null {
  for (const [at, { ask, when }] of questions.entries()) {
    if (when == null) continue
    if (ask === 'email' || ask === 'message') return `${ask} is asked of everybody`
    if (!questions.slice(0, at).some((earlier) => earlier.ask === when.ask))
      return `${ask} hangs on ${when.ask}, which is not asked before it`
    const options = answersOf(fields.find(({ key }) => `field.${key}` === when.ask))
    const unknown = when.is.find((answer) => !options.includes(answer))
    if (unknown !== undefined) return `${ask} hangs on "${unknown}", which is no answer to ${when.ask}`
  }
  return null
}

/** The answers that other questions may hang on. */
function answersOf(field: Field | undefined): readonly string[] {
  if (field?.type === 'checkbox') return ['on']
  return field?.type === 'select' || field?.type === 'multi_select' ? field.options : []
}

/** The questions that these answers leave to be asked, each required or not. A question that is not asked has no answer. */
function askedGiven(asked: readonly Asked[], filled: Filled): Asked[] {
  const open = new Set<Ask>()
  return asked.flatMap((question): Asked[] => {
    const { ask, when, required } = question
    const holds =
      when === null || (open.has(when.ask) && when.is.some((one) => filled[when.ask]?.includes(one)))
    if (!holds && when.makes === 'shown') return []
    open.add(ask)
    return [{ ...question, required: required || (holds && when?.makes === 'required') }]
  })
}

const LONGEST: Readonly<Record<string, number>> = { name: 200, email: 1_000, subject: 500, message: 100_000 }

/** Reads what was filled in; faults by question where something does not do. What is not asked for is not read. */
export function readAnswers(
  asked: readonly Asked[],
  filled: Filled,
): { readonly answers: Answers; readonly faults: Readonly<Record<Ask, Fault>> } {
  const text = (ask: Ask) => (filled[ask]?.[0] ?? '').trim().slice(0, LONGEST[ask] ?? 10_000)
  const fields: Record<string, string | number | boolean | string[]> = {}
  const faults: Record<Ask, Fault> = {}
  for (const { ask, field, required } of askedGiven(asked, filled)) {
    const given = (filled[ask] ?? []).map((value) => value.trim()).filter((value) => value !== '')
    if (given.length === 0) {
      if (required || ask === 'email' || ask === 'message') faults[ask] = 'missing'
    } else if (ask === 'email') {
      if (mendedAddress(text(ask)) === null) faults[ask] = 'address'
    } else if (field !== null) {
      const value = valueOf(field, given)
      if (typeof value === 'object' && 'fault' in value) faults[ask] = value.fault
      else fields[field.key] = value
    }
  }
  return {
    answers: {
      name: text('name'),
      email: mendedAddress(text('email')) ?? text('email'),
      subject: text('subject'),
      message: text('message'),
      fields,
    },
    faults,
  }
}

function valueOf(
  { type, options }: Field,
  given: readonly string[],
): string | number | boolean | string[] | { readonly fault: Fault } {
  const first = (given[0] ?? '').slice(0, 10_000)
  switch (type) {
    case 'text':
    case 'long_text':
      return first
    case 'number':
      return Number.isFinite(Number(first)) ? Number(first) : { fault: 'number' }
    case 'checkbox':
      return true
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(first) ? first : { fault: 'date' }
    case 'url':
      return /^https?:\/\/\S+$/.test(first) ? first : { fault: 'url' }
    case 'select':
      return options.includes(first) ? first : { fault: 'option' }
    case 'multi_select':
      return given.every((value) => options.includes(value)) ? [...new Set(given)] : { fault: 'option' }
    default:
      return never(type)
  }
}
