// What is written, as a model reads it: paragraphs apart by an empty line, items as lines, links with where they lead.

export type Plain = {
  readonly text: string
  /** It has a picture, which words cannot stand for. */
  readonly hasPicture: boolean
  /** It has more than paragraphs, which what comes back does not have. */
  readonly hasFormat: boolean
}

/** The plain text of an editor's HTML. */
export function plainOf(html: string): Plain {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const link of page.querySelectorAll('a[href]')) {
    const href = link.getAttribute('href') ?? ''
    if (link.textContent.trim() !== href) link.append(` (${href})`)
  }
  for (const item of page.querySelectorAll('li')) item.prepend('- ')
  for (const line of page.querySelectorAll('br')) line.replaceWith('\n')
  for (const block of page.querySelectorAll('p, blockquote, pre, ul, ol, h1, h2, h3')) block.append('\n\n')
  for (const item of page.querySelectorAll('li')) item.append('\n')
  const text = page.body.textContent.replace(/\n{3,}/g, '\n\n').trim()
  const hasFormat = page.querySelector('a, li, strong, b, em, i, code, pre, blockquote, h1, h2, h3') !== null
  return { text, hasPicture: page.querySelector('img') !== null, hasFormat }
}
