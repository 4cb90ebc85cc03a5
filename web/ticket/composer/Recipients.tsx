// Who will get what is being written, said in words; for a reply the cc list can be changed here, and which of several addresses of
// the customer it goes to.
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'

import type { Draft, MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { IconButton } from '../../parts/Button.tsx'
import { likeAddress } from '../../parts/like-address.ts'
import { usePainted } from '../../state/painted.ts'
import { useIsChat } from '../../wire/chat.ts'
import { recipientsQuery } from '../../wire/tickets.ts'
import { say } from '../../words/say.ts'
import { ChatReaders } from './ChatReaders.tsx'
import styles from './composer.module.css'
import { editDraft } from './draft.ts'

type Props = { ticket: Ticket; mode: MessageKind; draft: Draft }

export function Recipients(props: Props) {
  const isChat = useIsChat(props.ticket) && props.mode === 'reply'
  return isChat ? <ChatReaders ticket={props.ticket} /> : <MailReaders {...props} />
}

function MailReaders({ ticket, mode, draft }: Props) {
  const [editing, setEditing] = useState(false)
  const painted = usePainted()
  const { data } = useQuery({ ...recipientsQuery(ticket.id), enabled: painted && mode === 'reply' })
  if (mode === 'note') return <p className={styles['readers']}>{say('readers.agents')}</p>
  const cc = draft.cc ?? ticket.participants.filter(({ role }) => role === 'cc').map(({ email }) => email)
  const addresses = data?.addresses ?? [ticket.requester.email]
  const chosen = draft.to !== null && addresses.includes(draft.to) ? draft.to : null
  const to = chosen ?? data?.to ?? ticket.requester.email
  const named = ticket.requester.name || to
  // Of several addresses the one that is meant is said.
  const name = addresses.length > 1 && named !== to ? `${named} <${to}>` : named
  const setCc = (next: string[]) => editDraft(ticket.id, mode, { cc: next })
  return (
    <>
      <button
        type="button"
        className={styles['readers']}
        aria-expanded={editing}
        title={[to, ...cc].join('\n')}
        onClick={() => setEditing(!editing)}
      >
        {say('readers.public', { name, count: cc.length })}
      </button>
      {editing && (
        <CcEditor cc={cc} onChange={setCc}>
          <To to={to} addresses={addresses} onChoose={(next) => editDraft(ticket.id, mode, { to: next })} />
        </CcEditor>
      )}
    </>
  )
}

type ToProps = {
  to: string
  addresses: readonly string[]
  onChoose: (next: string) => void
}

/** The customer's address; of several one can be chosen. */
function To({ to, addresses, onChoose }: ToProps) {
  if (addresses.length < 2) return <span className={styles['chip']}>{to}</span>
  return (
    <select
      className={styles['to']}
      aria-label={say('readers.chooseTo')}
      value={to}
      onChange={(event) => onChoose(event.target.value)}
    >
      {addresses.map((address) => (
        <option key={address}>{address}</option>
      ))}
    </select>
  )
}

type CcProps = {
  cc: readonly string[]
  onChange: (next: string[]) => void
  /** Whom it goes to, beside whom it is copied to. */
  children: ReactNode
}

function CcEditor({ cc, onChange, children }: CcProps) {
  const [text, setText] = useState('')
  const wrong = text.trim() !== '' && !likeAddress(text.trim())
  const add = () => {
    const address = text.trim()
    if (!likeAddress(address)) return
    onChange([...new Set([...cc, address])])
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ',' && event.key !== ';') return
    event.preventDefault()
    add()
  }
  return (
    <div className={styles['cc']}>
      <span className={styles['ccLabel']}>{say('readers.to')}</span>
      {children}
      <span className={styles['ccLabel']}>{say('readers.cc')}</span>
      {cc.map((address) => (
        <span key={address} className={styles['chip']}>
          {address}
          <IconButton
            label={say('readers.remove', { address })}
            onClick={() => onChange(cc.filter((other) => other !== address))}
          >
            <X size={12} aria-hidden />
          </IconButton>
        </span>
      ))}
      <input
        inputMode="email"
        className={styles['ccInput']}
        aria-label={say('readers.addCc')}
        aria-invalid={wrong || undefined}
        placeholder={say('readers.addCc')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
      />
    </div>
  )
}
