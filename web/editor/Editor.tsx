// The text box of replies, notes and canned texts. Loaded when idle; what it holds goes out as HTML that mail may carry.
import { type Editor as Tiptap, type JSONContent } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'

import { say } from '../words/say.ts'
import styles from './editor.module.css'
import { extensions } from './extensions.ts'
import { documentOf } from './html.ts'
import { listKeys, suggesting } from './suggesting.ts'
import { SuggestList, type Suggestions } from './SuggestList.tsx'
import { Toolbar } from './Toolbar.tsx'

export type EditorApi = {
  /** Whether it takes keys now: not while its text is being sent. */
  takesKeys: () => boolean
  focus: () => void
  blur: () => void
  insert: (html: string) => void
  type: (text: string) => void
  picture: (id: number, name: string) => void
}

type Props = {
  label: string
  placeholder: string
  html: string
  autoFocus?: boolean
  readOnly?: boolean
  suggestions: Suggestions
  /** Where an uploaded picture can be seen. */
  urlOf: (id: number) => string
  onReady?: (api: EditorApi | null) => void
  onChange: (html: string, mentions: number[]) => void
  onBlur?: () => void
  onFiles?: (files: File[]) => void
  /** Stands between the text and the tools, such as the signature. */
  children?: ReactNode
  /** True when the key was taken. */
  onKey?: (event: KeyboardEvent, isEmpty: boolean) => boolean
}

export default function Editor(props: Props) {
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  const { label, placeholder, suggestions } = props
  const parts = useMemo(
    () =>
      extensions({ urlOf: (id) => latest.current.urlOf(id), mayMention: suggestions.mention !== undefined }),
    // The schema stays for the life of the editor.
    // oxlint-disable-next-line react/exhaustive-deps
    [],
  )
  const editor = useEditor({
    extensions: parts,
    injectCSS: false,
    // As a document, never as text: the page's policy lets no string become markup.
    content: { type: 'doc', content: [{ type: 'paragraph' }] },
    editable: !props.readOnly,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        dir: 'auto',
        class: styles['text'] ?? '',
      },
      // An open list has its keys first: Ctrl+Enter chooses there, and sends otherwise.
      handleKeyDown: (view, event) =>
        (suggesting.get() !== null && listKeys.take?.(event)) ||
        (latest.current.onKey?.(event, isBlank(view.state.doc.textContent)) ?? false),
      handlePaste: (_, event) => take(event.clipboardData?.files),
      handleDrop: (_, event) => take(event.dataTransfer?.files),
    },
    onCreate: ({ editor: made }) => {
      const { html, autoFocus, onReady } = latest.current
      if (html !== '') made.commands.setContent(documentOf(html, made.schema), { emitUpdate: false })
      made.commands.setTextSelection(made.state.doc.content.size)
      if (autoFocus) made.view.focus()
      onReady?.(apiOf(made))
    },
    onUpdate: ({ editor: now }) =>
      latest.current.onChange(now.isEmpty ? '' : now.getHTML(), mentionsIn(now.getJSON())),
    onBlur: () => latest.current.onBlur?.(),
  })
  function take(files: FileList | undefined): boolean {
    if (!files || files.length === 0 || !latest.current.onFiles) return false
    latest.current.onFiles([...files])
    return true
  }
  useEffect(() => {
    editor?.setEditable(!props.readOnly, false)
  }, [editor, props.readOnly])
  useEffect(() => () => latest.current.onReady?.(null), [])
  return (
    <div className={styles['editor']}>
      <EditorContent
        editor={editor}
        data-placeholder={props.html === '' ? placeholder : undefined}
        className={styles['box']}
      />
      {props.children}
      {editor && <Toolbar editor={editor} label={say('editor.format')} />}
      <SuggestList suggestions={suggestions} />
    </div>
  )
}

function apiOf(editor: Tiptap): EditorApi {
  return {
    takesKeys: () => !editor.isDestroyed && editor.isEditable,
    // At once, not in the next frame: the next key must land in the text.
    focus: () => void (editor.isDestroyed || editor.view.focus()),
    blur: () => void (editor.isDestroyed || editor.commands.blur()),
    insert: (html) => {
      const { content = [] } = documentOf(html, editor.schema) as JSONContent
      editor.chain().focus().insertContent(content).run()
    },
    type: (text) => {
      editor.view.dispatch(editor.state.tr.insertText(text))
    },
    picture: (id, name) => {
      editor
        .chain()
        .focus()
        .insertContent({ type: 'picture', attrs: { id, alt: name } })
        .run()
    },
  }
}

const isBlank = (text: string) => text.trim() === ''

function mentionsIn(node: JSONContent): number[] {
  const own = node.type === 'mention' ? [Number(node.attrs?.['id'])] : []
  return [...new Set([...own, ...(node.content ?? []).flatMap(mentionsIn)])]
}
