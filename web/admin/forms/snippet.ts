// What a page elsewhere has in it to show a form: attributes alone, which a strict policy of that page allows.
import type { Form } from '../../../src/api/contract/forms.ts'

/** The frame, and the script that gives it its height. */
export function snippetOf({ url, title }: Pick<Form, 'url' | 'title'>): string {
  return `<iframe src="${url}?embed" title="${escaped(title)}" width="100%" height="640" frameborder="0"></iframe>
<script src="${new URL(url).origin}/forms-embed.js" async></script>`
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
