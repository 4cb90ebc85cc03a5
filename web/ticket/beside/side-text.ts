// What is being written to outside parties, per thread. It lives on the server like every draft; here it is edited at once and saved
// 400 ms after the last key.
import { useQuery } from '@tanstack/react-query'

import type { Attachment } from '../../../src/api/contract/messages.ts'
import type { SideDraft } from '../../../src/api/contract/side.ts'
import { createStore, useStore } from '../../state/store.ts'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { sideDraftsQuery } from '../../wire/side.ts'

export type SideText = {
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly attachments: readonly Attachment[]
  /** One key for one text: sent twice it is one mail. */
  readonly key: string
}
/** `thread` is a side conversation's number, `new`, or `forward-` with a message. */
export type SidePlace = { readonly ticketId: number; readonly thread: string }

const texts = createStore<ReadonlyMap<string, SideText>>(new Map())
const waiting = new Map<string, ReturnType<typeof setTimeout>>()
const nameOf = ({ ticketId, thread }: SidePlace) => `${ticketId} ${thread}`

type Begin = Pick<SideText, 'to' | 'subject'>

/** The text as it stands, typed here or begun on another device; null until the server has said which. */
export function useSideText(place: SidePlace, begin: Begin): SideText | null {
  const typed = useStore(texts, (map) => map.get(nameOf(place)))
  const { data, isError } = useQuery(sideDraftsQuery(place.ticketId))
  if (typed) return typed
  if (!data && !isError) return null
  const stored = data?.items.find(({ thread }) => thread === place.thread)
  return stored ? { ...stored, key: stored.updatedAt } : { ...begin, body: '', attachments: [], key: '' }
}

export function editSideText(place: SidePlace, now: SideText, change: Partial<SideText>): void {
  const name = nameOf(place)
  texts.set((map) =>
    new Map(map).set(name, { ...now, ...map.get(name), ...change, key: crypto.randomUUID() }),
  )
  saveIn(place, 400)
}

function saveIn(place: SidePlace, ms: number): void {
  const name = nameOf(place)
  clearTimeout(waiting.get(name))
  waiting.set(
    name,
    setTimeout(() => void save(place), ms),
  )
}

/** Saves what waits; on failure tries again in 5 s. */
async function save(place: SidePlace): Promise<void> {
  const name = nameOf(place)
  const text = texts.get().get(name)
  waiting.delete(name)
  if (!text) return
  const path = pathOf(place)
  const { to, subject, body } = text
  const attachments = text.attachments.map(({ id }) => id)
  try {
    if (body === '' && to.trim() === '' && attachments.length === 0) await call('DELETE', path)
    else await call<SideDraft>('PUT', path, { body: { to, subject, body, attachments } })
    await client.invalidateQueries(sideDraftsQuery(place.ticketId))
  } catch {
    if (texts.get().has(name)) saveIn(place, 5_000)
  }
}

const pathOf = ({ ticketId, thread }: SidePlace) => `/tickets/${ticketId}/side-drafts/${thread}`

/** Nothing is left of a text that was sent; the server has thrown its copy away with the sending. */
export function dropSideText(place: SidePlace): void {
  const name = nameOf(place)
  clearTimeout(waiting.get(name))
  waiting.delete(name)
  texts.set((map) => new Map([...map].filter(([other]) => other !== name)))
  client.setQueryData(
    sideDraftsQuery(place.ticketId).queryKey,
    (now) => now && { ...now, items: now.items.filter(({ thread }) => thread !== place.thread) },
  )
}

/** A draft changed on another device: what is not being typed here is read again. */
export function takeInSideDrafts(ticketId: number): void {
  const { queryKey } = sideDraftsQuery(ticketId)
  const typing = [...waiting.keys()].some((name) => name.startsWith(`${ticketId} `))
  if (typing || client.getQueryData(queryKey) === undefined) return
  if (document.activeElement?.closest('[role=dialog]') == null)
    texts.set((map) => new Map([...map].filter(([name]) => !name.startsWith(`${ticketId} `))))
  void client.invalidateQueries({ queryKey })
}
