// The words of what stands in the editor.

/** What a person reads in a draft, without its format. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<(br|\/p|\/li|\/blockquote)[^>]*>/g, '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}
