// A side conversation: written to outside parties, read and answered there. The requester never sees it, and it says so.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { EyeOff } from 'lucide-react'
import { Suspense, useState } from 'react'

import type { SideConversation } from '../../../src/api/contract/side.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Editor } from '../../editor/lazy.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { useStore } from '../../state/store.ts'
import { notify } from '../../state/toasts.ts'
import { fieldErrors, reasonOf } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import {
  type Aside,
  aside,
  beginAside,
  endAside,
  sideMessagesQuery,
  sideQuery,
  writeAside,
} from '../../wire/side.ts'
import { say } from '../../words/say.ts'
import { AttachButton } from '../composer/AttachButton.tsx'
import { AttachmentList } from '../conversation/AttachmentList.tsx'
import { MessageItem } from '../conversation/MessageItem.tsx'
import { upload } from '../composer/send.ts'
import styles from './side.module.css'
import { partiesOf } from '../beside/SideCard.tsx'
import { dropSideText, editSideText, type SidePlace, useSideText } from '../beside/side-text.ts'

export function SideDialog({ ticket }: { ticket: Ticket }) {
  const open = useStore(aside, (now) => (now?.ticketId === ticket.id ? now : null))
  if (open === null) return null
  return 'sideId' in open ? (
    <Thread key={open.sideId} ticket={ticket} sideId={open.sideId} />
  ) : (
    <Begin ticket={ticket} forward={open.forward} />
  )
}

const close = () => aside.set(null)

function Begin({
  ticket,
  forward,
}: { ticket: Ticket } & Pick<Extract<Aside, { forward: unknown }>, 'forward'>) {
  const subject = `${forward ? 'Fwd: ' : ''}${ticket.subject}`
  const writing = useWriting(
    { ticketId: ticket.id, thread: forward ? `forward-${forward.id}` : 'new' },
    subject,
  )
  const { text, edit, busy, errors } = writing
  const begin = async () => {
    const to = text.to.split(/[,;\s]+/).filter(Boolean)
    const begun = await beginAside(
      ticket.id,
      {
        ...bodyOf(text),
        to,
        subject: text.subject.trim() || subject,
        ...(forward ? { forward: forward.id } : {}),
      },
      text.key,
    )
    aside.set({ ticketId: ticket.id, sideId: begun.id })
  }
  return (
    <Modal
      title={say(forward ? 'side.forward' : 'side.begin')}
      open
      onClose={close}
      shape="wide"
      actions={
        <Button
          weight="primary"
          disabled={busy || text.to.trim() === '' || (text.body === '' && !forward)}
          onClick={() => void writing.send(begin)}
        >
          {say(forward ? 'side.sendForward' : 'side.send')}
        </Button>
      }
    >
      <Hidden ticket={ticket} />
      <FormProblem text={errors.general} />
      <TextField
        label={say('side.to')}
        help={say('side.toHelp')}
        value={text.to}
        type="text"
        inputMode="email"
        autoComplete="off"
        error={errors.fields['to'] ?? errors.fields['to.0']}
        onChange={(event) => edit({ to: event.target.value })}
      />
      <TextField
        label={say('property.subject')}
        value={text.subject}
        maxLength={300}
        error={errors.fields['subject']}
        onChange={(event) => edit({ subject: event.target.value })}
      />
      <Text writing={writing} placeholder={say(forward ? 'side.forwardHint' : 'side.hint')} />
      {forward && (
        <div className={styles['forwarded']}>
          <p>
            {say('side.forwards', { name: forward.author?.name ?? '', count: forward.attachments.length })}
          </p>
          <blockquote dir="auto">{forward.text.slice(0, 400)}</blockquote>
        </div>
      )}
    </Modal>
  )
}

