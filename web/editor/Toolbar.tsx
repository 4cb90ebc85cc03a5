// Formatting by button, for who does not type Markdown. Pressing one leaves the caret where it is.
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { Bold, Code, Italic, Link, List, ListOrdered, type LucideIcon, TextQuote } from 'lucide-react'
import { useState } from 'react'

import { IconButton } from '../parts/Button.tsx'
import { say, type WordId } from '../words/say.ts'
import styles from './editor.module.css'

type Tool = { name: string; word: WordId; Icon: LucideIcon; run: (editor: Editor) => void; keys?: string }

const tools: readonly Tool[] = [
  {
    name: 'bold',
    word: 'editor.bold',
    Icon: Bold,
    keys: 'Ctrl B',
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'italic',
    word: 'editor.italic',
    Icon: Italic,
    keys: 'Ctrl I',
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    name: 'bulletList',
    word: 'editor.list',
    Icon: List,
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'orderedList',
    word: 'editor.numbers',
    Icon: ListOrdered,
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    name: 'blockquote',
    word: 'editor.quote',
    Icon: TextQuote,
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    name: 'code',
    word: 'editor.code',
    Icon: Code,
    run: (editor) => editor.chain().focus().toggleCode().run(),
  },
]

export function Toolbar({ editor, label }: { editor: Editor; label: string }) {
  const [linking, setLinking] = useState(false)
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      [...tools.map(({ name }) => name), 'link'].filter((name) => now.isActive(name)).join(' '),
  })
  const isOn = (name: string) => active.split(' ').includes(name)
  return (
    <div className={styles['tools']} role="toolbar" aria-label={label}>
      {tools.map(({ name, word, Icon, run, keys }) => (
        <IconButton
          key={name}
          label={say(word)}
          {...(keys ? { keys } : {})}
          tabIndex={-1}
          aria-pressed={isOn(name)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(editor)}
        >
          <Icon size={14} aria-hidden />
        </IconButton>
      ))}
      <IconButton
        label={say('editor.link')}
        tabIndex={-1}
        aria-pressed={isOn('link')}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (isOn('link') ? editor.chain().focus().unsetLink().run() : setLinking(!linking))}
      >
        <Link size={14} aria-hidden />
      </IconButton>
      {linking && <LinkBox editor={editor} onClose={() => setLinking(false)} />}
    </div>
  )
}

function LinkBox({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const put = (text: string) => {
    const href = /^[a-z]+:/i.test(text) ? text : `https://${text}`
    const { empty } = editor.state.selection
    if (text !== '' && empty)
      editor
        .chain()
        .focus()
        .insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] })
        .run()
    else if (text !== '') editor.chain().focus().setLink({ href }).run()
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
        else editor.commands.focus()
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}

const focus = (element: HTMLInputElement | null) => element?.focus()
