// A thread that reads mail for parser.ts, so that hostile mail stalls or exhausts this thread and not the desk.
import { parentPort } from 'node:worker_threads'
import { readBody } from '#mail/body.ts'
import type { Mail, Parsed } from '#mail/mail.ts'
import { parse } from '#mail/parse.ts'

parentPort?.on('message', (raw: Uint8Array) => {
  void parse(raw).then((parsed) => {
    const read = withBody(parsed)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    parentPort?.postMessage(read, read.ok ? filesOf(read.mail) : [])
  })
})

/** Files are given away, not copied, where nothing else lies in their memory. */
function filesOf({ attachments }: Mail): ArrayBuffer[] {
  const whole = attachments.flatMap(({ bytes }) =>
    bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer] : [],
  )
  return [...new Set(whole)]
}

/** Telling words from quotations and cleaning HTML takes longest of all: it is done here too. */
function withBody(parsed: Parsed): Parsed {
  if (!parsed.ok) return parsed
  try {
    const { safeHtml: _cleaned, ...mail } = parsed.mail
    return { ok: true, mail: { ...mail, body: readBody(parsed.mail) } }
  } catch (error) {
    return { ok: false, reason: 'unparseable', detail: String(error).slice(0, 200) }
  }
}
