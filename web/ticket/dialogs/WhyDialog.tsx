// Why a rule did what it did to this ticket, and why the others did not: asked of the server, which settles the update again.
import { useQuery } from '@tanstack/react-query'

import type { Explanation } from '../../../src/api/contract/rules.ts'
import { Skeleton } from '../../parts/Empty.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ExplanationView } from '../../parts/RuleTrace.tsx'
import { call, reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'

type Props = { ticketId: number; seq: number; onClose: () => void }

export function WhyDialog({ ticketId, seq, onClose }: Props) {
  const { data, error } = useQuery({
    queryKey: ['why', ticketId, seq],
    queryFn: () => call<Explanation>('GET', `/tickets/${ticketId}/rules/explain`, { query: { seq } }),
  })
  return (
    <Modal title={say('changes.why')} shape="wide" open onClose={onClose}>
      {error && <p role="alert">{reasonOf(error)}</p>}
      {!error && !data && <Skeleton rows={4} height={40} />}
      {data && <ExplanationView found={data} />}
    </Modal>
  )
}
