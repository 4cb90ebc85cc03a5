// What an update makes of the rows of a ticket: most leave all but the last stretch as it was.
import { isDeepStrictEqual } from 'node:util'
import type { ReportRows } from '#reporting/rows.ts'
import type { ReportChanges, ReportFact, ReportSpan } from '#tickets/write/report-store.ts'

const keyOf = ({ kind, nth }: Pick<ReportFact, 'kind' | 'nth'>) => `${kind} ${nth}`

/** The changes that make `after` of `before`; null when there are none. */
export function changesOf(before: ReportRows, after: ReportRows): ReportChanges | null {
  const hadSpans = new Map(before.spans.map((span) => [span.nth, span]))
  const hadFacts = new Map(before.facts.map((fact) => [keyOf(fact), fact]))
  const isNew = <Row extends ReportSpan | ReportFact>(had: Row | undefined, has: Row) =>
    had === undefined || !isDeepStrictEqual(had, has)
  const spans = after.spans.filter((span) => isNew(hadSpans.get(span.nth), span))
  const facts = after.facts.filter((fact) => isNew(hadFacts.get(keyOf(fact)), fact))
  for (const { nth } of after.spans) hadSpans.delete(nth)
  for (const fact of after.facts) hadFacts.delete(keyOf(fact))
  const goneSpans = [...hadSpans.keys()]
  const goneFacts = [...hadFacts.values()].map(({ kind, nth }) => ({ kind, nth }))
  const count = spans.length + facts.length + goneSpans.length + goneFacts.length
  return count === 0 ? null : { spans, facts, goneSpans, goneFacts }
}

/** Both changes as one, `next` after `one`. */
export function joinedChanges(one: ReportChanges | null, next: ReportChanges | null): ReportChanges | null {
  if (one === null || next === null) return one ?? next
  const spans = new Map([...one.spans, ...next.spans].map((span) => [span.nth, span]))
  const facts = new Map([...one.facts, ...next.facts].map((fact) => [keyOf(fact), fact]))
  for (const nth of next.goneSpans) spans.delete(nth)
  for (const fact of next.goneFacts) facts.delete(keyOf(fact))
  return {
    spans: [...spans.values()],
    facts: [...facts.values()],
    goneSpans: [...one.goneSpans, ...next.goneSpans].filter((nth) => !spans.has(nth)),
    goneFacts: [...one.goneFacts, ...next.goneFacts].filter((fact) => !facts.has(keyOf(fact))),
  }
}
