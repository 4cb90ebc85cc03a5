// Looking for words in the whole conversation, and going to a day of it. What is not loaded yet is read first.
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'

import type { Message } from '../../../src/api/contract/messages.ts'
import { IconButton } from '../../parts/Button.tsx'
import { plain } from '../../parts/Marked.tsx'
import { notify } from '../../state/toasts.ts'
import { finding } from '../../state/writing.ts'
import { say } from '../../words/say.ts'
import { reasonOf } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { loadBack, messagesQuery } from '../../wire/tickets.ts'
import { goTo } from './go-to.ts'
import styles from './timeline.module.css'

type Props = { ticketId: number; messages: readonly Message[]; earlier: number }

export function FindBar({ ticketId, messages, earlier }: Props) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const box = useRef<HTMLInputElement>(null)
  const words = useMemo(() => plain(text).split(/\s+/).filter(Boolean), [text])
  const hits = useMemo(() => (words.length === 0 ? [] : messages.filter(saying(words))), [messages, words])
  const current = hits.at(-1 - at)?.id
  useEffect(() => box.current?.focus(), [])
  useEffect(() => {
    if (words.length > 0 && earlier > 0) void read(() => loadBack(ticketId))
  }, [words.length, earlier, ticketId])
  useEffect(() => {
    if (current !== undefined) goTo(current, false)
    return highlight(current, words)
  }, [current, words])
  const step = (by: number) =>
    setAt((now) => (hits.length === 0 ? 0 : (now + by + hits.length) % hits.length))
  const close = () => {
    finding.set(null)
    if (current !== undefined) goTo(current)
    else document.getElementById('conversation')?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const toDay = (day: string) =>
    void read(async () => {
      const from = new Date(`${day}T00:00`).toISOString()
      await loadBack(ticketId, (first) => first.at < from)
      const pages = client.getQueryData(messagesQuery(ticketId).queryKey)?.pages ?? []
      const all = pages.flatMap(({ items }) => items)
      const first = all.find(({ at: said }) => said >= from) ?? all.at(-1)
      if (first) goTo(first.id)
    })
  return (
    <search className={styles['find']} onKeyDown={onKey}>
      <input
        ref={box}
        type="text"
        aria-label={say('find.open')}
        placeholder={say('find.open')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
      />
      <span role="status">
        {words.length > 0 &&
          say('find.count', { at: hits.length === 0 ? 0 : hits.length - at, count: hits.length })}
      </span>
      <IconButton label={say('find.previous')} keys="↵" disabled={hits.length < 2} onClick={() => step(1)}>
        <ChevronUp size={16} aria-hidden />
      </IconButton>
      <IconButton label={say('find.next')} keys="⇧ ↵" disabled={hits.length < 2} onClick={() => step(-1)}>
        <ChevronDown size={16} aria-hidden />
      </IconButton>
      <label>
        {say('find.day')}
        <input type="date" onChange={(event) => event.target.value && toDay(event.target.value)} />
      </label>
      <IconButton label={say('action.close')} keys="Esc" onClick={close}>
        <X size={16} aria-hidden />
      </IconButton>
    </search>
  )
}

const saying = (words: readonly string[]) => (message: Message) => {
  const said = plain(
    `${message.author?.name ?? ''} ${message.text} ${message.attachments.map(({ name }) => name).join(' ')}`,
  )
  return words.every((word) => said.includes(word))
}

/** Marks the words in the message that is gone to, without touching what it is made of. */
function highlight(messageId: number | undefined, words: readonly string[]): () => void {
  const message = document.querySelector(`[data-message="${messageId}"]`)
  if (message === null) return () => {}
  const ranges: Range[] = []
  const walker = document.createTreeWalker(message, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const said = node.textContent?.toLowerCase() ?? ''
    for (const word of words)
      for (let from = said.indexOf(word); from >= 0; from = said.indexOf(word, from + word.length)) {
        const range = new Range()
        range.setStart(node, from)
        range.setEnd(node, from + word.length)
        ranges.push(range)
      }
  }
  CSS.highlights.set('found', new Highlight(...ranges))
  return () => CSS.highlights.delete('found')
}

async function read(ask: () => Promise<void>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    notify({ kind: 'error', title: say('messages.failed'), detail: reasonOf(error) })
  }
}
