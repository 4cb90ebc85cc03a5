// Hands tickets over and says what became of them, with a way back.
import type { HandedOver } from '../../src/api/contract/staffing.ts'
import { notify } from '../state/toasts.ts'
import { tellUndoable, undoUpdates } from '../wire/undo.ts'
import { call } from '../wire/call.ts'
import { say, sayName } from '../words/say.ts'
import { forgetRouting, tryTo } from './wire.ts'

type Handing = {
  agentId: number
  ids: readonly number[]
  /** Null for the queues. */
  to: { id: number; name: string } | null
  despiteConflict?: true
}

/** Gives them to a colleague, or back to the queues. */
export async function handOver(handing: Handing): Promise<void> {
  const { agentId, ids, to, despiteConflict } = handing
  const body = {
    agentId,
    ticketIds: ids,
    to: to?.id ?? null,
    ...(despiteConflict ? { despiteConflict } : {}),
  }
  const answer = await tryTo(() => call<HandedOver>('POST', '/handover', { body }))
  if (answer === null) return
  const done = answer.items.flatMap(({ ticketId, seq }) => (seq === null ? [] : [{ id: ticketId, seq }]))
  const stayed = answer.items.filter(({ refusal }) => refusal !== null)
  const title = say(to === null ? 'handover.doneQueues' : 'handover.doneColleague', {
    count: done.length,
    name: to?.name ?? '',
  })
  if (done.length > 0) tellUndoable(title, () => undoUpdates(done, title).then(forgetRouting))
  for (const [refusal, some] of Map.groupBy(stayed, (each) => each.refusal ?? '')) {
    const again = some.map(({ ticketId }) => ticketId)
    const isConflict = refusal === 'conflict_of_interest' && !despiteConflict
    notify({
      kind: 'error',
      title: say('handover.stayed', { count: some.length }),
      detail: sayName('handoverRefusal', refusal),
      ...(isConflict
        ? {
            action: {
              label: say('interest.do'),
              run: () => void handOver({ ...handing, ids: again, despiteConflict: true }),
            },
          }
        : {}),
    })
  }
}
