// HTML in and out of the editor. What comes in is cleaned as nodes: no string ever becomes markup here.
import { DOMParser, type Schema } from '@tiptap/pm/model'
import purify from 'dompurify'

/** A document of the editor's schema; whatever does not fit the schema is left out. */
export function documentOf(html: string, schema: Schema): object {
  const fragment = purify.sanitize(html, { RETURN_DOM_FRAGMENT: true })
  return DOMParser.fromSchema(schema).parse(fragment).toJSON() as object
}

/** The parts of a document, to be put in at the caret. */
export function contentOf(html: string, schema: Schema): object[] {
  const { content = [] } = documentOf(html, schema) as { content?: object[] }
  return content
}
