// Makes any text fit to keep: well-formed Unicode, no NUL (PostgreSQL text has none), no control characters that
// a terminal, a log or a header would obey.

const controls = /[^\P{Cc}\t\n]/gu
const lineControls = /[\p{Cc}\u2028\u2029]+/gu
// Marks that turn the reading direction or hide letters: with them a name shows as another one.
const deceivers = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** Text of several lines: LF line ends, tabs kept, lone surrogates replaced, a leading byte order mark dropped. */
export function cleanText(text: string): string {
  const unmarked = text.startsWith('\ufeff') ? text.slice(1) : text
  return unmarked.toWellFormed().replace(/\r\n?/g, '\n').replace(controls, '')
}

/** One line: every run of control characters becomes a blank; outer blanks are dropped. */
export function cleanLine(text: string): string {
  return text.toWellFormed().replace(lineControls, ' ').trim()
}

/** A name to show: one line without characters that reorder or hide text, at most 255 characters. */
export function cleanName(text: string): string {
  return cleanLine(text).replace(deceivers, '').slice(0, 255).toWellFormed().trim()
}

/** A file name to show and to offer for download: no folders, no leading dots, at most 200 characters. */
export function cleanFileName(text: string): string {
  const last = cleanName(text).split(/[\\/]/).at(-1) ?? ''
  const bare = last.replace(/^[.\s]+/, '').replace(/[<>:"|?*]/g, '_')
  if (bare.length <= 200) return bare.trim()
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(bare)?.[0] ?? ''
  return (bare.slice(0, 200 - extension.length).toWellFormed() + extension).trim()
}
