// What is wrong with rules before they run: errors, which keep a rulebook from going live, and warnings, which somebody must
// accept. Each has its place. Nothing here asks a ticket.
import { problemsOf } from '#rules/check.ts'
import { leavesOf, type Cond } from '#rules/condition.ts'
import { conflictsOf } from '#rules/analyse-pairs.ts'
import { namesFor, type Directory } from '#rules/directory.ts'
import type { Referred } from '#rules/thing.ts'
import type { Problem, RuleProblem } from '#rules/problem.ts'
import { failingTests } from '#rules/rule-tests.ts'
import { referencesOf, type Reference } from '#rules/references.ts'
import { render, templateProblem, type TemplateData } from '#rules/render.ts'
import { settingOf, type Action } from '#rules/action.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'
import { canHold } from '#rules/solve.ts'

export type Analysing = {
  readonly directory: Directory
  /** Keys of the webhooks there are. */
  readonly webhooks: ReadonlySet<string>
  /** The present day, such as 2026-03-02. */
  readonly today: string
}

/** Everything wrong with a rulebook, errors first. */
export function analyse(
  rulebook: Pick<Rulebook, 'rules' | 'templates' | 'sections'>,
  how: Analysing,
): readonly RuleProblem[] {
  const alone = rulebook.rules.flatMap((rule) =>
    analyseRule(rule, rulebook, how).map((problem) => ({ ...problem, ruleId: rule.id })),
  )
  const templates = rulebook.templates.flatMap((template): RuleProblem[] => {
    const message = problemOfTemplate(template, how.directory)
    return message === null
      ? []
      : [
          {
            ruleId: null,
            place: `templates.${template.key}`,
            code: 'template_error',
            level: 'error',
            message,
          },
        ]
  })
  const found = [
    ...alone,
    ...tooMany(rulebook.rules),
    ...templates,
    ...doubled(rulebook.rules),
    ...conflictsOf(rulebook.rules, how.directory),
  ]
  const titles = new Map(rulebook.rules.map(({ id, title }) => [id, title]))
  const named = found.map((each) => ({ ...each, title: titles.get(each.ruleId ?? 0) ?? null }))
  return named.toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'error' ? -1 : 1))
}

/** Everything wrong with one rule by itself, within its rulebook. */
export function analyseRule(
  rule: Rule,
  rulebook: Pick<Rulebook, 'rules' | 'templates' | 'sections'>,
  how: Analysing,
): readonly Problem[] {
  return [
    ...shapeProblems(rule, rulebook),
    ...problemsOf(rule.if, how.directory, 'rule', 'if'),
    ...referencesOf(rule).flatMap((reference) => danglingProblem(reference, rule, rulebook, how) ?? []),
    ...conditionProblems(rule, how.directory),
    ...actionProblems(rule, how.directory),
    ...tagProblems(rule, rulebook, how.directory),
    ...timerProblems(rule, how.directory),
    ...careProblems(rule, how.today),
    ...failingTests(rule, rulebook.templates, how.directory),
  ]
}

function error(place: string, code: string, message: string): Problem {
  return { place, code, level: 'error', message }
}

function warning(place: string, code: string, message: string): Problem {
  return { place, code, level: 'warning', message }
}

function shapeProblems(rule: Rule, { sections }: Pick<Rulebook, 'sections'>): readonly Problem[] {
  const found: Problem[] = []
  if (rule.kind === 'trigger' && rule.on.length === 0)
    found.push(error('on', 'no_event', 'It listens to nothing: choose at least one event'))
  if (rule.do.length === 0) found.push(error('do', 'no_action', 'It does nothing: add an action'))
  if (rule.kind === 'timer' && rule.timer === undefined)
    found.push(
      error('timer', 'no_event', 'A timer needs the time for which its condition must hold, or a date'),
    )
  if (!sections.some(({ key }) => key === rule.section))
    found.push(error('section', 'dangling_reference', `There is no section "${rule.section}"`))
  return found
}

