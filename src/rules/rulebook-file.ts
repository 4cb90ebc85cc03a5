// The rulebook as a file: people, teams and the like by name or address instead of by id, rules by key, everything in a fixed
// order, so that an export that is applied exports as the same bytes.
import { parse, stringify } from 'yaml'
import { isLeaf, type Cond } from '#rules/condition.ts'
import { idOf, nameOf, type Directory } from '#rules/directory.ts'
import type { Referred } from '#rules/thing.ts'
import { specOf } from '#rules/paths.ts'
import type { Problem } from '#rules/problem.ts'
import { readCondition } from '#rules/read-condition.ts'
import { readRule } from '#rules/read-rule.ts'
import { rulebookFile, type RuleInFile } from '#rules/rulebook-file-schema.ts'
import { actions, type Action, type ActionName } from '#rules/action.ts'
import type { Rule, Rulebook } from '#rules/rule.ts'

/** The file of a rulebook, in YAML. */
export function writeRulebook(
  book: Pick<Rulebook, 'rules' | 'sections' | 'templates'>,
  directory: Directory,
): string {
  const sections = book.sections.map(({ key, title }) => ({
    key,
    title,
    rules: book.rules.filter(({ section }) => section === key).map((rule) => inFile(rule, directory)),
  }))
  const templates = book.templates.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(templateInFile)
  return stringify({ apiVersion: 'docket/v1', kind: 'Rulebook', sections, templates }, { lineWidth: 100 })
}

function templateInFile({ key, family, subject, body }: Rulebook['templates'][number]) {
  return {
    key,
    ...(family === undefined ? {} : { family }),
    ...(subject === undefined ? {} : { subject }),
    body,
  }
}

/** A rule in the order in which people read one; what is as usual is left out. */
function inFile(rule: Rule, directory: Directory): object {
  const { key, kind, title, description, reviewBy, on, enabled, stop } = rule
  return {
    key,
    kind,
    title,
    ...(description === '' ? {} : { description }),
    owner: directory.agents.find(({ id }) => id === rule.ownerId)?.email ?? String(rule.ownerId),
    reviewBy,
    ...(enabled ? {} : { enabled }),
    ...(on.length === 0 ? {} : { on }),
    if: ordered(named(rule.if, directory)),
    do: rule.do.map((action) => ordered(namedAction(action, directory))),
    ...(stop ? { stop } : {}),
    ...(rule.maxPerTicket === undefined ? {} : { maxPerTicket: rule.maxPerTicket }),
    ...(rule.mayAnswerItself === undefined ? {} : { mayAnswerItself: rule.mayAnswerItself }),
    ...(rule.timer === undefined ? {} : { timer: ordered(rule.timer) }),
    ...(rule.macro === undefined ? {} : { macro: ordered(rule.macro) }),
    ...(rule.tests === undefined || rule.tests.length === 0 ? {} : { tests: ordered(rule.tests) }),
  }
}

const KEY_ORDER = [
  'field',
  'op',
  'value',
  'given',
  'on',
  'expect',
  'template',
  'to',
  'linkType',
  'hold',
  'at',
  'offset',
  'calendar',
]

/** The same value with its keys in a fixed order: the database keeps none. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const rank = (key: string) => (KEY_ORDER.includes(key) ? KEY_ORDER.indexOf(key) : KEY_ORDER.length)
  const entries = Object.entries(value).toSorted(
    ([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0),
  )
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]))
}

/** A condition with every reference through `exchange`. */
function overValues(
  cond: Cond,
  directory: Directory,
  exchange: (kind: Referred, value: unknown) => unknown,
): unknown {
  if ('all' in cond) return { all: cond.all.map((each) => overValues(each, directory, exchange)) }
  if ('any' in cond) return { any: cond.any.map((each) => overValues(each, directory, exchange)) }
  if ('not' in cond) return { not: overValues(cond.not, directory, exchange) }
  const refers = isLeaf(cond) ? specOf(cond.field, directory)?.refers : undefined
  if (refers === undefined || cond.value === undefined || typeof cond.value === 'boolean') return cond
  if (Array.isArray(cond.value)) return { ...cond, value: cond.value.map((each) => exchange(refers, each)) }
  return typeof cond.value === 'object' ? cond : { ...cond, value: exchange(refers, cond.value) }
}

function named(cond: Cond, directory: Directory): unknown {
  return overValues(cond, directory, (kind, value) => nameFor(kind, value, directory))
}

/** Agents by their address, which is theirs alone; the rest by name. */
function nameFor(kind: Referred, value: unknown, directory: Directory): unknown {
  if (typeof value !== 'number') return value
  if (kind === 'agent') return directory.agents.find(({ id }) => id === value)?.email ?? value
  return nameOf(kind, value, directory) ?? value
}

