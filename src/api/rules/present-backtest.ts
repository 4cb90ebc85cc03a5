// Backtests as the API shows them: rules with their titles, values with the names that ids stand for. Who may not read tickets gets
// numbers only.
import type { z } from 'zod'
import type * as contract from '#api/contract/backtests.ts'
import { candidateOfBacktest, type Backtest } from '#backtest/backtest-store.ts'
import type { Difference } from '#backtest/compare.ts'
import type { KeptDifference } from '#backtest/difference-store.ts'
import type { Matrix, Report, RoutingReport } from '#backtest/report.ts'
import type { SeenField } from '#backtest/seen.ts'
import type { Moment } from '#backtest/timeline.ts'
import type { Desk } from '#desk/desk.ts'
import { can, type Principal } from '#people/can.ts'
import { namesFor, type Directory } from '#rules/directory.ts'
import { FRESH } from '#routing/draft-book.ts'
import type { Referred } from '#rules/thing.ts'
import { emptyRulebook } from '#rules/rulebook.ts'
import type { Rulebook } from '#rules/rule.ts'
import { readRulebook } from '#rules/rulebook-store.ts'
import type { Db } from '#store/database.ts'

/** What the presentation of one backtest needs to know. */
export type Showing = {
  readonly titles: ReadonlyMap<number, string>
  readonly directory: Directory
  readonly mayRead: boolean
  /** The title of a queue that was tried and is not saved. */
  readonly triedQueue: string | null
}

/** Gathers the names that a backtest's rules and values go by. */
export async function showingOf(
  desk: Desk,
  db: Db,
  { id, baselineVersion, routing }: Backtest,
  principal: Principal,
): Promise<Showing> {
  const { directory } = await desk.setup.now()
  const before = (await readRulebook(db, baselineVersion)) ?? emptyRulebook
  const after = (await candidateOfBacktest(db, id))?.rules ?? emptyRulebook
  return {
    titles: titlesOf([before, after]),
    directory,
    mayRead: can(principal, 'ticket.read'),
    triedQueue: routing?.tried.find(({ kind }) => kind === 'queue')?.name ?? null,
  }
}

/** The titles of the rules of some books, those of later books first. */
export function titlesOf(books: readonly Pick<Rulebook, 'rules'>[]): ReadonlyMap<number, string> {
  return new Map(books.flatMap(({ rules }) => rules.map(({ id, title }) => [id, title] as const)))
}

const REFERS: Readonly<Partial<Record<string, Referred>>> = {
  teamId: 'team',
  assigneeId: 'agent',
  categoryId: 'category',
  queueId: 'queue',
  brandId: 'brand',
}

function nameOf(field: string, value: string, directory: Directory): string | null {
  if (field === 'fields' && value !== '') return withLabels(value, directory)
  const kind = REFERS[field]
  if (kind === undefined || value === '') return null
  return namesFor(kind, directory).find(({ id }) => String(id) === value)?.name ?? `#${value}`
}

/** Fields by their labels, where `textOf` names them by number. */
function withLabels(value: string, { fields }: Directory): string {
  return value.replace(
    /(^|, )(\d+)=/g,
    (all, before: string, id: string) =>
      `${before}${fields.find((field) => String(field.id) === id)?.label ?? all}: `,
  )
}

/** A change of a field with names. */
export function presentChange(
  field: string,
  { from, to }: { readonly from: string; readonly to: string },
  directory: Directory,
): contract.Change {
  return { from, to, fromName: nameOf(field, from, directory), toName: nameOf(field, to, directory) }
}

