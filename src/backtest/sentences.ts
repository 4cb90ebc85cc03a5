// Given, when, then for backtests: short stories lived under some rules become the past, and other rules are tried on it.
import { always, asItWas, type PastTimes } from '#backtest/configuration.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import { replay } from '#backtest/replay.ts'
import { reportOf } from '#backtest/make-report.ts'
import type { Report } from '#backtest/report.ts'
import { add, emptyTally } from '#backtest/tally.ts'
import type { Watch } from '#backtest/watch.ts'
import { judgeTicket, type Verdict } from '#backtest/verdict.ts'
import { plus, type Instant } from '#kit/time.ts'
import { emptyRulebook, makeReady } from '#rules/rulebook.ts'
import type { Rule } from '#rules/rule.ts'
import type { MessageText } from '#rules/scene.ts'
import { directory } from '#rules/sentences.ts'
import type { ReadyRule } from '#rules/settle.ts'
import type { Template } from '#rules/template.ts'
import { emptyBook, keyOf, type SlaBook } from '#sla/book.ts'
import type { PolicyVersion } from '#sla/policy.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { Story, cy, messageId, monday, opened, ticketId, type Step } from '#tickets/sentences.ts'
import { priorities } from '#tickets/vocabulary.ts'
import { defaultSettings, type Settings } from '#tickets/settings.ts'

export const days = (count: number) => count * 86_400
export const window = { from: plus(monday, -days(1)), to: plus(monday, days(60)) }

const templates: readonly Template[] = [{ key: 'hello', subject: 'Hello', body: 'We have it.' }]

/** A configuration with these rules. */
export function under(
  rules: readonly ReadyRule[],
  more: { sla?: SlaBook; settings?: Partial<Settings> } = {},
): Configuration {
  const book = { ...emptyRulebook, version: 1, rules: rules.map(({ rule }): Rule => rule), templates }
  return {
    rulebook: makeReady(book),
    sla: more.sla ?? emptyBook,
    settings: { ...defaultSettings, ...more.settings },
    directory,
    zone: 'UTC',
    roles: new Map([
      [1, 'agent'],
      [2, 'lead'],
    ]),
    members: new Map(),
    ownAddresses: new Set(['support@desk.example']),
  }
}

/** A book with one promise to customers: a first reply within so many seconds, at any hour, with a warning at nine tenths. */
export function promising(seconds: number): SlaBook {
  const target = { metric: 'first_reply' as const, seconds, calendar: 'always', warnAt: [{ percent: 90 }] }
  const policy: PolicyVersion = {
    id: 1,
    version: seconds,
    kind: 'customer',
    title: 'Everybody',
    filter: { all: [] },
    options: {},
    onPolicyChange: 'keep_elapsed',
    targets: priorities.map((priority) => ({ ...target, priority })),
  }
  return {
    ...emptyBook,
    revision: String(seconds),
    live: [policy],
    versions: new Map([[keyOf(policy), policy]]),
  }
}

export type Surroundings = {
  readonly messages?: ReadonlyMap<number, MessageText>
  readonly subjects?: ReadonlyMap<number, string>
}

/** What the steps were, with the log as a desk under this configuration wrote it. */
export function lived(
  id: number,
  configuration: Configuration,
  steps: readonly Step[],
  around: Surroundings = {},
): PastTicket {
  const told = new Story(ticketId(id))
  for (const step of steps) {
    const decision = told.tell(step)
    if (!decision.ok) throw new Error(`given ${step.command.kind}: ${decision.refusal.name}`)
  }
  const bare = pastOf(told.log, around)
  const again = replay(bare, always(configuration), window.to)
  if (again === null) throw new Error('a story begins with an opening')
  return { ...bare, log: numbered(again.log) }
}

/** A ticket whose first message says this. */
export const saying = (
  id: number,
  words: string | null,
  later: readonly Step[] = [],
  configuration = under([]),
) =>
  lived(id, configuration, [opened({ messageId: messageId(id) }), ...later], {
    messages: new Map([[id, text(id, words)]]),
  })

function pastOf(log: readonly TicketEvent[], { messages, subjects }: Surroundings): PastTicket {
  const person = {
    id: cy,
    name: 'Cy',
    email: 'cy@customer.example',
    language: null,
    tags: [],
    createdAt: monday,
  }
  return {
    log: numbered(log),
    until: window.to,
    more: null,
    seq: log.length,
    subjects: subjects ?? new Map(),
    messages: messages ?? new Map(),
    people: new Map([[cy, person]]),
    organizations: new Map(),
  }
}

/** Events as the log gives them: with ids, and causes by id. */
export function numbered(log: readonly TicketEvent[]): readonly TicketEvent[] {
  const idOf = (seq: number, { ticketId: ticket }: TicketEvent) => (ticket * 1_000 + seq) as TicketEvent['id']
  return log.map((event) => {
    const { causeSeq, ...rest } = event
    const causeEventId = causeSeq === undefined ? event.causeEventId : idOf(causeSeq, event)
    return { ...rest, id: idOf(event.seq, event), causeEventId } as TicketEvent
  })
}

/** What holds has always held. Policies have no times here: a desk that promises something promised it always. */
export function everSince({ ownAddresses, settings }: Configuration): PastTimes {
  const ever = { from: null, to: null }
  return {
    rulebooks: [],
    policies: [],
    settings: [],
    members: [],
    addresses: [...ownAddresses].map((address) => ({ address, ...ever })),
    required: settings.requiredOnResolve.map(({ fieldId }) => ({ fieldId, ...ever })),
    keptSince: null,
  }
}

/** Tries a candidate on some past; the baseline was live all the time unless said otherwise. */
export function tried(
  pasts: readonly PastTicket[],
  baseline: Configuration,
  candidate: Configuration,
  liveThen: Configuration = baseline,
  watch: Watch | null = null,
): { readonly report: Report; readonly verdicts: readonly Verdict[] } {
  const empty = makeReady(emptyRulebook)
  const since = '2000-01-01T00:00:00.000Z' as Instant
  const recorded =
    liveThen.sla.versions.size === 0
      ? asItWas(
          liveThen,
          { ...everSince(liveThen), rulebooks: [{ from: since, to: null, rulebook: liveThen.rulebook }] },
          empty,
        )
      : always(liveThen)
  const verdicts = pasts.flatMap((past) => {
    const verdict = judgeTicket(past, { recorded, watch, baseline, candidate, window })
    return typeof verdict === 'string' ? [] : [verdict]
  })
  return { verdicts, report: reported(verdicts, candidate) }
}

/** The report of some verdicts. */
export function reported(verdicts: readonly Verdict[], { rulebook }: Configuration): Report {
  const tally = emptyTally()
  for (const verdict of verdicts) add(tally, verdict)
  return reportOf(tally, {
    window,
    words: { filter: null, sample: null },
    seed: 1,
    versions: { baseline: 'b', candidate: 'c' },
    rules: rulebook.rulebook.rules,
    excluded: {},
    living: new Set(rulebook.rulebook.rules.map(({ id }) => id)),
  })
}

/** A message that says this. */
export function text(id: number, words: string | null): MessageText {
  return {
    id,
    kind: 'reply',
    direction: 'inbound',
    authorId: cy,
    authorRole: 'requester',
    text: words,
    thanks: false,
    attachmentCount: 0,
    recipients: [],
    isAutoReply: false,
  }
}
