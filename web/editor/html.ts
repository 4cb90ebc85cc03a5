// HTML in and out of the editor. What comes in is cleaned as nodes: no string ever becomes markup here.
import { DOMParser, DOMSerializer, type Fragment, type Node } from 'prosemirror-model'
import purify from 'dompurify'

import { schema } from './schema.ts'

/** A document of the editor's schema; whatever does not fit the schema is left out. */
export function documentOf(html: string): Node {
  return DOMParser.fromSchema(schema).parse(purify.sanitize(html, { RETURN_DOM_FRAGMENT: true }))
}

/** The parts of a text to be put in at the caret: a single paragraph goes into the line, anything larger stands on its own. */
export function contentOf(html: string): Fragment {
  const { content } = documentOf(html)
  const only = content.childCount === 1 ? content.firstChild : null
  return only?.type === schema.nodes.paragraph ? only.content : content
}

/** The text as it is stored and sent. Made in a document of its own, which loads no pictures. */
export function htmlOf(doc: Node): string {
  const quiet = document.implementation.createHTMLDocument('')
  const box = quiet.createElement('div')
  DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document: quiet }, box)
  return box.innerHTML
}
