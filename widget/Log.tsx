// What was said, what is on its way, and what may be said about the wait.
import { useCallback, useEffect, useRef } from 'preact/hooks'

import type { ChatMessage, ChatState } from '../src/api/contract/chat.ts'
import type { Conversation } from './conversation.ts'
import { Face } from './Face.tsx'
import { MessageFile, sizeOf } from './Files.tsx'
import { Rate } from './Rate.tsx'
import type { Pending } from './shown.ts'
import { localeOf, type Words } from './words.ts'

type Props = {
  conversation: Conversation
  words: Words
  isOpen: boolean
  takeBack: (pending: Pending) => void
}

export function Log({ conversation, words, isOpen, takeBack }: Props) {
  const { messages, pending, chat, takenAt, typing, widget, isNew } = conversation.shown
  const box = useRef<HTMLDivElement>(null)
  const count = messages.length + pending.length
  const toEnd = useCallback(() => box.current?.scrollTo(0, box.current.scrollHeight), [])
  useEffect(toEnd, [toEnd, count, typing, isOpen, chat?.status, chat?.question?.score])
  const lastOwn = messages.findLast(({ by }) => by === 'you')
  return (
    // What can be scrolled can be reached by keyboard.
    <div class="log" role="log" aria-label={words.log} ref={box} tabIndex={0}>
      <p class="greeting">{widget?.greeting || words.empty}</p>
      <ol>
        {messages.map((message, index) => (
          <Message
            key={message.seq}
            message={message}
            words={words}
            conversation={conversation}
            isOpen={isOpen}
            isFirst={!isSameVoice(message, messages[index - 1])}
            onGrown={toEnd}
            state={
              message === lastOwn && chat !== null
                ? message.seq <= chat.readSeq
                  ? words.read
                  : words.sent
                : null
            }
          />
        ))}
        {pending.map((each) => (
          <OnItsWay
            key={each.clientId}
            pending={each}
            words={words}
            again={() => conversation.outgoing.again(each)}
            takeBack={() => takeBack(each)}
          />
        ))}
      </ol>
      {typing !== null && <p class="line">{words.typing(typing)}</p>}
      {chat !== null && !isNew && (
        <Standing
          chat={chat}
          words={words}
          isClosed={widget?.isOpen === false}
          isTaken={(messages.findLast(({ by }) => by === 'agent')?.seq ?? 0) <= takenAt}
        />
      )}
      {chat !== null && !isNew && chat.question !== null && (
        <Rate conversation={conversation} words={words} question={chat.question} isOpen={isOpen} />
      )}
    </div>
  )
}

type MessageProps = {
  message: ChatMessage
  words: Words
  state: string | null
  conversation: Conversation
  isOpen: boolean
  /** Somebody else has spoken before, or nobody. */
  isFirst: boolean
  /** A picture has come, and takes room. */
  onGrown: () => void
}

const isSameVoice = (one: ChatMessage, before: ChatMessage | undefined): boolean =>
  before?.by === one.by && before.name === one.name

function Message({ message, state, isFirst, ...props }: MessageProps) {
  const { words, conversation, isOpen } = props
  const { by, name, face, at, text, isRemoved, files } = message
  const who = by === 'you' ? words.you : by === 'automated' ? `${name} ${words.automated}`.trim() : name
  const time = new Date(at).toLocaleTimeString(localeOf(words), { timeStyle: 'short' })
  return (
    <li class={by === 'you' ? 'you' : 'desk'}>
      {by !== 'you' && isFirst && (
        <Face
          conversation={conversation}
          isOpen={isOpen}
          face={face}
          name={name || (conversation.shown.widget?.name ?? '')}
        />
      )}
      <span class="unseen">{who}: </span>
      {(isRemoved || text !== '') && (
        <p class="bubble">{isRemoved ? <em>{words.removed}</em> : linked(text)}</p>
      )}
      {files.map((file) => (
        <MessageFile key={file.id} file={file} {...props} />
      ))}
      <p class="meta">{[by === 'you' ? null : who, time, state].filter(Boolean).join(' · ')}</p>
    </li>
  )
}

/** Addresses in a text can be followed; nothing else in it means anything. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      part
    ),
  )
}

type OnItsWayProps = { pending: Pending; words: Words; again: () => void; takeBack: () => void }

function OnItsWay({ pending, words, again, takeBack }: OnItsWayProps) {
  const { text, files, share, failed } = pending
  return (
    <li class="you">
      <span class="unseen">{words.you}: </span>
      {text !== '' && <p class="bubble">{text}</p>}
      {files.map(({ name, size }, index) => (
        <p key={index} class="meta">
          {name} ({sizeOf(size, words)})
        </p>
      ))}
      {failed === null ? (
        <p class="meta">
          {words.sending} {files.length > 0 && <progress aria-label={words.sending} value={share} max={1} />}
        </p>
      ) : (
        <p class="meta failed" role="alert">
          {words.failed} {failed}
          <button type="button" class="link" onClick={again}>
            {words.retry}
          </button>
          <button type="button" class="link" onClick={takeBack}>
            {words.takeBack}
          </button>
        </p>
      )}
    </li>
  )
}

/** How long it may take, or that it is over. */
function Standing({
  chat,
  words,
  isClosed,
  isTaken,
}: {
  chat: ChatState
  words: Words
  isClosed: boolean
  /** Nobody of the desk has said anything since somebody else has it. */
  isTaken: boolean
}) {
  if (chat.status === 'ended') return <p class="line">{words.ended}</p>
  if (chat.isAsked) return <p class="line">{words.asked}</p>
  if (chat.with !== null && isTaken) return <p class="line">{words.has(chat.with.name)}</p>
  if (chat.status !== 'waiting') return null
  // Nobody is there, which is said above.
  if (isClosed) return null
  if (chat.place === null) return chat.with === null ? <p class="line">{words.waiting}</p> : null
  const { number, wait } = chat.place
  const minutes = (seconds: number) => Math.max(1, Math.ceil(seconds / 60))
  return (
    <p class="line">
      {words.place(number)} {wait && words.wait(minutes(wait.from), minutes(wait.to))}
    </p>
  )
}
