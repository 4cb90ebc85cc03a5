// The rulebook as files: written, compared with what is live, tried on the desk's past, and made the draft or live.
import type { Report } from '#backtest/report.ts'
import { Stop } from '#commands/command.ts'
import type { NamedFile } from '#commands/files.ts'
import { findingsOf, linesOfReport, trialOf } from '#commands/trial.ts'
import type { Desk } from '#desk/desk.ts'
import { cleanLine } from '#mail/clean.ts'
import { analysingOf, editDraft, publishRulebook, type Publishing } from '#desk/rules/rulebook.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import type { Principal } from '#people/can.ts'
import { analyse } from '#rules/analyse.ts'
import type { RuleProblem, Problem } from '#rules/problem.ts'
import { changedTemplates, changesBetweenBooks, type RuleChange } from '#rules/diff.ts'
import { readRulebookFiles, writeRulebook } from '#rules/rulebook-file.ts'
import { findDraftVersion, liveVersion, newRuleIds, readRulebook } from '#rules/rulebook-store.ts'
import { emptyRulebook, makeReady } from '#rules/rulebook.ts'
import type { Rulebook } from '#rules/rule.ts'
import type { Db, Transaction } from '#store/database.ts'

/** The live rulebook in YAML, or the draft where there is one. */
export async function rulebookText(desk: Desk, isDraft: boolean): Promise<string> {
  const draft = isDraft ? await findDraftVersion(desk.database) : null
  const book = await readRulebook(desk.database, draft?.version ?? (await liveVersion(desk.database)))
  return writeRulebook(book ?? emptyRulebook, (await desk.setup.now()).directory)
}

/** The live rules whose owner is deactivated. */
export async function rulesOfNobody(desk: Desk): Promise<readonly { key: string; owner: string }[]> {
  const book = await readRulebook(desk.database, await liveVersion(desk.database))
  const gone = new Map(
    (await desk.setup.now()).directory.agents
      .filter(({ archived }) => archived)
      .map(({ id, email }) => [id as number, email]),
  )
  return (book?.rules ?? []).flatMap(({ key, ownerId }) => {
    const owner = gone.get(ownerId)
    return owner === undefined ? [] : [{ key, owner }]
  })
}

/** The live rulebook in YAML; null where it has nothing. */
export async function anyRulebookText(desk: Desk): Promise<string | null> {
  const book = await readRulebook(desk.database, await liveVersion(desk.database))
  const { sections, rules, templates } = book ?? emptyRulebook
  return sections.length + rules.length + templates.length === 0 ? null : rulebookText(desk, false)
}

export type Plan = {
  readonly liveVersion: number
  readonly rules: readonly RuleChange[]
  readonly templates: readonly string[]
  readonly problems: readonly (Problem | RuleProblem)[]
  readonly book: Omit<Rulebook, 'version'>
}

/** Over which days a plan is tried; null: it is not. */
export type Trying = { readonly days: number; readonly isWatched: boolean } | null

/** What files would change, and what the desk's own past says of it where it could go live. */
export async function planRulebook(
  desk: Desk,
  files: readonly NamedFile[],
  trying: Trying,
): Promise<{ readonly plan: Plan; readonly report: Report | null }> {
  const plan = await planOf(desk, desk.database, files)
  const isTried = trying !== null && isChange(plan) && errorsOf(plan).length === 0
  return {
    plan,
    report: isTried ? await triedOn(desk, plan, { ...trying, seed: 1, filter: null, sample: null }) : null,
  }
}

/** A plan as people read it, and as programs do. */
export function shownPlan(plan: Plan, report: Report | null) {
  const { book: _, ...shown } = plan
  return {
    lines: [...linesOf(plan), ...(report === null ? [] : linesOfReport(report))],
    json: { ...shown, backtest: report },
  }
}

/** Ends the process where a plan has errors, or findings that no reason answers. */
export function refusePlan(plan: Plan, report: Report | null, reason: string | undefined): void {
  const errors = errorsOf(plan)
  if (errors.length > 0) throw new Stop(1, `${errors.length} errors.`)
  const findings = report === null ? [] : findingsOf(report)
  if (findings.length > 0 && reason === undefined)
    throw new Stop(1, `${findings.length} findings. Answer them with --reason, or mend the files.`)
}

async function planOf(desk: Desk, db: Db, files: readonly NamedFile[]): Promise<Plan> {
  const version = await liveVersion(db)
  const live = (await readRulebook(db, version)) ?? emptyRulebook
  const { directory } = await desk.setup.now()
  const { book, problems } = readRulebookFiles(files, live, directory)
  const findings = problems.length > 0 ? [] : analyse(book, await analysingOf(desk, db))
  return {
    liveVersion: version,
    rules: changesBetweenBooks(live, book),
    templates: changedTemplates(live, book),
    problems: [...problems, ...findings],
    book,
  }
}

export function isChange({ rules, templates }: Plan): boolean {
  return rules.length + templates.length > 0
}

/** What the desk's own past says of the files. */
async function triedOn(desk: Desk, { book }: Plan, span: Parameters<typeof trialOf>[2]): Promise<Report> {
  const baseline = await liveConfiguration(desk, desk.database)
  const candidate = { ...baseline, rulebook: makeReady({ version: 0, ...book }) }
  return trialOf(desk, { baseline, candidate }, span)
}

