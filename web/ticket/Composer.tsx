// Where agents write. Reply and internal note differ in colour, border, button word, icon and the line of readers,
// and nothing but the agent's own choice of mode ever turns one into the other.
import { Lock, Paperclip, Reply } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'

import type { MessageKind } from '../../src/api/contract/messages.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { useKeys } from '../keys/keys.ts'
import { Button, IconButton } from '../parts/Button.tsx'
import { setStatus } from '../parts/choices.tsx'
import { createStore, useStore } from '../parts/store.ts'
import { clockTime } from '../parts/time.ts'
import { say } from '../words/say.ts'
import { connection } from '../wire/live.ts'
import { useMay } from '../wire/session.ts'
import { AttachmentList } from './AttachmentList.tsx'
import styles from './composer.module.css'
import { editDraft, type Saving, saveDraft, useDraft } from './draft.ts'
import { Guards } from './Guards.tsx'
import { Recipients } from './Recipients.tsx'
import { SendButton } from './SendButton.tsx'
import { useSending } from './useSending.ts'

/** The mode last chosen per ticket, so that coming back finds the same one. */
const modes = createStore<ReadonlyMap<number, MessageKind>>(new Map())

export function Composer({ ticket, onSent }: { ticket: Ticket; onSent: () => void }) {
  const mayReply = useMay('ticket.reply')
  const mayNote = useMay('ticket.note')
  const chosen = useStore(modes, (map) => map.get(ticket.id) ?? 'reply')
  const mode = mayReply ? chosen : 'note'
  const box = useRef<HTMLTextAreaElement>(null)
  const drafts = { reply: useDraft(ticket.id, 'reply'), note: useDraft(ticket.id, 'note') }
  const { draft, loaded, saving } = drafts[mode]
  const [open, setOpen] = useState(false)
  const sent = () => {
    // Out of the text, so that the next key is a command again.
    box.current?.blur()
    setOpen(false)
    onSent()
  }
  const sending = useSending({ ticket, mode, draft, onSent: sent })
  const write = (next: MessageKind) => {
    modes.set((map) => new Map(map).set(ticket.id, next))
    setOpen(true)
    // At once: a key typed right after this one must land in the text and never be taken for a shortcut.
    box.current?.focus()
  }
  useKeys('keys.ticket', [
    { keys: 'r', word: 'keys.reply', run: () => mayReply && write('reply') },
    { keys: 'n', word: 'keys.note', run: () => mayNote && write('note') },
  ])
  useEffect(() => () => void saveDraft(ticket.id, mode), [ticket.id, mode])
  useEffect(() => {
    const hide = () => void saveDraft(ticket.id, mode)
    document.addEventListener('visibilitychange', hide)
    return () => document.removeEventListener('visibilitychange', hide)
  }, [ticket.id, mode])
  if (!mayReply && !mayNote) return null
  const locked = mode === 'reply' && ticket.status === 'closed'
  const expanded = open || draft.body !== '' || draft.attachments.length > 0
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && chord) void sending.send(event.shiftKey ? 'resolved' : undefined)
    else if (event.key === 'Tab' && event.shiftKey && draft.body === '' && mayReply && mayNote)
      write(mode === 'reply' ? 'note' : 'reply')
    else if (event.key === 'Escape') {
      box.current?.blur()
      if (draft.body === '') setOpen(false)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section
      className={styles['composer']}
      data-mode={mode}
      data-open={expanded || undefined}
      id="composer"
      aria-label={say(mode === 'note' ? 'composer.note' : 'composer.reply')}
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault()
        void sending.attach([...event.dataTransfer.files])
      }}
    >
      <div className={styles['top']}>
        <ModeTabs mode={mode} mayReply={mayReply} mayNote={mayNote} onChoose={write} />
        <Recipients ticket={ticket} mode={mode} draft={draft} />
      </div>
      {locked ? (
        <p className={styles['locked']}>
          {say('composer.closed')}{' '}
          <Button weight="quiet" onClick={() => setStatus([ticket.id], 'open')}>
            {say('composer.reopen')}
          </Button>
        </p>
      ) : (
        <>
          <textarea
            ref={box}
            className={styles['body']}
            aria-label={say(mode === 'note' ? 'composer.note' : 'composer.reply')}
            placeholder={say(mode === 'note' ? 'composer.noteHint' : 'composer.replyHint', {
              name: ticket.requester.name || ticket.requester.email,
            })}
            dir="auto"
            readOnly={!loaded || sending.busy}
            value={draft.body}
            onFocus={() => setOpen(true)}
            onChange={(event) => editDraft(ticket.id, mode, { body: event.target.value })}
            onBlur={() => void saveDraft(ticket.id, mode)}
            onKeyDown={onKeyDown}
            onPaste={(event: ClipboardEvent) => {
              if (event.clipboardData.files.length === 0) return
              event.preventDefault()
              void sending.attach([...event.clipboardData.files])
            }}
          />
          {draft.attachments.length > 0 && (
            <AttachmentList
              attachments={draft.attachments}
              onRemove={(id) =>
                editDraft(ticket.id, mode, {
                  attachments: draft.attachments.filter((file) => file.id !== id),
                })
              }
            />
          )}
          <Guards ticket={ticket} draft={draft} mode={mode} sending={sending} />
          <div className={styles['foot']}>
            <AttachButton onFiles={sending.attach} />
            <SavedLine saving={saving} updatedAt={draft.updatedAt} uploading={sending.uploading} />
            <SendControls mode={mode} sending={sending} empty={draft.body.trim() === ''} />
          </div>
        </>
      )}
    </section>
  )
}

type TabsProps = {
  mode: MessageKind
  mayReply: boolean
  mayNote: boolean
  onChoose: (mode: MessageKind) => void
}

function ModeTabs({ mode, mayReply, mayNote, onChoose }: TabsProps) {
  return (
    <div className={styles['modes']} role="group" aria-label={say('composer.mode')}>
      {mayReply && (
        <button
          type="button"
          aria-pressed={mode === 'reply'}
          title={`${say('composer.reply')} (r)`}
          onClick={() => onChoose('reply')}
        >
          <Reply size={13} aria-hidden />
          {say('composer.reply')}
        </button>
      )}
      {mayNote && (
        <button
          type="button"
          aria-pressed={mode === 'note'}
          title={`${say('composer.note')} (n)`}
          onClick={() => onChoose('note')}
        >
          <Lock size={13} aria-hidden />
          {say('composer.note')}
        </button>
      )}
    </div>
  )
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => Promise<void> }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton label={say('composer.attach')} onClick={() => input.current?.click()}>
        <Paperclip size={16} aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={say('composer.attach')}
        onChange={(event) => {
          void onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}

function SavedLine({
  saving,
  updatedAt,
  uploading,
}: {
  saving: Saving
  updatedAt: string | null
  uploading: number
}) {
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

function SendControls({
  mode,
  sending,
  empty,
}: {
  mode: MessageKind
  sending: ReturnType<typeof useSending>
  empty: boolean
}) {
  const offline = useStore(connection, (state) => state) === 'offline'
  return (
    <SendButton
      label={
        sending.busy ? say('composer.sending') : say(mode === 'note' ? 'composer.addNote' : 'composer.send')
      }
      mode={mode}
      disabled={empty || offline || sending.busy || sending.uploading > 0}
      why={offline ? say('composer.offline') : undefined}
      onSend={(status) => void sending.send(status)}
    />
  )
}
