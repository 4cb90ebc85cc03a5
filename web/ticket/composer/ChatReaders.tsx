// Who reads what is written into a chat: whether the visitor is there, whether it is shown who they are, and what becomes of an answer
// that they leave unread.
import type { TicketChat } from '../../../src/api/contract/chat.ts'
import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { Age } from '../../parts/Marks.tsx'
import { say } from '../../words/say.ts'
import { useChat } from '../../wire/chat.ts'
import styles from './chat.module.css'

export function ChatReaders({ ticket }: { ticket: Ticket }) {
  const { chat, isWriting } = useChat(ticket)
  if (chat === null) return null
  const { isHere, seenAt, isAsked, page, referrer } = chat
  const name = ticket.requester.name
  return (
    <div className={styles['readers']}>
      <p>
        <span className={styles['dot']} data-here={isHere || undefined} aria-hidden />
        <span role="status">
          {say(isHere ? (isWriting ? 'chat.writing' : 'chat.here') : 'chat.left', { name })}
        </span>
        {!isHere && <Age at={seenAt} />}
        {isHere && isAsked && <span>{say('chat.asked')}</span>}
        <Standing chat={chat} />
      </p>
      {(page ?? referrer) !== null && (
        <p>
          {page && <Place word="chat.page" url={page} />}
          {referrer && <Place word="chat.referrer" url={referrer} />}
        </p>
      )}
    </div>
  )
}

/** Whether it is known who they are, and so whether they can be written to when they have left. */
function Standing({ chat: { visitor, isHere } }: { chat: NonNullable<TicketChat> }) {
  const { kind, email } = visitor
  if (kind === 'verified') return isHere ? null : <span>{say('chat.mailed', { email: email ?? '' })}</span>
  return (
    <>
      <span className={styles['doubt']} title={say('chat.unverifiedHelp')}>
        {kind === 'claimed' && email !== null ? say('chat.claimed', { email }) : say('chat.unverified')}
      </span>
      {!isHere && <span>{say('chat.notMailed')}</span>}
    </>
  )
}

/** Told by the visitor's browser: shown as text, and opened only on purpose. */
function Place({ word, url }: { word: 'chat.page' | 'chat.referrer'; url: string }) {
  const isAddress = /^https?:\/\//i.test(url)
  const shown = url.replace(/^https?:\/\//i, '')
  return (
    <span className={styles['place']}>
      {say(word)}{' '}
      {isAddress ? (
        <a href={url} target="_blank" rel="noopener noreferrer nofollow">
          {shown}
        </a>
      ) : (
        shown
      )}
    </span>
  )
}
