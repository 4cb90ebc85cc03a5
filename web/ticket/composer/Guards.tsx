// One line each, above Send: someone wrote meanwhile, a file is mentioned but missing, the last attempt failed.
import { Link } from '@tanstack/react-router'

import type { Draft, MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Button } from '../../parts/Button.tsx'
import { ageOf, clockTime, useMinute } from '../../parts/time.ts'
import { unresolved } from '../../../src/api/contract/variables.ts'
import { say, sayName } from '../../words/say.ts'
import { useNothingLeaves } from '../../wire/alerts.ts'
import { useFields } from '../../wire/desk.ts'
import { useMay } from '../../wire/session.ts'
import { useCompany } from '../../wire/presence.ts'
import styles from './composer.module.css'
import { appendToDraft, editDraft, replaceDraft } from './draft.ts'
import { textOf } from './text-of.ts'
import type { Sending } from './useSending.ts'

type Props = { ticket: Ticket; draft: Draft; mode: MessageKind; sending: Sending; onNote: () => void }

const mentionsFile = /\b(attach(ed|ment|ing)?|enclosed|im anhang|anbei)\b/i

export function Guards({ ticket, draft, mode, sending, onNote }: Props) {
  const forgotten =
    mode === 'reply' && draft.attachments.length === 0 && mentionsFile.test(textOf(draft.body))
  const missing = unresolved(draft.body)
  const writing = useCompany(ticket.id).filter(({ typing }) => typing === 'reply')
  const fields = useFields()
  const nothingLeaves = useNothingLeaves()
  const mayMend = useMay('mailboxes.write')
  const nameOf = (name: string) =>
    fields.find(({ key }) => `field.${key}` === name)?.label ?? sayName('variable', name)
  return (
    <>
      {mode === 'reply' && nothingLeaves && (
        <p className={styles['guard']} data-tone="bad">
          {say('guard.nothingLeaves')}
          {mayMend && <Link to="/admin/mailboxes">{say('guard.mend')}</Link>}
        </p>
      )}
      {(sending.newer || sending.refused) && <Newer sending={sending} />}
      {mode === 'reply' &&
        writing.map(({ id, name, since }) => (
          <p key={id} className={styles['guard']}>
            {say('guard.colleague', { name, at: clockTime(since) })}
          </p>
        ))}
      {missing.length > 0 && (
        <p className={styles['guard']} role="alert">
          {missing.map((name) => say('guard.variable', { name: nameOf(name) })).join(' ')}
        </p>
      )}
      {mode === 'reply' && draft.mentions.length > 0 && (
        <p className={styles['guard']}>
          {say('guard.mention')}
          <Button weight="quiet" onClick={() => makeNote(ticket.id, draft, onNote)}>
            {say('guard.makeNote')}
          </Button>
        </p>
      )}
      {forgotten && <p className={styles['guard']}>{say('guard.noFile')}</p>}
      {sending.problem && draft.body !== '' && (
        <p className={styles['guard']} data-tone="bad" role="alert">
          {sending.problem.text}
          <Button weight="quiet" onClick={() => void sending.send(sending.problem?.status)}>
            {say('action.retry')}
          </Button>
        </p>
      )}
    </>
  )
}

/** Moves what was written as a reply to the note; the reply is empty then. */
function makeNote(ticketId: number, draft: Draft, onNote: () => void): void {
  appendToDraft(ticketId, 'note', draft.body)
  editDraft(ticketId, 'note', { mentions: draft.mentions, attachments: draft.attachments })
  replaceDraft(ticketId, 'reply')
  editDraft(ticketId, 'reply', {})
  onNote()
}

function Newer({ sending }: { sending: Sending }) {
  const now = useMinute()
  const { newer } = sending
  return (
    <p className={styles['guard']} role="alert">
      {newer
        ? say('guard.newer', { name: newer.author?.name ?? '', age: ageOf(newer.at, now, false) })
        : say('guard.newerSomeone')}
      <Button weight="quiet" onClick={sending.read}>
        {say('guard.read')}
      </Button>
      <Button weight="quiet" onClick={() => void sending.sendAnyway()}>
        {say('guard.sendAnyway')}
      </Button>
    </p>
  )
}