function danglingProblem(
  { kind, id, place }: Reference,
  rule: Rule,
  rulebook: Pick<Rulebook, 'rules' | 'templates'>,
  { directory, webhooks }: Analysing,
): Problem | null {
  // Conditions are looked at by `problemsOf`, tags by `tagProblems`.
  if (place.startsWith('if') || kind === 'tag') return null
  if (place === 'ownerId') {
    const owner = directory.agents.find((each) => each.id === id)
    return owner === undefined || owner.archived
      ? error(place, 'owner_inactive', `Its owner ${owner?.name ?? ''} is not active any more: name another`)
      : null
  }
  const missing = (what: string) => error(place, 'dangling_reference', what)
  switch (kind) {
    case 'template':
      return rulebook.templates.some(({ key }) => key === id) ? null : missing(`There is no template "${id}"`)
    case 'webhook':
      return webhooks.has(String(id)) ? null : missing(`There is no webhook "${id}"`)
    case 'macro': {
      const macro = rulebook.rules.find((each) => each.kind === 'macro' && each.key === id)
      if (macro === undefined || macro.id === rule.id) return missing(`There is no macro "${id}"`)
      return macro.do.some((each) => 'runMacro' in each)
        ? missing(`The macro "${id}" runs another macro`)
        : null
    }
    case 'field': {
      const field = directory.fields.find(({ key }) => key === id)
      if (field === undefined) return missing(`There is no field "${id}"`)
      if (field.archived) return missing(`The field "${field.label}" is archived`)
      return field.personal && place !== 'timer.at'
        ? error(place, 'personal', `The field "${field.label}" is personal: rules do not write it`)
        : null
    }
    default: {
      const found = namesFor(kind as Referred, directory).find((each) => each.id === id)
      if (found === undefined) return missing(`There is no ${kind} ${id}`)
      return found.archived ? missing(`The ${kind} "${found.name}" is archived`) : null
    }
  }
}

function conditionProblems(rule: Rule, directory: Directory): readonly Problem[] {
  if (!canHold(rule.if, directory))
    return [error('if', 'unsatisfiable', 'No ticket can ever be like this: its tests contradict each other')]
  const always = leavesOf(rule.if).length > 0 && !canHold({ not: rule.if }, directory)
  return always
    ? [warning('if', 'always_true', 'Every ticket is like this: the condition does not narrow its event')]
    : []
}

/** A timer asks a ticket while nothing happens: there is no update to ask about. */
function timerProblems(
  { kind, if: cond, timer }: Rule,
  { fields }: Analysing['directory'],
): readonly Problem[] {
  if (kind !== 'timer') return []
  const dated = fields.find(({ key }) => key === timer?.at)
  if (dated !== undefined && dated.type !== 'date')
    return [error('timer.at', 'no_date', `The field "${dated.label}" holds no date`)]
  const ofUpdates = /^(message|actor)\.|^via$/
  return leavesOf(cond, 'if').flatMap(({ leaf, place }) =>
    ofUpdates.test(leaf.field) || leaf.op.includes('changed')
      ? [error(place, 'not_in_timers', `"${leaf.field} ${leaf.op}" asks about an update: a timer has none`)]
      : [],
  )
}

function actionProblems(rule: Rule, directory: Directory): readonly Problem[] {
  const found: Problem[] = []
  for (const [index, action] of rule.do.entries()) {
    const place = `do[${index}]`
    for (const [field, value] of Object.entries(settingOf(action))) {
      const isSo = alreadySo(field, value)
      if (isSo !== null && !canHold({ all: [rule.if, { not: isSo }] }, directory))
        found.push(warning(place, 'no_op', `The condition says already that ${field} is so`))
    }
    if (mailsRequester(action) && isWide(rule))
      found.push(
        warning(
          place,
          'mail_requester_wide',
          'It mails the requester at any update: test the status, or listen to their messages',
        ),
      )
  }
  return found
}

function alreadySo(field: string, value: unknown): Cond | null {
  if (value === null || value === 'none') return { field, op: 'empty' }
  return typeof value === 'string' || typeof value === 'number' ? { field, op: 'is', value } : null
}

