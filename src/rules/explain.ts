// Why a rule did or did not fire, in words, and what would have to be otherwise.
import type { Trace } from '#rules/evaluate.ts'
import type { Told } from '#rules/directory.ts'
import type { Considered, Outcome } from '#rules/settle.ts'

/** The places of a smallest set of tests that must come out otherwise for the condition to hold; empty when it holds. */
export function toChange(trace: Trace): readonly string[] {
  return cheapest(trace, true)
}

function cheapest(trace: Trace, wanted: boolean): readonly string[] {
  if (trace.holds === wanted) return []
  if ('leaf' in trace) return [trace.place]
  const [part] = trace.parts
  if (trace.group === 'not') return part === undefined ? [] : cheapest(part, !wanted)
  const each = trace.parts.map((one) => cheapest(one, wanted))
  // An empty group cannot be changed by any test.
  if (each.length === 0) return []
  const isEvery = (trace.group === 'all') === wanted
  return isEvery ? each.flat() : (each.toSorted((a, b) => a.length - b.length)[0] ?? [])
}

/** Whether text that a test looked at was redacted. */
export function sawRedacted(trace: Trace): boolean {
  return 'leaf' in trace ? trace.redacted === true : trace.parts.some(sawRedacted)
}

/** The outcome in a sentence. `titleOf` names the rule that stopped the run. */
export function outcomeWords(
  found: Considered,
  titleOf: (ruleId: number) => string,
  language: Told['language'] = undefined,
): string {
  const say = language === 'de' ? german : english
  const by = titleOf(found.by ?? 0)
  const isRedacted = found.trace !== undefined && sawRedacted(found.trace)
  const { pass, refusal = '' } = found
  return say[found.outcome]({ pass, by, isRedacted, refusal: refusal ?? '' })
}

type Ended = {
  readonly pass: number
  readonly by: string
  readonly isRedacted: boolean
  readonly refusal: string
}
type Outcomes = { readonly [O in Outcome]: (ended: Ended) => string }

const english: Outcomes = {
  fired: ({ pass }) =>
    pass === 1 ? 'It fired.' : `It fired in pass ${pass}, after other rules had changed the ticket.`,
  fired_no_op: () => 'It fired, but everything was so already.',
  event_not_matched: () => 'The update contained nothing that it listens to.',
  condition_false: ({ isRedacted }) =>
    isRedacted
      ? 'Its condition did not hold; some of the text it looks at has been redacted.'
      : 'Its condition did not hold.',
  stopped_by: ({ by }) => `“${by}” stopped the run before it.`,
  self_caused: () => 'The update came of this very rule: a rule does not answer itself.',
  circuit_open: () => 'It had fired so often on this ticket that it is switched off there for an hour.',
  max_per_ticket: () => 'It has fired on this ticket as often as it may.',
  refused: ({ refusal }) => `The ticket refused it (${refusal}), so none of it was done.`,
  out_of_time: () => 'The time for this run was up before it.',
}

const german: Outcomes = {
  fired: ({ pass }) =>
    pass === 1
      ? 'Sie hat ausgelöst.'
      : `Sie hat im ${pass}. Durchgang ausgelöst, nachdem andere Regeln das Ticket geändert hatten.`,
  fired_no_op: () => 'Sie hat ausgelöst, aber alles war schon so.',
  event_not_matched: () => 'Die Änderung enthielt nichts, worauf sie hört.',
  condition_false: ({ isRedacted }) =>
    isRedacted
      ? 'Ihre Bedingung traf nicht zu; ein Teil des Textes, auf den sie sieht, ist geschwärzt.'
      : 'Ihre Bedingung traf nicht zu.',
  stopped_by: ({ by }) => `„${by}“ hat vorher aufgehört.`,
  self_caused: () => 'Die Änderung kam von dieser Regel selbst: Eine Regel antwortet nicht sich selbst.',
  circuit_open: () =>
    'Sie hatte an diesem Ticket so oft ausgelöst, dass sie dort für eine Stunde abgeschaltet ist.',
  max_per_ticket: () => 'Sie hat an diesem Ticket so oft ausgelöst, wie sie darf.',
  refused: ({ refusal }) => `Das Ticket hat es abgelehnt (${refusal}), also wurde nichts davon getan.`,
  out_of_time: () => 'Vor ihr war die Zeit für diesen Lauf um.',
}
