// The text box itself: a document, its plugins, and what reaches it from outside.
import { dropCursor } from 'prosemirror-dropcursor'
import { history } from 'prosemirror-history'
import { Fragment, type Node } from 'prosemirror-model'
import { EditorState } from 'prosemirror-state'
import { type EditorProps, EditorView } from 'prosemirror-view'

import { linkTo, put } from './commands.ts'
import { contentOf } from './html.ts'
import { withoutArticleFiles, withoutHeadings } from './headings.ts'
import { withLinks } from './links.ts'
import { safeHref, schema } from './schema.ts'
import { type Trigger, watchTriggers } from './suggesting.ts'
import { typing } from './typing.ts'

export type EditorApi = {
  /** Whether it takes keys now: not while its text is being sent. */
  takesKeys: () => boolean
  focus: () => void
  blur: () => void
  insert: (html: string) => void
  /** Another text in place of all of it, in one step that undo takes back. */
  replace: (html: string) => void
  type: (text: string) => void
  picture: (id: number, name: string) => void
  /** A picture of an article. */
  image: (image: Image) => void
}

export type Image = {
  readonly src: string
  readonly alt: string
  readonly width: number | null
  readonly height: number | null
}

type Options = {
  readonly doc: Node
  readonly triggers: readonly Trigger[]
  readonly headings: boolean
  readonly urlOf: (id: number) => string
  readonly onFiles: (files: FileList | undefined) => boolean
  /** A picture was chosen that is named by its address; what it is to be in its place. */
  readonly onImage: (image: Image, change: (alt: string) => void) => void
  readonly onState: (view: EditorView, changed: boolean) => void
  readonly props: EditorProps
}

export function openEditor(
  place: HTMLElement,
  { doc, triggers, headings, urlOf, onFiles, onImage, onState, props }: Options,
) {
  const plugins = [
    watchTriggers(triggers),
    ...typing(headings),
    ...(headings ? [] : [withoutArticleFiles]),
    history(),
    dropCursor({ color: 'var(--accent)', class: 'drop-cursor' }),
  ]
  const view: EditorView = new EditorView(place, {
    ...props,
    state: EditorState.create({ doc, plugins }),
    dispatchTransaction: (tr) => {
      view.updateState(view.state.apply(tr))
      onState(view, tr.docChanged)
    },
    nodeViews: {
      picture: (node, _, placeOf) => {
        const { id, src, alt } = node.attrs
        const dom = document.createElement('img')
        dom.src = src === null ? urlOf(id as number) : (src as string)
        dom.alt = alt as string
        if (src !== null)
          dom.addEventListener('dblclick', () =>
            onImage(node.attrs as Image, (next) => {
              const at = placeOf()
              if (at !== undefined) view.dispatch(view.state.tr.setNodeAttribute(at, 'alt', next))
            }),
          )
        return { dom }
      },
    },
    handlePaste: (_, event) => onFiles(event.clipboardData?.files) || pasteLink(view, event),
    handleDrop: (_, event) => onFiles(event.dataTransfer?.files),
    transformPasted: (slice) => withLinks(headings ? slice : withoutHeadings(slice)),
  })
  return view
}

/** An address pasted over words makes them a link. */
function pasteLink({ state, dispatch }: EditorView, { clipboardData }: ClipboardEvent): boolean {
  const text = clipboardData?.getData('text/plain').trim() ?? ''
  return !state.selection.empty && safeHref(text) !== null && linkTo(text)(state, dispatch)
}

export function apiOf(view: EditorView): EditorApi {
  const insert = (content: Fragment) => {
    view.dispatch(put(view.state, content))
    view.focus()
  }
  return {
    takesKeys: () => !view.isDestroyed && view.editable,
    // At once, not in the next frame: the next key must land in the text.
    focus: () => void (view.isDestroyed || view.focus()),
    blur: () => void (view.isDestroyed || view.dom.blur()),
    insert: (html) => insert(contentOf(html)),
    replace: (html) => {
      const { doc, tr } = view.state
      // Later than what was just typed, as undo counts: it takes back this alone.
      view.dispatch(tr.replaceWith(0, doc.content.size, contentOf(html)).setTime(Date.now() + 1_000))
      view.focus()
    },
    type: (text) => view.dispatch(view.state.tr.insertText(text)),
    image: (image) => insert(Fragment.from(schema.nodes.picture.create(image))),
    picture: (id, alt) => insert(Fragment.from(schema.nodes.picture.create({ id, alt }))),
  }
}