function mailsRequester(action: Action): boolean {
  return 'reply' in action || ('notify' in action && action.notify.to.includes('requester'))
}

function isWide({ on, if: cond, kind }: Rule): boolean {
  if (kind !== 'trigger') return false
  const heard = on.every((event) => ['created', 'inbound_message', 'reopened', 'csat'].includes(event))
  return (
    !heard && !leavesOf(cond).some(({ leaf }) => leaf.field === 'status' || leaf.field.startsWith('message.'))
  )
}

function tagProblems(
  rule: Rule,
  { rules }: Pick<Rulebook, 'rules'>,
  { tags }: Directory,
): readonly Problem[] {
  const others = rules.flatMap((each) => (each.id === rule.id ? [] : referencesOf(each)))
  return referencesOf(rule).flatMap(({ kind, id, place }) => {
    if (kind !== 'tag' || tags.has(String(id))) return []
    if (others.some((other) => other.kind === 'tag' && other.id === id)) return []
    const what = place.startsWith('if') ? 'no ticket has it and nothing adds it' : 'nothing else uses it'
    return [warning(place, 'tag_only_used_here', `The tag "${id}" stands only here: ${what}`)]
  })
}

function careProblems(rule: Rule, today: string): readonly Problem[] {
  const found: Problem[] = []
  const furthest = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
  if (rule.reviewBy > furthest)
    found.push(error('reviewBy', 'malformed', 'The review is at most a year ahead'))
  if (rule.reviewBy < today)
    found.push(warning('reviewBy', 'review_overdue', `Its review was due on ${rule.reviewBy}`))
  if ((rule.tests ?? []).length === 0) found.push(warning('tests', 'no_test', 'It has no test'))
  return found
}

const MOST: Readonly<Record<Rule['kind'], number>> = { trigger: 2_000, timer: 500, macro: 5_000 }

function tooMany(rules: readonly Rule[]): readonly RuleProblem[] {
  return (['trigger', 'timer', 'macro'] as const).flatMap((kind): RuleProblem[] => {
    const count = rules.filter((rule) => rule.kind === kind).length
    const message = `There are ${count} of kind ${kind}: at most ${MOST[kind]} may be`
    return count <= MOST[kind] ? [] : [{ ruleId: null, ...error('rules', 'too_large', message) }]
  })
}

function doubled(rules: readonly Rule[]): readonly RuleProblem[] {
  const seen = new Set<string>()
  return rules.flatMap(({ id, key }) => {
    if (!seen.has(key)) return (seen.add(key), [])
    return [{ ruleId: id, ...error('key', 'malformed', `The key "${key}" is taken by another rule`) }]
  })
}

const sample: TemplateData = {
  ticket: {
    id: 1042,
    subject: 'Late parcel',
    status: 'open',
    priority: 'normal',
    category: 'delivery/late',
    team: 'Logistics',
    tags: ['vip'],
    url: 'https://desk.example/tickets/1042',
    createdAt: '2026-03-02T09:00:00.000Z',
    fields: {},
  },
  requester: { name: 'Cy Berg', firstName: 'Cy', email: 'cy@example.org' },
  assignee: { name: 'Ada', email: 'ada@desk.example' },
  message: { text: 'My parcel is late.' },
  desk: { name: 'Docket' },
  rule: { title: 'A rule' },
  match: { '0': 'match', '1': 'match' },
}

/** What is wrong with a template: an unknown placeholder, a tag there is not, or more work than a text is worth. */
export function problemOfTemplate(
  template: Rulebook['templates'][number],
  directory: Directory,
): string | null {
  const keys = directory.fields.filter(({ personal }) => !personal).map(({ key }) => key)
  const unknown = templateProblem(template.subject ?? '', keys) ?? templateProblem(template.body, keys)
  if (unknown !== null) return unknown
  const tried = render(template, sample)
  return tried.ok ? null : tried.message
}
