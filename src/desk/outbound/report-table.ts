// A mail of a report as text and HTML: a title, what it is about, tables, and the way to the report itself. Pure.
import { escaped } from '#kit/escaped.ts'
import type { ReportMail } from '#reporting/saved-store.ts'

export type Table = {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Empty where there is nothing to add. */
  readonly foot: string
}

export type Written = {
  readonly name: string
  /** What its board is called. */
  readonly board: string
  readonly when: string
  readonly about: readonly string[]
  readonly tables: readonly Table[]
  readonly link: { readonly url: string; readonly open: string; readonly why: string }
  /** The same as a file; null where none is wanted. */
  readonly csv: string | null
}

/** The mail, with its subject. */
export function written(mail: Written): ReportMail & { readonly subject: string } {
  const { name, board, when, about, tables, link, csv } = mail
  const title = name === board ? name : `${name} (${board})`
  return {
    subject: `${name}: ${when}`,
    text: [title, about.join('\n'), ...tables.map(textOf), `${link.open}: ${link.url}`, link.why].join(
      '\n\n',
    ),
    html: [
      `<h2 style="margin:0 0 8px;font-size:18px">${escaped(title)}</h2>`,
      `<p style="margin:0 0 16px;font-size:13px">${about.map(escaped).join('<br>')}</p>`,
      ...tables.map(htmlOf),
      `<p style="margin:0 0 16px"><a href="${escaped(link.url)}">${escaped(link.open)}</a></p>`,
      `<p style="margin:0;font-size:12px">${escaped(link.why)}</p>`,
    ].join('\n'),
    file: csv === null ? null : { name: `${fileName(name)}.csv`, text: csv },
  }
}

function textOf({ head, rows, foot }: Table): string {
  const [, ...names] = head
  const lines = rows.map(([first = '', ...cells]) =>
    [first, ...cells.map((cell, index) => `  ${names[index] ?? ''}: ${cell}`)].join('\n'),
  )
  return [...lines, ...(foot === '' ? [] : [foot])].join('\n')
}

function htmlOf({ head, rows, foot }: Table): string {
  const cell = (tag: 'th' | 'td') => (text: string, index: number) =>
    `<${tag} style="padding:4px 12px 4px 0;border-bottom:1px solid #ccc;text-align:${index === 0 ? 'left' : 'right'};font-weight:${tag === 'th' ? 600 : 400}">${escaped(text)}</${tag}>`
  const line = (tag: 'th' | 'td', texts: readonly string[]) => `<tr>${texts.map(cell(tag)).join('')}</tr>`
  return [
    '<table style="border-collapse:collapse;margin:0 0 16px;font-size:14px">',
    `<thead>${line('th', head)}</thead>`,
    `<tbody>${rows.map((row) => line('td', row)).join('')}</tbody></table>`,
    foot === '' ? '' : `<p style="margin:0 0 16px">${escaped(foot)}</p>`,
  ].join('')
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'report'
}
