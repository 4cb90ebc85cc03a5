// What is being written to outside parties, per thread: closing the window loses nothing.
import type { Attachment } from '../../src/api/contract/messages.ts'
import { createStore, useStore } from '../parts/store.ts'

export type SideText = {
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly attachments: readonly Attachment[]
  /** One key for one text: sent twice it is one mail. */
  readonly key: string
}

const texts = createStore<ReadonlyMap<string, SideText>>(new Map())

export function useSideText(name: string, begin: Pick<SideText, 'to' | 'subject'>): SideText {
  return useStore(texts, (map) => map.get(name)) ?? { ...begin, body: '', attachments: [], key: '' }
}

export function editSideText(name: string, now: SideText, change: Partial<SideText>): void {
  texts.set((map) =>
    new Map(map).set(name, { ...now, ...map.get(name), ...change, key: crypto.randomUUID() }),
  )
}

export function dropSideText(name: string): void {
  texts.set((map) => new Map([...map].filter(([other]) => other !== name)))
}
