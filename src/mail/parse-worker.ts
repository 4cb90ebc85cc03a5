// A thread that reads mail for parser.ts, so that hostile mail stalls or exhausts this thread and not the desk.
import { parentPort } from 'node:worker_threads'
import { parse } from '#mail/parse.ts'

parentPort?.on('message', (raw: Uint8Array) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  void parse(raw).then((parsed) => parentPort?.postMessage(parsed))
})
