// The text box of replies, notes and canned texts. Loaded when idle; what it holds goes out as HTML that mail may carry.
import { isComposing } from '../keys/composing.ts'
import type { EditorState } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'

import { createStore, type Store, useStore } from '../state/store.ts'
import { say } from '../words/say.ts'
import styles from './editor.module.css'
import { emoji } from './emoji.ts'
import { documentOf, htmlOf } from './html.ts'
import { isBlank, mentionsIn } from './schema.ts'
import { listKeys, suggesting, type Trigger } from './suggesting.ts'
import { SuggestList, type Suggestions } from './SuggestList.tsx'
import { Toolbar } from './Toolbar.tsx'
import { apiOf, type EditorApi, type Image, openEditor } from './view.ts'

type Props = {
  label: string
  placeholder: string
  html: string
  autoFocus?: boolean
  readOnly?: boolean
  suggestions: Suggestions
  /** Articles have headings, messages have none. */
  headings?: boolean
  /** Where an uploaded picture can be seen. */
  urlOf: (id: number) => string
  onReady?: (api: EditorApi | null) => void
  onChange: (html: string, mentions: number[]) => void
  onBlur?: () => void
  onFiles?: (files: File[]) => void
  /** A picture of an article is to be described anew. */
  onImage?: (image: Image, change: (alt: string) => void) => void
  /** Stands between the text and the tools, such as the signature. */
  children?: ReactNode
  /** True when the key was taken. */
  onKey?: (event: KeyboardEvent, isEmpty: boolean) => boolean
}
type Open = { readonly view: EditorView; readonly state: Store<EditorState> }

export default function Editor(props: Props) {
  const [open, setOpen] = useState<Open | null>(null)
  const place = useTextBox(props, setOpen)
  useEffect(() => {
    open?.view.setProps({ editable: () => !props.readOnly })
  }, [open, props.readOnly])
  return (
    <div className={styles['editor']}>
      <div ref={place} className={styles['box']}>
        {open && <Placeholder state={open.state} text={props.placeholder} />}
      </div>
      {props.children}
      {open && (
        <Toolbar
          {...open}
          label={say('editor.format')}
          offers={offeredBy(props)}
          headings={props.headings === true}
        />
      )}
      <SuggestList suggestions={{ ...props.suggestions, emoji }} />
    </div>
  )
}

/** What this text box offers at the caret; emoji everywhere. */
const offeredBy = ({ suggestions }: Props) => [...Object.keys(suggestions), 'emoji'] as Trigger[]

/** Opens the text box in an element and closes it with that. What it holds is its own from then on. */
function useTextBox(props: Props, setOpen: (open: Open | null) => void) {
  const place = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  useLayoutEffect(() => {
    if (place.current === null) return undefined
    const view = openEditor(place.current, {
      doc: documentOf(latest.current.html),
      triggers: offeredBy(latest.current),
      headings: latest.current.headings === true,
      urlOf: (id) => latest.current.urlOf(id),
      onFiles: (files) => {
        if (!files || files.length === 0 || !latest.current.onFiles) return false
        latest.current.onFiles([...files])
        return true
      },
      onImage: (image, changed) => latest.current.onImage?.(image, changed),
      onState: ({ state: { doc } }, changed) => {
        state.set(view.state)
        if (changed) latest.current.onChange(isBlank(doc) ? '' : htmlOf(doc), mentionsIn(doc))
      },
      props: propsOf(latest),
    })
    const state = createStore(view.state)
    setOpen({ view, state })
    if (latest.current.autoFocus) view.focus()
    latest.current.onReady?.(apiOf(view))
    return () => {
      latest.current.onReady?.(null)
      setOpen(null)
      view.destroy()
    }
  }, [setOpen])
  return place
}

function propsOf(latest: { current: Props }) {
  return {
    editable: () => !latest.current.readOnly,
    attributes: {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': latest.current.label,
      dir: 'auto',
      class: styles['text'] ?? '',
    },
    // An open list has its keys first: Ctrl+Enter chooses there, and sends otherwise.
    handleKeyDown: ({ state }: EditorView, event: KeyboardEvent) =>
      !isComposing(event) &&
      ((suggesting.get() !== null && listKeys.take?.(event)) ||
        (latest.current.onKey?.(event, isBlank(state.doc)) ?? false)),
    handleDOMEvents: { blur: () => latest.current.onBlur?.() },
  }
}

/** Stands there until something does, be it only the sign of a list. */
function Placeholder({ state, text }: { state: Store<EditorState>; text: string }) {
  const untouched = useStore(state, ({ doc }) => doc.content.size <= 2)
  return untouched && <p className={styles['placeholder']}>{text}</p>
}
