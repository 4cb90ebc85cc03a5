// The foot of the composer: files, whether the draft is saved, and Send with everything that can be chosen with it.
import { type ComponentProps, useState } from 'react'

import type { Draft, MessageKind } from '../../../src/api/contract/messages.ts'
import { unresolved } from '../../../src/api/contract/variables.ts'
import { loadAssistant } from '../../assistant/lazy.ts'
import { lazily } from '../../parts/lazily.tsx'

import { useStore } from '../../state/store.ts'
import { clockTime } from '../../parts/time.ts'
import { connection } from '../../wire/live.ts'
import { say } from '../../words/say.ts'
import { AttachButton } from './AttachButton.tsx'
import styles from './composer.module.css'
import type { Saving } from './draft.ts'
import { SendLater } from '../lazy.ts'
import { SendButton } from './SendButton.tsx'
import type { Sending } from './useSending.ts'

type Props = {
  mode: MessageKind
  draft: Draft
  saving: Saving
  sending: Sending
  isChat: boolean
  onFiles: (files: File[]) => void
  /** Where the desk has a model: what it is given, and where its words go. */
  rewording: ComponentProps<typeof Reword> | null
}

const Reword = lazily(() => loadAssistant().then((all) => all.Reword))

export function ComposerFoot({ mode, draft, saving, sending, isChat, onFiles, rewording }: Props) {
  const [later, setLater] = useState(false)
  const offline = useStore(connection, (state) => state) === 'offline'
  const missing = unresolved(draft.body).length > 0
  const word = mode === 'note' ? 'composer.addNote' : isChat ? 'chat.send' : 'composer.send'
  const label = sending.answered
    ? say('guard.review', { name: sending.answered.author?.name ?? '' })
    : say(sending.busy ? 'composer.sending' : word)
  return (
    <div className={styles['foot']}>
      <AttachButton onFiles={onFiles} />
      {rewording && <Reword {...rewording} />}
      <SavedLine saving={saving} updatedAt={draft.updatedAt} uploading={sending.uploading} />
      <SendButton
        label={label}
        mode={mode}
        disabled={draft.body === '' || offline || missing || sending.busy || sending.uploading > 0}
        why={offline ? say('composer.offline') : undefined}
        onSend={(status) => void sending.send(status)}
        onLater={mode === 'reply' && !isChat ? () => setLater(true) : undefined}
      />
      {later && <SendLater onSend={(at) => void sending.sendLater(at)} onClose={() => setLater(false)} />}
    </div>
  )
}

type SavedProps = { saving: Saving; updatedAt: string | null; uploading: number }

function SavedLine({ saving, updatedAt, uploading }: SavedProps) {
  const text =
    uploading > 0
      ? say('files.uploading', { count: uploading })
      : saving === 'failed'
        ? say('draft.failed')
        : saving === 'saved' && updatedAt
          ? say('draft.saved', { at: clockTime(updatedAt) })
          : ''
  return (
    <span className={styles['saved']} data-failed={saving === 'failed' || undefined} role="status">
      {text}
    </span>
  )
}
