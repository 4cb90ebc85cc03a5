// Why a rule did or did not fire, in words, and what would have to be otherwise.
import type { Trace } from '#rules/evaluate.ts'
import type { Considered } from '#rules/settle.ts'

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
export function outcomeWords(found: Considered, titleOf: (ruleId: number) => string): string {
  switch (found.outcome) {
    case 'fired':
      return found.pass === 1
        ? 'It fired.'
        : `It fired in pass ${found.pass}, after other rules had changed the ticket.`
    case 'fired_no_op':
      return 'It fired, but everything was so already.'
    case 'event_not_matched':
      return 'The update contained nothing that it listens to.'
    case 'condition_false':
      return found.trace !== undefined && sawRedacted(found.trace)
        ? 'Its condition did not hold; some of the text it looks at has been redacted.'
        : 'Its condition did not hold.'
    case 'stopped_by':
      return `“${titleOf(found.by ?? 0)}” stopped the run before it.`
    case 'self_caused':
      return 'The update came of this very rule: a rule does not answer itself.'
    case 'circuit_open':
      return 'It had fired so often on this ticket that it is switched off there for an hour.'
    case 'max_per_ticket':
      return 'It has fired on this ticket as often as it may.'
    case 'refused':
      return `The ticket refused it (${found.refusal ?? ''}), so none of it was done.`
    case 'out_of_time':
      return 'The time for this run was up before it.'
  }
}
