// What an article says, as its readers see it.
import purify from 'dompurify'
import own from './articles.module.css'

/** The server has cleaned it; here it is cleaned once more, into nodes. */
export function Body({ html, language }: { html: string; language: string }) {
  const put = (place: HTMLDivElement | null) =>
    place?.replaceChildren(purify.sanitize(html, { RETURN_DOM_FRAGMENT: true, FORBID_ATTR: ['style'] }))
  return <div key={html} ref={put} className={own['body']} lang={language} dir="auto" />
}
