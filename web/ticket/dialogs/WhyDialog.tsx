// Why a rule did what it did to this ticket, and why the others did not: asked of the server, which settles the update again.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { Explanation } from '../../../src/api/contract/rules.ts'
import type { TicketEvent } from '../../../src/api/contract/tickets.ts'
import { Skeleton } from '../../parts/Empty.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ExplanationView } from '../../parts/RuleTrace.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { eventsQuery } from '../../wire/tickets.ts'
import { say } from '../../words/say.ts'
import { useDescribe } from '../conversation/event-words.ts'

type Props = { ticketId: number; seq: number; onClose: () => void }

export function WhyDialog({ ticketId, seq, onClose }: Props) {
  const { data, error } = useQuery({
    queryKey: ['why', ticketId, seq],
    queryFn: () => call<Explanation>('GET', `/tickets/${ticketId}/rules/explain`, { query: { seq } }),
  })
  const describe = useDescribe()
  const { data: events = [] } = useQuery(eventsQuery(ticketId))
  const did = useMemo(() => doneByRules(events, seq, describe), [events, seq, describe])
  return (
    <Modal title={say('changes.why')} shape="wide" open onClose={onClose}>
      {error && <p role="alert">{reasonOf(error)}</p>}
      {!error && !data && <Skeleton rows={4} height={40} />}
      {data && <ExplanationView found={data} did={did} />}
    </Modal>
  )
}

/** Marks of the machine, not things that were done. */
const silent = new Set(['rule_fired', 'rule_suppressed'])

/** What each rule did in the update of an event, in words. */
function doneByRules(
  events: readonly TicketEvent[],
  seq: number,
  describe: (event: TicketEvent) => string,
): ReadonlyMap<number, readonly string[]> {
  const update = events.find((event) => event.seq === seq)?.updateId
  const done = new Map<number, string[]>()
  for (const event of events) {
    const { actor, kind, updateId } = event
    if (updateId !== update || actor.type !== 'rule' || actor.id === null || silent.has(kind)) continue
    done.set(actor.id, [...(done.get(actor.id) ?? []), describe(event)])
  }
  return done
}
