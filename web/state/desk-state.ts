// What the panes share: which ticket is focused, open, selected, and which question (status? assignee?) is being asked.
import type { TicketSort } from '../../src/api/contract/tickets.ts'
import { holdKeys } from './keys-ahead.ts'
import { createStore, useStore } from './store.ts'

export type Asked = 'status' | 'priority' | 'assignee' | 'team' | 'category' | 'tags' | 'snooze'
type Layer = 'palette' | 'recent' | 'keys' | 'new-ticket' | 'views' | 'save-view' | 'context' | null

type DeskState = {
  /** Ids of the list on the screen, in its order. */
  order: readonly number[]
  focusedId: number | null
  openId: number | null
  selection: ReadonlySet<number>
  /** Everything that matches was selected, also what lies beyond the rows that were read. */
  everything: { q: string; total: number } | null
  /** The bulk change that is shown, running or done. */
  jobId: number | null
  /** Play mode: one ticket after the other, none that a colleague has in hand. */
  play: { q: string; sort: TicketSort | undefined; name: string; skip: readonly number[] } | null
  ask: { what: Asked; ids: readonly number[] } | null
  layer: Layer
}

const empty: ReadonlySet<number> = new Set()
export const desk = createStore<DeskState>({
  order: [],
  focusedId: null,
  openId: null,
  selection: empty,
  everything: null,
  jobId: null,
  play: null,
  ask: null,
  layer: null,
})

export function useDesk<Part>(select: (state: DeskState) => Part): Part {
  return useStore(desk, select)
}

export function setDesk(change: Partial<DeskState>): void {
  desk.set((now) => ({ ...now, ...change }))
}

/** The ticket at hand: the open one, else the row with the keyboard, else the first of the list. */
export function atHand(): number | null {
  const { openId, focusedId, order } = desk.get()
  return openId ?? focusedId ?? order[0] ?? null
}

/** What a command without a named ticket acts on: the selection, else the open ticket, else the focused row. */
export function targets(): readonly number[] {
  const { selection, openId, focusedId } = desk.get()
  if (selection.size > 0) return [...selection]
  const id = openId ?? focusedId
  return id === null ? [] : [id]
}

export function ask(what: Asked, ids: readonly number[] = targets()): void {
  if (ids.length === 0) return
  holdKeys()
  setDesk({ ask: { what, ids } })
}

/** Opens a layer in which one types at once. */
export function openLayer(layer: 'palette' | 'recent' | 'new-ticket'): void {
  if (desk.get().layer === layer) return
  holdKeys()
  setDesk({ layer })
}

export function toggleSelected(id: number): void {
  const selection = new Set(desk.get().selection)
  if (!selection.delete(id)) selection.add(id)
  setDesk({ selection, everything: null })
}

/** Leaving a list drops what was focused and selected in it. */
export const forgetList = (): void => setDesk({ selection: empty, everything: null, focusedId: null })

export const clearSelection = (): void => setDesk({ selection: empty, everything: null })

/** Selects every row of the list on the screen; `everything` says that all that matches is meant. */
export function selectAll(everything: DeskState['everything'] = null): void {
  setDesk({ selection: new Set(desk.get().order), everything })
}

/** The id `steps` away from `from` in the list on the screen; null past its ends. */
export function neighbour(from: number | null, steps: number): number | null {
  const { order } = desk.get()
  const at = from === null ? -1 : order.indexOf(from)
  if (at === -1) return order[0] ?? null
  return order[at + steps] ?? null
}
