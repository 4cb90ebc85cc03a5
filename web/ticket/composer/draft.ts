// A draft lives on the server, per ticket, agent and kind. Here it is edited at once and saved 400 ms after the last key.
import { useQuery } from '@tanstack/react-query'

import type { Draft, DraftPut, MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { createStore, useStore } from '../../state/store.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { usePainted } from '../../state/painted.ts'
import { draftQuery } from '../../wire/tickets.ts'

export type Saving = 'saved' | 'saving' | 'failed'
/** What is being typed, ahead of the server. A text box must hear of each key at once, so this is not the query cache. */
const edits = createStore<ReadonlyMap<string, Draft>>(new Map())
const savings = createStore<ReadonlyMap<string, Saving>>(new Map())
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const emptyDraft: Draft = {
  body: '',
  cc: null,
  to: null,
  attachments: [],
  change: null,
  macroId: null,
  mentions: [],
  updatedAt: null,
  signature: '',
}
/** Grows when a draft is replaced from outside of the text box, which then takes it in. */
const versions = createStore<ReadonlyMap<string, number>>(new Map())

const nameOf = (id: number, mode: MessageKind): string => `${id} ${mode}`

function setSaving(name: string, saving: Saving): void {
  savings.set((now) => new Map(now).set(name, saving))
}

type Used = { draft: Draft; loaded: boolean; saving: Saving; version: number }

export function useDraft(id: number, mode: MessageKind): Used {
  const version = useStore(versions, (map) => map.get(nameOf(id, mode)) ?? 0)
  const painted = usePainted()
  const { data, isSuccess } = useQuery({ ...draftQuery(id, mode), enabled: painted })
  const saving = useStore(savings, (map) => map.get(nameOf(id, mode)) ?? 'saved')
  const edited = useStore(edits, (map) => map.get(nameOf(id, mode)))
  return { draft: edited ?? data ?? emptyDraft, loaded: isSuccess || edited !== undefined, saving, version }
}

/** The draft as it stands now, typed or stored. */
export function currentDraft(id: number, mode: MessageKind): Draft {
  return (
    edits.get().get(nameOf(id, mode)) ??
    client.getQueryData<Draft>(draftQuery(id, mode).queryKey) ??
    emptyDraft
  )
}

function setEdited(name: string, draft: Draft): void {
  edits.set((now) => new Map(now).set(name, draft))
}

export function editDraft(id: number, mode: MessageKind, change: Partial<Draft>): void {
  const name = nameOf(id, mode)
  setEdited(name, { ...currentDraft(id, mode), ...change })
  setSaving(name, 'saving')
  clearTimeout(timers.get(name))
  timers.set(
    name,
    setTimeout(() => void saveDraft(id, mode), 400),
  )
}

/** Saves now if anything is waiting; on failure tries again in 5 s and says so meanwhile. */
export async function saveDraft(id: number, mode: MessageKind): Promise<void> {
  const name = nameOf(id, mode)
  if (!timers.has(name)) return
  clearTimeout(timers.get(name))
  timers.delete(name)
  const draft = currentDraft(id, mode)
  try {
    const updatedAt = await store(id, mode, draft)
    if (timers.has(name)) return
    setEdited(name, { ...draft, updatedAt })
    markDraft(id, updatedAt !== null)
    setSaving(name, 'saved')
  } catch {
    setSaving(name, 'failed')
    timers.set(
      name,
      setTimeout(() => void saveDraft(id, mode), 5_000),
    )
  }
}

async function store(id: number, mode: MessageKind, draft: Draft): Promise<string | null> {
  if (isEmpty(draft)) {
    await call('DELETE', `/tickets/${id}/draft`, { query: { mode } })
    return null
  }
  const body: DraftPut = {
    body: draft.body,
    cc: draft.cc,
    to: draft.to,
    attachments: draft.attachments.map((file) => file.id),
    change: draft.change,
    macroId: draft.macroId,
    mentions: draft.mentions,
  }
  const { updatedAt } = await call<Draft>('PUT', `/tickets/${id}/draft`, { query: { mode }, body })
  return updatedAt ?? new Date().toISOString()
}

export function isEmpty({ body, attachments, change }: Draft): boolean {
  return body === '' && attachments.length === 0 && change === null
}

/** The list row says "Draft" without asking again. */
function markDraft(id: number, draft: boolean): void {
  client.setQueryData<Ticket>(['ticket', id], (now) =>
    now && (now.draft ?? false) !== draft ? { ...now, draft } : now,
  )
}

/** Puts a draft in place without saving it: after sending, and after an undone send. */
export function replaceDraft(id: number, mode: MessageKind, draft: Draft = emptyDraft): void {
  const name = nameOf(id, mode)
  clearTimeout(timers.get(name))
  timers.delete(name)
  setSaving(name, 'saved')
  setEdited(name, { ...draft, signature: draft.signature || currentDraft(id, mode).signature })
  versions.set((now) => new Map(now).set(name, (now.get(name) ?? 0) + 1))
  markDraft(id, draft.updatedAt !== null)
}

/** Puts HTML at the end of a draft that no text box shows yet. */
export function appendToDraft(id: number, mode: MessageKind, html: string): void {
  const draft = currentDraft(id, mode)
  editDraft(id, mode, { body: draft.body + html })
  const name = nameOf(id, mode)
  versions.set((now) => new Map(now).set(name, (now.get(name) ?? 0) + 1))
}

/** A draft changed on another device: taken in, unless this one is being written on. */
export async function takeInDrafts(id: number): Promise<void> {
  const isWriting = document.activeElement?.closest('#composer') !== null && document.hasFocus()
  for (const mode of ['reply', 'note'] as const) {
    const name = nameOf(id, mode)
    const { queryKey } = draftQuery(id, mode)
    const isSaving = savings.get().get(name) === 'saving'
    if (timers.has(name) || isSaving || isWriting || client.getQueryData(queryKey) === undefined) continue
    const before = currentDraft(id, mode)
    const edited = edits.get().get(name)
    const found = await client.fetchQuery({ ...draftQuery(id, mode), staleTime: 0 })
    if (found.updatedAt !== before.updatedAt && !timers.has(name) && edits.get().get(name) === edited)
      replaceDraft(id, mode, found)
  }
}
