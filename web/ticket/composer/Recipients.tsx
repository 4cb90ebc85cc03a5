// Who will get what is being written, said in words; for a reply the cc list can be changed here.
import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'

import type { Draft, MessageKind } from '../../../src/api/contract/messages.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { IconButton } from '../../parts/Button.tsx'
import { likeAddress } from '../../parts/like-address.ts'
import { say } from '../../words/say.ts'
import styles from './composer.module.css'
import { editDraft } from './draft.ts'

export function Recipients({ ticket, mode, draft }: { ticket: Ticket; mode: MessageKind; draft: Draft }) {
  const [editing, setEditing] = useState(false)
  if (mode === 'note') return <p className={styles['readers']}>{say('readers.agents')}</p>
  const cc = draft.cc ?? ticket.participants.filter(({ role }) => role === 'cc').map(({ email }) => email)
  const name = ticket.requester.name || ticket.requester.email
  const setCc = (next: string[]) => editDraft(ticket.id, mode, { cc: next })
  return (
    <>
      <button
        type="button"
        className={styles['readers']}
        aria-expanded={editing}
        title={[ticket.requester.email, ...cc].join('\n')}
        onClick={() => setEditing(!editing)}
      >
        {say('readers.public', { name, count: cc.length })}
      </button>
      {editing && <CcEditor to={ticket.requester.email} cc={cc} onChange={setCc} />}
    </>
  )
}

function CcEditor({
  to,
  cc,
  onChange,
}: {
  to: string
  cc: readonly string[]
  onChange: (next: string[]) => void
}) {
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
      <span className={styles['chip']}>{to}</span>
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
