// The state around Send: attempts, and the two ways it can be refused (someone wrote meanwhile; anything else).
import { useEffect, useRef, useState } from 'react'

import type { Draft, MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { unresolved } from '../../../src/api/contract/variables.ts'
import { say } from '../../words/say.ts'
import { missing } from '../../wire/actions.ts'
import { CallFailed, reasonOf } from '../../wire/call.ts'
import { connection } from '../../wire/live.ts'
import { client } from '../../wire/client.ts'
import { currentDraft, saveDraft } from './draft.ts'
import { outgoing, type SentStatus } from './outgoing.ts'
import { send } from './send.ts'
import { uploadingTo, useAttaching } from './useAttaching.ts'
import { useOvertaking } from './useOvertaking.ts'

type Args = { ticket: Ticket; mode: MessageKind; draft: Draft; onStart: () => void; onSent: () => void }
export type Sending = ReturnType<typeof useSending>

export function useSending({ ticket, mode, draft, onStart, onSent }: Args) {
  const [busy, setBusy] = useState(false)
  const { uploading, attach } = useAttaching(ticket.id, mode)
  const [refused, setRefused] = useState<{ status: SentStatus | undefined } | null>(null)
  const overtaking = useOvertaking(ticket.id, mode === 'reply' && draft.body !== '')
  const [problem, setProblem] = useState<{ text: string; status: SentStatus | undefined } | null>(null)
  const keys = useKeys()
  // What the agent had seen when the writing began: a later public message is a reason to look again.
  const seenSeq = useRef(ticket.seq)
  useEffect(() => {
    if (draft.body === '') seenSeq.current = ticket.seq
  }, [draft.body, ticket.seq])

  const post = async (status: SentStatus | undefined, sendAnyway: boolean, sendAt?: string) => {
    // The text box tells of each key at once; what was rendered last may be one behind.
    const latest = currentDraft(ticket.id, mode)
    if (busy || !isWhole(latest) || uploadingTo(ticket.id, mode) > 0 || connection.get() === 'offline') return
    const body = outgoing(latest, { mode, status, sendAnyway, sendAt, seenSeq: seenSeq.current })
    setBusy(true)
    onStart()
    setProblem(null)
    try {
      await saveDraft(ticket.id, mode)
      await send(ticket.id, body, keys.keyOf(body))
      keys.forget()
      setRefused(null)
      onSent()
    } catch (error) {
      refuse(error, status)
    } finally {
      setBusy(false)
    }
  }

  const refuse = (error: unknown, status: SentStatus | undefined) => {
    const refusal = error instanceof CallFailed ? error.problem : null
    if (refusal?.refusal === 'newer_message') {
      setRefused({ status })
      void client.invalidateQueries({ queryKey: ['messages', ticket.id] })
      return
    }
    if (refusal?.refusal === 'fields_required')
      missing.set({ ids: [ticket.id], patch: {}, refusal: 'fields_required', fields: refusal.fields ?? [] })
    setProblem({ text: say('composer.failed', { reason: reasonOf(error) }), status })
  }

  const newer = mode === 'reply' ? overtaking.message : null
  /** A colleague has answered: whoever presses Send is shown that answer first. */
  const answered = newer?.direction === 'outbound' ? newer : null
  const read = () => {
    seenSeq.current = client.getQueryData<Ticket>(['ticket', ticket.id])?.seq ?? ticket.seq
    setRefused(null)
    overtaking.seen()
    document.querySelector(`[data-message="${newer?.id}"]`)?.scrollIntoView({ block: 'start' })
  }
  return {
    busy,
    uploading,
    newer,
    refused: mode === 'reply' && refused !== null,
    answered,
    problem,
    attach,
    send: async (status?: SentStatus) => (answered ? read() : post(status, false)),
    sendLater: async (sendAt: string) => (answered ? read() : post(undefined, false, sendAt)),
    sendAnyway: () => post(refused?.status, true),
    read,
  }
}

const isWhole = ({ body }: Draft): boolean => body !== '' && unresolved(body).length === 0

/** One key per content: a repeated click or a retry after a lost answer stays one message. */
function useKeys() {
  const last = useRef<{ content: string; key: string } | null>(null)
  const keyOf = (body: object): string => {
    const content = JSON.stringify(body)
    if (last.current?.content !== content) last.current = { content, key: crypto.randomUUID() }
    return last.current.key
  }
  return { keyOf, forget: () => void (last.current = null) }
}
