// What was said, what is on its way, and what may be said about the wait.
import { useEffect, useRef } from 'preact/hooks'

import type { ChatMessage, ChatState } from '../src/api/contract/chat.ts'
import type { Conversation, Pending } from './conversation.ts'
import type { Words } from './words.ts'

type Props = { conversation: Conversation; words: Words; isOpen: boolean }

export function Log({ conversation, words, isOpen }: Props) {
  const { messages, pending, chat, typing, widget, isNew } = conversation.shown
  const box = useRef<HTMLDivElement>(null)
  const count = messages.length + pending.length
  useEffect(() => {
    box.current?.scrollTo(0, box.current.scrollHeight)
  }, [count, typing, isOpen])
  const lastOwn = messages.findLast(({ by }) => by === 'you')
  return (
    // What can be scrolled can be reached by keyboard.
    <div class="log" role="log" aria-label={words.log} ref={box} tabIndex={0}>
      <p class="greeting">{widget?.greeting || words.empty}</p>
      <ol>
        {messages.map((message) => (
          <Message
            key={message.seq}
            message={message}
            words={words}
            save={(id, name) => void conversation.save(id, name).catch(() => {})}
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
          <OnItsWay key={each.clientId} pending={each} words={words} again={() => conversation.again(each)} />
        ))}
      </ol>
      {typing !== null && <p class="line">{words.typing(typing)}</p>}
      {chat !== null && !isNew && <Standing chat={chat} words={words} />}
    </div>
  )
}

type MessageProps = {
  message: ChatMessage
  words: Words
  state: string | null
  save: (id: number, name: string) => void
}

function Message({ message, words, state, save }: MessageProps) {
  const { by, name, at, text, isRemoved, files } = message
  const who = by === 'you' ? words.you : by === 'automated' ? `${name} ${words.automated}`.trim() : name
  const time = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  return (
    <li class={by === 'you' ? 'you' : 'desk'}>
      <span class="unseen">{who}: </span>
      <p class="bubble">{isRemoved ? <em>{words.removed}</em> : linked(text)}</p>
      {files.map(({ id, name: file, size }) => (
        <button key={id} type="button" class="link" onClick={() => save(id, file)}>
          {words.file(file, sizeOf(size))}
        </button>
      ))}
      <p class="meta">{[by === 'you' ? null : who, time, state].filter(Boolean).join(' · ')}</p>
    </li>
  )
}

const sizeOf = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

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

function OnItsWay({ pending, words, again }: { pending: Pending; words: Words; again: () => void }) {
  const { text, failed } = pending
  return (
    <li class="you">
      <span class="unseen">{words.you}: </span>
      <p class="bubble">{text}</p>
      {failed === null ? (
        <p class="meta">{words.sending}</p>
      ) : (
        <p class="meta failed" role="alert">
          {words.failed} {failed}
          <button type="button" class="link" onClick={again}>
            {words.retry}
          </button>
        </p>
      )}
    </li>
  )
}

/** How long it may take, or that it is over. */
function Standing({ chat, words }: { chat: ChatState; words: Words }) {
  if (chat.status === 'ended') return <p class="line">{words.ended}</p>
  if (chat.isAsked) return <p class="line">{words.asked}</p>
  if (chat.status !== 'waiting') return null
  if (chat.place === null) return chat.with === null ? <p class="line">{words.waiting}</p> : null
  const { number, wait } = chat.place
  const minutes = (seconds: number) => Math.max(1, Math.ceil(seconds / 60))
  return (
    <p class="line">
      {words.place(number)} {wait && words.wait(minutes(wait.from), minutes(wait.to))}
    </p>
  )
}