/** A report with names in its matrices. */
export function presentReport(report: Report, showing: Showing): contract.BacktestReport {
  const { directory, mayRead } = showing
  const { window: _, seed: __, routing = null, ...rest } = report
  return {
    ...rest,
    rules: report.rules.map(({ weeks, ...rule }) => ({
      ...rule,
      ...(weeks === undefined ? {} : { weeks: [...weeks] }),
      samples: [...rule.samples],
    })),
    fields: Object.entries(report.fields).map(([field, cells]) => ({
      field: field as SeenField,
      changes: cells.map((cell) => ({ ...presentChange(field, cell, directory), count: cell.count })),
    })),
    mails: { ...report.mails, recipients: mayRead ? [...report.mails.recipients] : [] },
    sla: {
      breached: [...report.sla.breached],
      saved: [...report.sla.saved],
      metrics: [...report.sla.metrics],
    },
    routing: routing && presentRouting(routing, showing),
    findings: [...report.findings],
  }
}

function presentRouting(routing: RoutingReport, { directory, triedQueue }: Showing): contract.RoutedReport {
  const called = (kind: Referred, id: number) =>
    namesFor(kind, directory).find((each) => each.id === id)?.name ?? `#${id}`
  const agent = (id: number) => ({ id, name: called('agent', id) })
  const queue = (id: number) => ({
    id,
    name: id === FRESH ? (triedQueue ?? '') : called('queue', id),
  })
  const matrix = ({ otherwise, cells }: Matrix, ref: (id: number) => { id: number; name: string }) => ({
    otherwise,
    cells: cells.map(({ from, to, count }) => ({
      from: from === null ? null : ref(from),
      to: to === null ? null : ref(to),
      count,
    })),
  })
  return {
    ...routing,
    agents: matrix(routing.agents, agent),
    queues: matrix(routing.queues, queue),
    byQueue: routing.byQueue.map(({ queueId, ...rest }) => ({ queue: queue(queueId), ...rest })),
    byAgent: routing.byAgent.map(({ agentId, ...rest }) => ({ agent: agent(agentId), ...rest })),
  }
}

/** A differing ticket. */
export function presentDiff(
  { ticketId, subject, verdict }: KeptDifference,
  showing: Showing,
): z.input<typeof contract.diff> {
  return {
    ticketId,
    subject: showing.mayRead ? subject : null,
    divergesAt: verdict.divergesAt,
    marks: [...verdict.marks],
    differences: verdict.differences.map((each) => presentDifference(each, showing)),
  }
}

function presentDifference(difference: Difference, { titles, directory, mayRead }: Showing) {
  const { kind, at, certain, ruleId, what = null, from, to } = difference
  const isAddress = kind === 'mail_new' || kind === 'mail_lost'
  return {
    kind,
    at,
    certain,
    rule: ruleId === undefined ? null : refOf(ruleId, titles),
    what: isAddress && !mayRead ? null : what,
    change:
      from === undefined || to === undefined || !mayRead
        ? null
        : presentChange(what ?? '', { from, to }, directory),
  }
}

/** One side of two lives. */
export function presentTimeline(
  moments: readonly Moment[],
  { titles, directory }: Showing,
): contract.Moment[] {
  return moments.map(({ at, actor, events, rules, sent, changed }) => ({
    at,
    actor: { ...actor, name: actorName(actor, { titles, directory }) },
    events: [...events],
    rules: rules.map(({ ruleId, outcome }) => ({ ...refOf(ruleId, titles), outcome })),
    sent: sent.map(({ kind, to, ruleId }) => ({ kind, to, rule: refOf(ruleId, titles) })),
    changed: changed.map(({ field, from, to }) => ({
      field,
      ...presentChange(field, { from, to }, directory),
    })),
  }))
}

function actorName(
  { type, id }: Moment['actor'],
  { titles, directory }: Pick<Showing, 'titles' | 'directory'>,
): string | null {
  if (type === 'rule') return titles.get(id ?? 0) ?? null
  return type === 'agent' ? nameOf('assigneeId', String(id), directory) : null
}

function refOf(id: number, titles: ReadonlyMap<number, string>) {
  return { id, title: titles.get(id) ?? `#${id}` }
}
