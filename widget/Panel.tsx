// The panel: who is spoken with, the conversation, and where one writes.
import { useEffect, useRef, useState } from 'preact/hooks'

import { reasonOf } from './ask.ts'
import type { Conversation } from './conversation.ts'
import { Away, whenOf, Who } from './Fields.tsx'
import { Face } from './Face.tsx'
import { Attach, Chosen } from './Files.tsx'
import { arrow, close, more } from './icons.tsx'
import { Log } from './Log.tsx'
import type { Words } from './words.ts'

export type PanelProps = {
  conversation: Conversation
  words: Words
  isOpen: boolean
  /** On a narrow screen it covers the page: nothing behind it can be reached. */
  isWhole: boolean
  direction: 'ltr' | 'rtl'
  draft: string
  onDraft: (text: string) => void
  onClose: () => void
}

export function Panel(props: PanelProps) {
  const { conversation, words, isOpen, isWhole, direction, draft, onDraft, onClose } = props
  const { widget, visit, chat, problem, isLost, isForgetful, isNew } = conversation.shown
  const [isMenu, setMenu] = useState(false)
  const name = chat?.with?.name ?? widget?.name ?? words.chat
  const isTalking = chat !== null && !isNew
  const isClosed = widget?.isOpen === false
  const isAway = isClosed && !isTalking
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Tab' && isWhole) keepInside(event)
    else return
    // The page has keys of its own.
    event.stopPropagation()
  }
  return (
    <section
      class="panel"
      role="dialog"
      aria-label={`${words.chat}: ${name}`}
      aria-modal={isWhole}
      hidden={!isOpen}
      dir={direction}
      onKeyDown={onKeyDown}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        // Without this the browser would leave the page for the file.
        event.preventDefault()
        conversation.outgoing.attach([...(event.dataTransfer?.files ?? [])])
      }}
    >
      <header>
        {isTalking && chat.with !== null && (
          <Face conversation={conversation} isOpen={isOpen} {...chat.with} />
        )}
        <h2>
          {name}
          {chat?.with != null && <small>{widget?.name}</small>}
        </h2>
        {isTalking && (
          <button
            type="button"
            aria-label={words.more}
            aria-expanded={isMenu}
            onClick={() => setMenu(!isMenu)}
          >
            {more}
          </button>
        )}
        <button type="button" aria-label={words.close} onClick={onClose}>
          {close}
        </button>
      </header>
      {isMenu && isTalking && <Menu {...props} onDone={() => setMenu(false)} />}
      {isLost && (
        <p class="notice" role="status">
          {words.lost}
        </p>
      )}
      {problem !== null && (
        <p class="notice" role="alert">
          {words.failedToBegin} {problem}
          <button type="button" class="link" onClick={() => void conversation.begin()}>
            {words.retry}
          </button>
        </p>
      )}
      {isAway ? (
        <Away conversation={conversation} words={words} />
      ) : (
        <>
          {isClosed && (
            <p class="notice" role="status">
              {words.away} {widget.opensAt && words.back(whenOf(widget.opensAt, words))}
            </p>
          )}
          <Log
            conversation={conversation}
            words={words}
            isOpen={isOpen}
            takeBack={(pending) => {
              conversation.outgoing.takeBack(pending)
              onDraft([pending.text, draft].filter((text) => text !== '').join('\n'))
            }}
          />
          {isTalking && visit !== null && <Who conversation={conversation} words={words} />}
          {isForgetful && <p class="notice">{words.forgetful}</p>}
          <Chosen conversation={conversation} words={words} />
          <Write {...props} />
        </>
      )}
    </section>
  )
}

/** Tab goes round inside, as in every dialog that covers the page. */
function keepInside(event: KeyboardEvent): void {
  const panel = event.currentTarget as HTMLElement
  const all = [
    ...panel.querySelectorAll<HTMLElement>('button, a, input, textarea, summary, [tabindex="0"]'),
  ].filter((each) => each.offsetParent !== null && !each.hasAttribute('disabled'))
  const [first, last] = [all[0], all.at(-1)]
  const at = (panel.getRootNode() as ShadowRoot).activeElement
  if (event.shiftKey && at === first) last?.focus()
  else if (!event.shiftKey && at === last) first?.focus()
  else return
  event.preventDefault()
}

function Menu({ conversation, words, onDone }: PanelProps & { onDone: () => void }) {
  const { chat, visit } = conversation.shown
  const [said, setSaid] = useState<string | null>(null)
  const press = (work: () => Promise<string | void>) => () =>
    void work()
      .then((told) => (told ? setSaid(told) : onDone()))
      .catch((error: unknown) => setSaid(reasonOf(error, words) || words.lost))
  const isOver = chat?.status === 'ended'
  return (
    <div class="menu">
      {chat?.isAutomated === true && (
        <button type="button" class="plain" onClick={press(() => conversation.press('person'))}>
          {words.person}
        </button>
      )}
      {!isOver && (
        <button type="button" class="plain" onClick={press(() => conversation.press('solved'))}>
          {words.solved}
        </button>
      )}
      {isOver && (
        <button type="button" class="plain" onClick={press(async () => conversation.startAnew())}>
          {words.anew}
        </button>
      )}
      {visit?.kind === 'verified' && (
        <button
          type="button"
          class="plain"
          onClick={press(async () => words.mailed(await conversation.mailTranscript()))}
        >
          {words.transcript}
        </button>
      )}
      {visit?.kind === 'verified' && !visit.isOfPage && (
        <button type="button" class="plain" onClick={press(() => conversation.isNotMe())}>
          {words.notMe(visit.email ?? visit.name)}
        </button>
      )}
      {said !== null && <p role="status">{said}</p>}
    </div>
  )
}

/** As high as what is written in it, where the browser does not see to that itself. */
function grow(field: HTMLTextAreaElement | null): void {
  if (field === null || CSS.supports('field-sizing', 'content')) return
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight + 2}px`
}

function Write({ conversation, words, isOpen, draft, onDraft }: PanelProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const isEmpty = draft.trim() === '' && conversation.shown.chosen.length === 0
  useEffect(() => {
    if (isOpen) field.current?.focus()
  }, [isOpen])
  useEffect(() => grow(field.current), [draft])
  const send = () => {
    const text = draft.trim()
    if (isEmpty) return
    conversation.type(false)
    conversation.outgoing.say(text)
    onDraft('')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method that composes ends its word by Enter.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Attach conversation={conversation} words={words} />
      <textarea
        ref={field}
        aria-label={words.message}
        placeholder={words.write}
        rows={1}
        maxLength={4_000}
        value={draft}
        onKeyDown={onKeyDown}
        onPaste={(event) => conversation.outgoing.paste(event)}
        onInput={(event) => {
          const { value } = event.target as HTMLTextAreaElement
          onDraft(value)
          conversation.type(value.trim() !== '')
        }}
      />
      <button class="send" aria-label={words.send} disabled={isEmpty}>
        {arrow}
      </button>
    </form>
  )
}
