// Files of a chat on their way: what may go, sent with how far it has come, and what is opened by the visitor's own token.
import { headersFor, Refused } from './ask.ts'
import type { Words } from './words.ts'

const MOST = 5
const MOST_BYTES = 10_000_000
/** A line on which nothing moves for so long is given up, and tried again. */
const STALLED_MS = 30_000

/** Of files somebody chose those that can go, beside those that wait already; and why the others cannot. */
export function choose(
  before: readonly File[],
  more: readonly File[],
  words: Words,
): { readonly files: readonly File[]; readonly problems: readonly string[] } {
  const problemOf = ({ name, size }: File) =>
    size === 0 ? words.emptyFile(name) : size > MOST_BYTES ? words.largeFile(name) : null
  const good = [...before, ...more.filter((file) => problemOf(file) === null)]
  const problems = more.map(problemOf).filter((problem) => problem !== null)
  return {
    files: good.slice(0, MOST),
    problems: good.length > MOST ? [...problems, words.manyFiles] : problems,
  }
}

type Sending = {
  readonly url: string
  readonly token: string | null
  readonly fields: Readonly<Record<string, string>> & { readonly clientId: string; readonly answer: string }
  readonly files: readonly File[]
  readonly onProgress: (share: number) => void
}

/** Sends a message with its files. `fetch` would not tell how far it has come. */
export function sendFiles<Answer>({ url, token, fields, files, onProgress }: Sending): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  for (const file of files) form.append('file', file)
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    let timer = 0
    const moved = () => {
      clearTimeout(timer)
      timer = setTimeout(() => request.abort(), STALLED_MS) as unknown as number
    }
    // What the desk wants to know before it reads the files.
    const ahead = new URLSearchParams({ clientId: fields.clientId, answer: fields.answer })
    request.open('POST', `${url}${url.includes('?') ? '&' : '?'}${ahead.toString()}`)
    for (const [name, value] of Object.entries(headersFor(token))) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      moved()
      onProgress(total === 0 ? 0 : loaded / total)
    })
    request.addEventListener('loadend', () => {
      clearTimeout(timer)
      const { status, response } = request
      if (status === 0 || status >= 500) fail(new Error(String(status)))
      else if (status >= 400) fail(new Refused(status, (response ?? {}) as object))
      else done(response as Answer)
    })
    moved()
    request.send(form)
  })
}

/** The bytes of a file. */
export async function fetchFile(url: string, token: string | null): Promise<Blob> {
  const response = await fetch(url, { credentials: 'omit', headers: headersFor(token) })
  if (!response.ok) throw new Error(String(response.status))
  return response.blob()
}

/** Saves bytes under a name. */
export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
