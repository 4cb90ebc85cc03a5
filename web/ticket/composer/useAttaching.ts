// Files on their way to a draft: each is stored on the server before it stands there, and one that fails says so.
import type { MessageKind } from '../../../src/api/contract/messages.ts'
import { createStore, useStore } from '../../state/store.ts'
import { notify } from '../../state/toasts.ts'
import { reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { currentDraft, editDraft } from './draft.ts'
import { upload } from './send.ts'

const isPicture = (type: string) => /^image\/(png|jpeg|gif|webp)$/.test(type)

/** By draft, how many files are on their way to it, from wherever. */
const pending = createStore<ReadonlyMap<string, number>>(new Map())
const nameOf = (ticketId: number, mode: MessageKind) => `${ticketId} ${mode}`

/** How many files are on their way to a draft; until they are there it is not sent. */
export function uploadingTo(ticketId: number, mode: MessageKind): number {
  return pending.get().get(nameOf(ticketId, mode)) ?? 0
}

/** Notes that so many more files are on their way to a draft, or have ended theirs. */
export function noteUploading(ticketId: number, mode: MessageKind, more: number): void {
  const name = nameOf(ticketId, mode)
  pending.set((now) => new Map(now).set(name, (now.get(name) ?? 0) + more))
}

export function useAttaching(ticketId: number, mode: MessageKind) {
  const uploading = useStore(pending, (map) => map.get(nameOf(ticketId, mode)) ?? 0)
  const attach = async (files: readonly File[], onPicture?: (id: number, name: string) => void) => {
    if (files.length === 0) return
    noteUploading(ticketId, mode, files.length)
    for (const file of files) {
      try {
        const stored = await upload(file)
        const { attachments } = currentDraft(ticketId, mode)
        editDraft(ticketId, mode, { attachments: [...attachments, stored] })
        if (isPicture(stored.type)) onPicture?.(stored.id, stored.name)
      } catch (error) {
        notify({ kind: 'error', title: say('files.failed', { name: file.name }), detail: reasonOf(error) })
      } finally {
        noteUploading(ticketId, mode, -1)
      }
    }
  }
  return { uploading, attach }
}