export function errorsOf({ problems }: Plan): readonly Problem[] {
  return problems.filter(({ level }) => level === 'error')
}

const signs = { added: '+', removed: '-', changed: '~', moved: '↕' }

function linesOf(plan: Plan): string[] {
  const changes = plan.rules.map(({ change, key, title, parts }) => {
    const what = change === 'changed' ? `: ${parts.map(({ part }) => part).join(', ')}` : ''
    return `${signs[change]} ${key} (${title})${what}`
  })
  const templates = plan.templates.map((key) => `~ template ${key}`)
  const none = changes.length + templates.length === 0 ? ['No changes.'] : []
  // Nothing in a name may steer a terminal.
  return [`Live version ${plan.liveVersion}.`, ...none, ...changes, ...templates, ...problemsOf(plan)].map(
    cleanLine,
  )
}

function problemsOf({ book, problems }: Plan): string[] {
  const keys = new Map(book.rules.map(({ id, key }) => [id, key]))
  return problems.map((problem) => {
    const rule =
      'ruleId' in problem && problem.ruleId !== null ? `${keys.get(problem.ruleId) ?? problem.ruleId} ` : ''
    return cleanLine(`${problem.level}: ${rule}${problem.place}: ${problem.message} (${problem.code})`)
  })
}

/** What is in the way of files that other files are carried out before: what they name may be yet to come. */
export async function inTheWay(
  desk: Desk,
  files: readonly NamedFile[],
  expected: number | null,
): Promise<readonly string[]> {
  const live = await liveVersion(desk.database)
  const moved = expected === null || expected === live ? [] : [versionMoved(live, expected)]
  if (files.length === 0) return moved
  const plan = await planOf(desk, desk.database, files)
  const errors = errorsOf(plan)
  if (!isChange(plan) && errors.length === 0) return moved
  const isTaken = (await draftFor(desk, desk.database, files)).isOther
  // Nobody is activated by a file.
  const lost = errors.filter(({ code }) => code === 'owner_inactive')
  return [...moved, ...(isTaken ? [DRAFT_EXISTS] : []), ...problemsOf({ ...plan, problems: lost })]
}

/** The draft, where there is one: the files' own, of an earlier time that they were applied, or one that says something else. */
async function draftFor(
  desk: Desk,
  db: Db,
  files: readonly NamedFile[],
): Promise<{ readonly version: number | null; readonly isOther: boolean }> {
  const version = (await findDraftVersion(db))?.version ?? null
  const draft = version === null ? null : await readRulebook(db, version)
  if (draft === null) return { version: null, isOther: false }
  const { book, problems } = readRulebookFiles(files, draft, (await desk.setup.now()).directory)
  const differs = changesBetweenBooks(draft, book).length + changedTemplates(draft, book).length > 0
  return { version, isOther: differs || problems.length > 0 }
}

type Applying = {
  /** Null for the command line. */
  readonly by: Principal | null
  readonly expected: number | null
  readonly publishing: Publishing | null
}

const DRAFT_EXISTS = 'draft_exists: somebody has a draft. Publish it or throw it away first.'
const versionMoved = (live: number, expected: number) =>
  `version_moved: version ${live} is live, not ${expected}.`

/** Makes files the draft, or live. Throws `Stop` with what is in the way, and changes nothing then. */
export async function applyRulebook(
  desk: Desk,
  tx: Transaction,
  files: readonly NamedFile[],
  { by, expected, publishing }: Applying,
): Promise<{ version: number; live: boolean }> {
  const plan = await planOf(desk, tx, files)
  if (expected !== null && expected !== plan.liveVersion)
    throw new Stop(1, versionMoved(plan.liveVersion, expected))
  const errors = errorsOf(plan)
  if (errors.length > 0)
    throw new Stop(1, `${linesOf(plan).join('\n')}\n${errors.length} errors: the rulebook stays as it is.`)
  const draft = await draftFor(desk, tx, files)
  if (draft.isOther) throw new Stop(1, DRAFT_EXISTS)
  const version = draft.version ?? (await drafted(desk, tx, by, plan))
  if (publishing === null) return { version, live: false }
  const outcome = await publishRulebook(desk, tx, by, publishing)
  if (outcome.ok) return { version: outcome.version, live: true }
  const found = outcome.problems.map(({ place, message, code }) => `${place}: ${message} (${code})`)
  throw new Stop(1, [`${outcome.refusal}: the rulebook stays as it is.`, ...found].join('\n'))
}

async function drafted(desk: Desk, tx: Transaction, by: Principal | null, { book }: Plan): Promise<number> {
  const fresh = book.rules.filter(({ id }) => id < 0)
  const ids = await newRuleIds(tx, fresh.length)
  const given = new Map(fresh.map(({ id }, index) => [id, ids[index] ?? id]))
  const rules = book.rules.map((rule) => ({ ...rule, id: given.get(rule.id) ?? rule.id }))
  const edited = await editDraft(desk, tx, by, () => ({ ...book, rules }))
  return edited?.version ?? 0
}

/** What became of files that were applied. */
export function rulebookSentence({
  version,
  live,
}: {
  readonly version: number
  readonly live: boolean
}): string {
  return `Version ${version} is ${live ? 'live' : 'the draft: publish it in the admin pages, or apply with --publish'}.`
}