function Thread({ ticket, sideId }: { ticket: Ticket; sideId: number }) {
  const { data: list } = useQuery(sideQuery(ticket.id))
  const side = list?.items.find(({ id }) => id === sideId)
  const { data, hasPreviousPage, fetchPreviousPage, error } = useInfiniteQuery(
    sideMessagesQuery(ticket.id, sideId),
  )
  const mayWrite = useMay('ticket.reply')
  const writing = useWriting({ ticketId: ticket.id, thread: String(sideId) }, '')
  const { text, busy, errors } = writing
  return (
    <Modal
      title={side?.subject ?? say('context.side')}
      open
      onClose={close}
      shape="wide"
      actions={
        mayWrite && (
          <>
            {side && <EndButton ticket={ticket} side={side} />}
            <Button
              weight="primary"
              disabled={busy || text.body === ''}
              onClick={() => void writing.send(() => writeAside(ticket.id, sideId, bodyOf(text), text.key))}
            >
              {say('side.send')}
            </Button>
          </>
        )
      }
    >
      <p className={styles['parties']}>{side && say('side.with', { names: partiesOf(side) })}</p>
      <Hidden ticket={ticket} />
      {hasPreviousPage && (
        <Button weight="quiet" onClick={() => void fetchPreviousPage()}>
          {say('side.earlier')}
        </Button>
      )}
      <FormProblem text={error ? reasonOf(error) : null} />
      <div className={styles['thread']}>
        {data?.pages.flatMap(({ items }) =>
          items.map((message) => <MessageItem key={message.id} message={message} ticket={ticket} plain />),
        )}
      </div>
      <FormProblem text={errors.general} />
      {mayWrite && <Text writing={writing} placeholder={say('side.hint')} />}
    </Modal>
  )
}

function EndButton({ ticket, side }: { ticket: Ticket; side: SideConversation }) {
  const end = async () => {
    try {
      await endAside(ticket.id, side)
      if (side.status === 'open') close()
    } catch (error) {
      notify({ kind: 'error', title: say('side.endFailed'), detail: reasonOf(error) })
    }
  }
  return (
    <Button onClick={() => void end()}>{say(side.status === 'open' ? 'side.end' : 'side.reopen')}</Button>
  )
}

function Hidden({ ticket: { requester } }: { ticket: Ticket }) {
  return (
    <p className={styles['hidden']}>
      <EyeOff size={14} aria-hidden />
      {say('side.hidden', { name: requester.name || requester.email })}
    </p>
  )
}

type Writing = ReturnType<typeof useWriting>

/** The text of one thread with its files, and the sending of it. */
function useWriting(place: SidePlace, subject: string) {
  const found = useSideText(place, { to: '', subject })
  const text = found ?? { to: '', subject, body: '', attachments: [], key: '' }
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  // A text that was sent leaves an empty box behind.
  const [version, setVersion] = useState(0)
  const edit = (change: Parameters<typeof editSideText>[2]) => editSideText(place, text, change)
  const attach = async (files: readonly File[]) => {
    const stored = [...text.attachments]
    for (const file of files) {
      try {
        stored.push(await upload(file))
        edit({ attachments: [...stored] })
      } catch (error) {
        notify({ kind: 'error', title: say('files.failed', { name: file.name }), detail: reasonOf(error) })
      }
    }
  }
  const send = async (work: () => Promise<void>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work()
      dropSideText(place)
      setVersion(version + 1)
      notify({ title: say('side.sent') })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const fields = fieldErrors(failure)
  const general = failure && Object.keys(fields).length === 0 ? reasonOf(failure) : null
  return { text, loaded: found !== null, edit, attach, send, busy, version, errors: { fields, general } }
}

const bodyOf = ({ body, attachments }: Writing['text']) => ({
  body,
  bodyFormat: 'html' as const,
  ...(attachments.length > 0 ? { attachments: attachments.map(({ id }) => id) } : {}),
})

function Text({ writing, placeholder }: { writing: Writing; placeholder: string }) {
  const { text, loaded, edit, attach, busy, version } = writing
  // A text box takes in what it is opened with, so it waits for what was begun elsewhere.
  if (!loaded) return null
  return (
    <div className={styles['text']}>
      <Suspense>
        <Editor
          key={version}
          label={say('side.text')}
          placeholder={placeholder}
          html={text.body}
          readOnly={busy}
          suggestions={none}
          urlOf={(id) => text.attachments.find((file) => file.id === id)?.url ?? ''}
          onChange={(body) => edit({ body })}
          onFiles={(files) => void attach(files)}
        />
      </Suspense>
      <AttachmentList
        attachments={text.attachments}
        onRemove={(id) => edit({ attachments: text.attachments.filter((file) => file.id !== id) })}
      />
      <AttachButton onFiles={(files) => void attach(files)} />
    </div>
  )
}

const none = {}
