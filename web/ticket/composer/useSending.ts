// The state around Send: attempts, uploads, and the two ways it can be refused (someone wrote meanwhile; anything else).
import { useEffect, useRef, useState } from 'react'

import type { Draft, MessageKind, NewMessage } from '../../../src/api/contract/messages.ts'
import type { Status, Ticket } from '../../../src/api/contract/tickets.ts'
import { unresolved } from '../../../src/api/contract/variables.ts'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { missing } from '../../wire/actions.ts'
import { CallFailed, reasonOf } from '../../wire/call.ts'
import { connection } from '../../wire/live.ts'
import { client } from '../../wire/client.ts'
import { currentDraft, editDraft, saveDraft } from './draft.ts'
import { send, upload } from './send.ts'
import { useOvertaking } from './useOvertaking.ts'

const isPicture = (type: string) => /^image\/(png|jpeg|gif|webp)$/.test(type)

type Args = { ticket: Ticket; mode: MessageKind; draft: Draft; onStart: () => void; onSent: () => void }
export type Sending = ReturnType<typeof useSending>
type SentStatus = Exclude<Status, 'new'>

export function useSending({ ticket, mode, draft, onStart, onSent }: Args) {
  const [busy, setBusy] = useState(false)
  const [uploading, setUploading] = useState(0)
  const [refused, setRefused] = useState<{ status: SentStatus | undefined } | null>(null)
  const overtaking = useOvertaking(ticket.id, mode === 'reply' && draft.body !== '')
  const [problem, setProblem] = useState<{ text: string; status: SentStatus | undefined } | null>(null)
  // One key per content: a repeated click or a retry after a lost answer stays one message.
  const attempt = useRef<{ content: string; key: string } | null>(null)
  // What the agent had seen when the writing began: a later public message is a reason to look again.
  const seenSeq = useRef(ticket.seq)
  useEffect(() => {
    if (draft.body === '') seenSeq.current = ticket.seq
  }, [draft.body, ticket.seq])

  const post = async (status: SentStatus | undefined, sendAnyway: boolean, sendAt?: string) => {
    // The text box tells of each key at once; what was rendered last may be one behind.
    const draft = currentDraft(ticket.id, mode)
    if (draft.body === '' || busy || unresolved(draft.body).length > 0 || connection.get() === 'offline')
      return
    const body: NewMessage = {
      kind: mode,
      body: draft.body,
      bodyFormat: 'html',
      ...(mode === 'reply' && draft.cc ? { cc: draft.cc } : {}),
      ...(draft.attachments.length > 0 ? { attachments: draft.attachments.map(({ id }) => id) } : {}),
      ...(status ? { status } : {}),
      ...(draft.change ? { change: draft.change } : {}),
      ...(draft.macroId === null ? {} : { macroId: draft.macroId }),
      ...(draft.mentions.length > 0 ? { mentions: draft.mentions } : {}),
      ...(sendAt ? { sendAt } : {}),
      ...(mode === 'reply' ? { expectedSeq: seenSeq.current } : {}),
      ...(sendAnyway ? { sendAnyway } : {}),
    }
    const content = JSON.stringify(body)
    if (attempt.current?.content !== content) attempt.current = { content, key: crypto.randomUUID() }
    setBusy(true)
    onStart()
    setProblem(null)
    try {
      await saveDraft(ticket.id, mode)
      await send(ticket.id, body, attempt.current.key)
      attempt.current = null
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

  const attach = async (files: readonly File[], onPicture?: (id: number, name: string) => void) => {
    if (files.length === 0) return
    setUploading((count) => count + files.length)
    for (const file of files) {
      try {
        const stored = await upload(file)
        const { attachments } = currentDraft(ticket.id, mode)
        editDraft(ticket.id, mode, { attachments: [...attachments, stored] })
        if (isPicture(stored.type)) onPicture?.(stored.id, stored.name)
      } catch (error) {
        notify({ kind: 'error', title: say('files.failed', { name: file.name }), detail: reasonOf(error) })
      } finally {
        setUploading((count) => count - 1)
      }
    }
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
