// Files on their way to a draft: each is stored on the server before it stands there, and one that fails says so.
import { useState } from 'react'
import type { MessageKind } from '../../../src/api/contract/messages.ts'
import { notify } from '../../state/toasts.ts'
import { reasonOf } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { currentDraft, editDraft } from './draft.ts'
import { upload } from './send.ts'

const isPicture = (type: string) => /^image\/(png|jpeg|gif|webp)$/.test(type)

export function useAttaching(ticketId: number, mode: MessageKind) {
  const [uploading, setUploading] = useState(0)
  const attach = async (files: readonly File[], onPicture?: (id: number, name: string) => void) => {
    if (files.length === 0) return
    setUploading((count) => count + files.length)
    for (const file of files) {
      try {
        const stored = await upload(file)
        const { attachments } = currentDraft(ticketId, mode)
        editDraft(ticketId, mode, { attachments: [...attachments, stored] })
        if (isPicture(stored.type)) onPicture?.(stored.id, stored.name)
      } catch (error) {
        notify({ kind: 'error', title: say('files.failed', { name: file.name }), detail: reasonOf(error) })
      } finally {
        setUploading((count) => count - 1)
      }
    }
  }
  return { uploading, attach }
}
