// Formatting by button, for who does not type Markdown. Pressing one leaves the caret where it is.
import {
  AtSign,
  Bold,
  Braces,
  Code,
  Heading,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  MessageSquareText,
  Smile,
  TextQuote,
} from 'lucide-react'
import type { Command, EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { useState } from 'react'

import { IconButton } from '../parts/Button.tsx'
import { type Store, useStore } from '../state/store.ts'
import { say, type WordId } from '../words/say.ts'
import {
  type Format,
  isActive,
  linkTo,
  toggleBold,
  toggleBullets,
  toggleCode,
  toggleHeading,
  toggleItalic,
  toggleNumbers,
  toggleQuote,
  unlink,
} from './commands.ts'
import styles from './editor.module.css'
import { askFor, type Trigger } from './suggesting.ts'

type Tool = { name: Format; word: WordId; Icon: LucideIcon; run: Command; keys?: string }

const tools: readonly Tool[] = [
  { name: 'bold', word: 'editor.bold', Icon: Bold, keys: 'Ctrl B', run: toggleBold },
  { name: 'italic', word: 'editor.italic', Icon: Italic, keys: 'Ctrl I', run: toggleItalic },
  { name: 'bulletList', word: 'editor.list', Icon: List, run: toggleBullets },
  { name: 'orderedList', word: 'editor.numbers', Icon: ListOrdered, run: toggleNumbers },
  { name: 'blockquote', word: 'editor.quote', Icon: TextQuote, run: toggleQuote },
  { name: 'code', word: 'editor.code', Icon: Code, run: toggleCode },
]

const heading: Tool = { name: 'heading', word: 'editor.heading', Icon: Heading, run: toggleHeading }

/** The lists at the caret, for who does not know their signs. */
const lists: ReadonlyArray<readonly [Trigger, string, LucideIcon]> = [
  ['macro', '/', MessageSquareText],
  ['mention', '@', AtSign],
  ['emoji', ':', Smile],
  ['variable', '{{', Braces],
]

type Props = {
  view: EditorView
  state: Store<EditorState>
  label: string
  offers: readonly Trigger[]
  headings: boolean
}

export function Toolbar({ view, state, label, offers, headings }: Props) {
  const shown = headings ? [heading, ...tools] : tools
  const [linking, setLinking] = useState(false)
  // As one text, so that a key that changes none of them draws nothing anew.
  const active = useStore(state, (now) =>
    [...shown.map(({ name }) => name), 'link' as const].filter((name) => isActive(now, name)).join(' '),
  )
  const isOn = (name: Format) => active.split(' ').includes(name)
  const run = (command: Command) => {
    view.focus()
    command(view.state, view.dispatch, view)
  }
  return (
    <div className={styles['tools']} role="toolbar" aria-label={label}>
      {shown.map(({ name, word, Icon, run: command, keys }) => (
        <IconButton
          key={name}
          label={say(word)}
          {...(keys ? { keys } : {})}
          tabIndex={-1}
          aria-pressed={isOn(name)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(command)}
        >
          <Icon size={14} aria-hidden />
        </IconButton>
      ))}
      <IconButton
        label={say('editor.link')}
        tabIndex={-1}
        aria-pressed={isOn('link')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (isOn('link') ? run(unlink) : setLinking(!linking))}
      >
        <Link size={14} aria-hidden />
      </IconButton>
      {offers.length > 0 && <span className={styles['between']} />}
      {lists
        .filter(([trigger]) => offers.includes(trigger))
        .map(([trigger, sign, Icon]) => (
          <IconButton
            key={trigger}
            label={say(`editor.${trigger}`)}
            keys={sign}
            tabIndex={-1}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => askFor(view, sign)}
          >
            <Icon size={14} aria-hidden />
          </IconButton>
        ))}
      {linking && <LinkBox run={run} onClose={() => setLinking(false)} />}
    </div>
  )
}

function LinkBox({ run, onClose }: { run: (command: Command) => void; onClose: () => void }) {
  const put = (text: string) => {
    if (text !== '') run(linkTo(/^[a-z]+:/i.test(text) ? text : `https://${text}`))
    onClose()
  }
  return (
    <input
      className={styles['link']}
      type="url"
      aria-label={say('editor.linkTo')}
      placeholder="https://"
      ref={focus}
      onBlur={onClose}
      onKeyDown={(event) => {
        if (event.key === 'Enter') put(event.currentTarget.value.trim())
        else if (event.key !== 'Escape') return
        else run(() => false)
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}

const focus = (element: HTMLInputElement | null) => element?.focus()
