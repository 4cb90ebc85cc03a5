// Where agents write. Reply and internal note differ in colour, border, button word, icon and the line of readers,
// and nothing but the agent's own choice of mode ever turns one into the other.
import { useQuery } from '@tanstack/react-query'
import { Lock, Reply } from 'lucide-react'
import { Suspense, useEffect, useRef } from 'react'

import type { MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { ticketAssistantQuery } from '../../assistant/wire.ts'
import { Editor } from '../../editor/lazy.ts'
import type { EditorApi } from '../../editor/view.ts'
import { Button } from '../../parts/Button.tsx'
import { setStatus } from '../../parts/choices.tsx'
import { usePreference } from '../../state/preferences.ts'
import { useStore } from '../../state/store.ts'
import { arrived, choosingMacro, handOver, modes, wanted, writeOn } from '../../state/writing.ts'
import { onDraft } from '../../wire/live.ts'
import { useIsChat } from '../../wire/chat.ts'
import { useAnnounce } from '../../wire/presence.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import { AttachmentList } from '../conversation/AttachmentList.tsx'
import styles from './composer.module.css'
import { ComposerFoot } from './ComposerFoot.tsx'
import {
  appendToDraft,
  currentDraft,
  editDraft,
  isEmpty,
  saveDraft,
  takeInDrafts,
  useDraft,
} from './draft.ts'
import { Guards } from './Guards.tsx'
import { takesInserts } from './insert.ts'
import { MacroDialog } from '../lazy.ts'
import { Recipients } from './Recipients.tsx'
import { Staged } from './Staged.tsx'
import { useSending } from './useSending.ts'
import { useSuggestions } from './useSuggestions.tsx'

export function Composer({ ticket, onSent }: { ticket: Ticket; onSent: () => void }) {
  const mayReply = useMay('ticket.reply')
  const mayNote = useMay('ticket.note')
  const chosen = useStore(modes, (map) => map.get(ticket.id) ?? 'reply')
  const mode = mayReply ? chosen : 'note'
  const drafts = { reply: useDraft(ticket.id, 'reply'), note: useDraft(ticket.id, 'note') }
  const { draft, loaded, saving, version } = drafts[mode]
  const open = useStore(wanted, (place) => place?.ticketId === ticket.id)
  const choosing = useStore(choosingMacro, (id) => id === ticket.id)
  const editor = useRef<EditorApi | null>(null)
  const suggestions = useSuggestions(ticket, mode)
  const isReply = () => (modes.get().get(ticket.id) ?? 'reply') === 'reply'
  const rewords = useQuery(ticketAssistantQuery(ticket.id, ticket.seq)).data?.rewords === true
  const from = useRef<object | null>(null)
  const isChat = useIsChat(ticket) && mode === 'reply'
  const enterSends = usePreference('enterSends') && isChat
  const sent = () => {
    // In a chat the next sentence follows.
    if (isChat) return editor.current?.focus()
    // Out of the text, so that the next key is a command again; unless somebody has begun to write anew meanwhile.
    if (wanted.get() === from.current) {
      editor.current?.blur()
      wanted.set(null)
    }
    onSent()
  }
  const started = () => {
    from.current = wanted.get()
  }
  const sending = useSending({ ticket, mode, draft, onStart: started, onSent: sent })
  useEffect(() => {
    if (!sending.busy) handOver()
  }, [sending.busy])
  useAnnounce(ticket.id, draft.body === '' || !open ? null : mode)
  const write = (next: MessageKind) => writeOn(ticket.id, next)
  const ready = (api: EditorApi | null) => {
    editor.current = api
    arrived(api && { ...api, ticketId: ticket.id, mode })
  }
  useEffect(() => () => void saveDraft(ticket.id, mode), [ticket.id, mode])
  useEffect(() => onDraft((id) => void (id === ticket.id && takeInDrafts(id))), [ticket.id])
  useEffect(() => {
    const hide = () => void saveDraft(ticket.id, mode)
    document.addEventListener('visibilitychange', hide)
    return () => document.removeEventListener('visibilitychange', hide)
  }, [ticket.id, mode])
  const insert = (html: string, kind: MessageKind = mode) => {
    if (kind === mode && editor.current) editor.current.insert(html)
    else {
      appendToDraft(ticket.id, kind, html)
      write(kind)
    }
  }
  const latest = useRef(insert)
  useEffect(() => {
    latest.current = insert
  })
  useEffect(() => takesInserts(ticket.id, (html, kind) => latest.current(html, kind)), [ticket.id, latest])
  if (!mayReply && !mayNote) return null
  const locked = mode === 'reply' && ticket.status === 'closed'
  const expanded = open || !isEmpty(draft)
  const other = mode === 'reply' ? 'note' : 'reply'
  const onKey = (event: KeyboardEvent, blank: boolean): boolean => {
    const chord = event.ctrlKey || event.metaKey
    if (event.key === 'Enter' && (chord || (enterSends && !event.shiftKey)))
      void sending.send(event.shiftKey ? 'resolved' : undefined)
    else if (event.key === 'Tab' && event.shiftKey && blank && mayReply && mayNote) write(other)
    else if (event.key === 'Escape') {
      editor.current?.blur()
      if (isEmpty(currentDraft(ticket.id, mode))) wanted.set(null)
    } else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const attach = (files: File[]) =>
    void sending.attach(files, (id, name) => editor.current?.picture(id, name))
  const label = say(mode === 'note' ? 'composer.note' : 'composer.reply')
  const hint = say(mode === 'note' ? 'composer.noteHint' : 'composer.replyHint', {
    name: ticket.requester.name || ticket.requester.email,
  })
  const beside = draft.attachments.filter(({ id }) => !draft.body.includes(`"cid:up-${id}"`))
  return (
    <section
      className={styles['composer']}
      data-mode={mode}
      data-open={expanded || undefined}
      id="composer"
      aria-label={label}
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
      ) : !expanded || !loaded ? (
        <button type="button" className={styles['closed']} onClick={() => write(mode)}>
          {hint}
        </button>
      ) : (
        <>
          <Suspense>
            <Editor
              key={`${mode} ${version}`}
              label={label}
              placeholder={hint}
              html={draft.body}
              autoFocus={open}
              readOnly={sending.busy}
              suggestions={suggestions}
              urlOf={(id) =>
                currentDraft(ticket.id, mode).attachments.find((file) => file.id === id)?.url ?? ''
              }
              onReady={ready}
              onChange={(body, mentions) => editDraft(ticket.id, mode, { body, mentions })}
              onBlur={() => void saveDraft(ticket.id, mode)}
              onFiles={attach}
              onKey={onKey}
            >
              {mode === 'reply' && draft.signature && (
                <p className={styles['signature']}>{`-- \n${draft.signature}`}</p>
              )}
            </Editor>
          </Suspense>
          {beside.length > 0 && (
            <AttachmentList
              attachments={beside}
              onRemove={(id) =>
                editDraft(ticket.id, mode, {
                  attachments: draft.attachments.filter((file) => file.id !== id),
                })
              }
            />
          )}
          <Staged ticketId={ticket.id} mode={mode} draft={draft} />
          <Guards ticket={ticket} draft={draft} mode={mode} sending={sending} onNote={() => write('note')} />
          <ComposerFoot
            mode={mode}
            draft={draft}
            saving={saving}
            sending={sending}
            isChat={isChat}
            onFiles={attach}
            rewording={
              mode === 'reply' && rewords
                ? {
                    ticket,
                    html: () => (editor.current && isReply() ? currentDraft(ticket.id, mode).body : null),
                    put: (html) => editor.current?.replace(html),
                  }
                : null
            }
          />
        </>
      )}
      {choosing && (
        <MacroDialog
          ticket={ticket}
          onText={(kind, html) => insert(html, kind)}
          onClose={() => choosingMacro.set(null)}
        />
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