function overAction(
  action: Readonly<Record<string, unknown>>,
  exchange: (kind: Referred, value: unknown) => unknown,
): object {
  return Object.fromEntries(
    Object.entries(action).map(([name, value]) => {
      const refers = Object.hasOwn(actions, name) ? actions[name as ActionName].of : undefined
      if (refers !== undefined) return [name, exchange(refers, value)]
      if (name !== 'notify' || typeof value !== 'object' || value === null || !('to' in value))
        return [name, value]
      const to = (value.to as readonly string[]).map((recipient) => {
        const colon = recipient.indexOf(':')
        const kind = recipient.slice(0, colon)
        return kind === 'team' || kind === 'agent'
          ? `${kind}:${exchange(kind, recipient.slice(colon + 1))}`
          : recipient
      })
      return [name, { ...value, to }]
    }),
  )
}

function namedAction(action: Action, directory: Directory): object {
  return overAction(action as Readonly<Record<string, unknown>>, (kind, value) =>
    nameFor(kind, typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value, directory),
  )
}

export type ReadBook = { readonly book: Omit<Rulebook, 'version'>; readonly problems: readonly Problem[] }

/**
 * The rulebook that some files hold together. Rules keep the ids of rules with their key in `known`; new ones get ids from
 * -1 downwards, to be exchanged when they are kept. What is not understood is a problem with its place.
 */
export function readRulebookFiles(
  files: readonly { readonly name: string; readonly text: string }[],
  known: Pick<Rulebook, 'rules'>,
  directory: Directory,
): ReadBook {
  const reading = new Reading(known, directory)
  for (const { name, text } of files) reading.add(name, text)
  return reading.done()
}

/** Lives while files are read. */
class Reading {
  private readonly ids: ReadonlyMap<string, number>
  private readonly directory: Directory
  private readonly problems: Problem[] = []
  private readonly rules: Rule[] = []
  private readonly sections: { key: string; title: string }[] = []
  private readonly templates: Rulebook['templates'][number][] = []
  private next = -1

  constructor(known: Pick<Rulebook, 'rules'>, directory: Directory) {
    this.ids = new Map(known.rules.map(({ key, id }) => [key, id]))
    this.directory = directory
  }

  add(file: string, text: string): void {
    let input: unknown
    try {
      input = parse(text, { maxAliasCount: 0, prettyErrors: true })
    } catch (error) {
      return this.wrong(file, 'malformed', `is no YAML: ${(error as Error).message.split('\n')[0]}`)
    }
    const read = rulebookFile.safeParse(input)
    if (!read.success) {
      for (const { path, message } of read.error.issues.slice(0, 20))
        this.wrong(`${file} ${path.join('.')}`, 'malformed', message)
      return
    }
    for (const { key, title = key, rules } of read.data.sections) {
      this.sections.push({ key, title })
      for (const rule of rules) this.addRule(key, rule)
    }
    this.templates.push(...(read.data.templates as Rulebook['templates']))
  }

  private addRule(section: string, { owner, ...rest }: RuleInFile): void {
    const place = `${section}/${rest.key}`
    const found = readCondition(rest.if ?? { all: [] }, 'if')
    if ('problems' in found) {
      for (const problem of found.problems)
        this.wrong(`${place} ${problem.place}`, problem.code, problem.message)
      return
    }
    const ownerId = idOf('agent', owner, this.directory)
    if (ownerId === null) return this.wrong(`${place} owner`, 'unresolved', `There is no agent "${owner}"`)
    const exchange = (kind: Referred, value: unknown) => this.idFor(place, kind, value)
    const read = readRule({
      ...rest,
      id: 1,
      section,
      ownerId,
      if: overValues(found.cond, this.directory, exchange),
      do: rest.do.map((action) => overAction(action, exchange)),
    })
    if (!read.ok) {
      for (const problem of read.problems)
        this.wrong(`${place} ${problem.place}`, problem.code, problem.message)
      return
    }
    this.rules.push({ ...read.value, id: this.ids.get(rest.key) ?? this.next-- })
  }

  private idFor(place: string, kind: Referred, value: unknown): unknown {
    if (typeof value !== 'string' || ['me', 'none', 'currentAgent', 'leastLoaded'].includes(value))
      return value
    const id = idOf(kind, value, this.directory)
    if (id === null) this.wrong(place, 'unresolved', `There is no ${kind} "${value}"`)
    return id ?? value
  }

  private wrong(place: string, code: string, message: string): void {
    this.problems.push({ place, code, level: 'error', message })
  }

  done(): ReadBook {
    const { rules, sections, problems } = this
    const templates = this.templates.toSorted((a, b) => (a.key < b.key ? -1 : 1))
    return { book: { rules, sections, templates }, problems }
  }
}
