// A message as it stands in a mail that forwards it: who wrote it when and about what, then its words.
import { htmlOfText } from '#mail/sanitise.ts'

type Party = { readonly name: string; readonly email: string }
export type Forwarded = {
  readonly from: Party
  readonly at: string
  readonly subject: string
  readonly to: readonly Party[]
}

/** As text, under the line that mail programs know a forwarded message by. */
export function forwardedText(head: Forwarded, text: string): string {
  return ['---------- Forwarded message ----------', ...lines(head), '', text].join('\n')
}

/** As HTML; `html` is safe already. */
export function forwardedHtml(head: Forwarded, html: string): string {
  return `${plainHtml(['---------- Forwarded message ----------', ...lines(head)].join('\n'))}<blockquote>${html}</blockquote>`
}

/** Text as HTML without a style of its own: what has one is shown in a frame. */
export const plainHtml = (text: string): string => htmlOfText(text).replaceAll(' style="margin:0 0 1em"', '')

function lines({ from, at, subject, to }: Forwarded): string[] {
  const recipients = to.map(written).join(', ')
  return [
    `From: ${written(from)}`,
    `Date: ${new Date(at).toUTCString()}`,
    `Subject: ${subject}`,
    ...(recipients === '' ? [] : [`To: ${recipients}`]),
  ]
}

const written = ({ name, email }: Party): string => (name === '' ? email : `${name} <${email}>`)
